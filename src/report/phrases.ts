import { LifecycleEvent, describeVerdict } from '../lifecycle';
import { duration } from './duration';

/** Who holds the release. */
export function heldBy({ by }: Extract<LifecycleEvent, { kind: 'lock-waiting' }>): string {
  return `waiting for the release, which is held by ${by}`;
}

/** What was found of an operation that died, and put right. */
export function recovery({ revision, was, stopped }: Extract<LifecycleEvent, { kind: 'recovered' }>): string {
  return `revision ${revision} was left ${was} by an operation that died; it is failed now${stopped.length > 0 ? `, and ${stopped.join(', ')} stopped` : ''}`;
}

/** How an attempt of a hook ended, and what follows. */
export function retried({ attempt, attempts, verdict, pauseSeconds }: Extract<LifecycleEvent, { kind: 'hook-retried' }>): string {
  return `attempt ${attempt} of ${attempts} ${describeVerdict(verdict)}; the next one begins in ${duration(pauseSeconds * 1000)}`;
}

/** That a hook begins, or an attempt of it, and why it was not passed over. */
export function started({ attempt, runsBecause }: Extract<LifecycleEvent, { kind: 'hook-started' }>): string {
  return `${attempt === undefined ? 'started' : `attempt ${attempt} started`}${runsBecause === undefined ? '' : `: ${runsBecause}`}`;
}
