import { LifecycleEvent } from '../lifecycle';

/** Who holds the release. */
export function heldBy({ by }: Extract<LifecycleEvent, { kind: 'lock-waiting' }>): string {
  return `waiting for the release, which is held by ${by}`;
}

/** What was found of an operation that died, and put right. */
export function recovery({ revision, was, stopped }: Extract<LifecycleEvent, { kind: 'recovered' }>): string {
  return `revision ${revision} was left ${was} by an operation that died; it is failed now${stopped.length > 0 ? `, and ${stopped.join(', ')} stopped` : ''}`;
}
