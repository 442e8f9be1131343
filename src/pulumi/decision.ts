import { isDeepStrictEqual } from 'node:util';
import { AroundEvent, eventAfter } from '../lifecycle';
import { ReleaseClaim } from '../release';
import { BracketInputs, BracketState } from './bracket-state';

/** What a bracket has to do when its inputs are not what they were: run hooks, keep the new inputs, or nothing. */
export type Change = 'run' | 'keep' | 'none';

/** Whose change runs the hooks. */
const RUNS = ['digest', 'trigger', 'openRun'] as const;

/** Whose change is kept, for the next run. */
const KEPT = ['connection', 'settings', 'holder', 'self', 'opening', 'release', 'namespace', 'secretValues', 'hooks', 'plan', 'resources'] as const;

/** What has to be done about new inputs. */
export function changeOf(olds: BracketState, news: BracketInputs): Change {
  const differs = (key: keyof BracketInputs) => !isDeepStrictEqual(olds[key] ?? undefined, news[key] ?? undefined);
  if (olds.pending !== undefined && olds.pending !== null) return 'run';
  if (RUNS.some(differs)) return 'run';
  return KEPT.some(differs) ? 'keep' : 'none';
}

/** Whether a change goes back to what was deployed before. */
export function isReturn(olds: BracketState | undefined, { digest, settings }: Pick<BracketInputs, 'digest' | 'settings'>): boolean {
  return settings.rollback === 'detect' && olds !== undefined && digest !== olds.digest && olds.history.includes(digest);
}

/** The event before a change: until a release has been installed for good, every change is its installation. */
export function openingEvent(claim: Pick<ReleaseClaim, 'installed'> | undefined, goesBack: boolean): AroundEvent {
  if (!claim?.installed) return 'pre-install';
  return goesBack ? 'pre-rollback' : 'pre-upgrade';
}

/** The event after the change that began with an event. */
export function closingEvent(opened: AroundEvent = 'pre-install'): AroundEvent {
  return eventAfter(opened);
}

/** Longest history that is kept: as many as Helm keeps revisions. */
const KEPT_DIGESTS = 10;

/** What was deployed before the new digest: a return forgets what came after it, so that going there again is an upgrade. */
export function historyAfter(olds: BracketState | undefined, digest: string): string[] {
  if (!olds) return [];
  if (olds.digest === digest) return [...olds.history];
  const back = olds.history.indexOf(digest);
  return back >= 0 ? olds.history.slice(0, back) : [...olds.history, olds.digest].slice(-KEPT_DIGESTS);
}
