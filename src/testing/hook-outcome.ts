import { milliseconds } from '../cluster/simulated';

/** What happens in the container of a hook: how it ends, if it does. */
export type HookOutcome =
  | { readonly kind: 'exits'; readonly exitCode: number; readonly after: string; readonly logs: readonly string[] }
  | { readonly kind: 'never-ends'; readonly logs: readonly string[] }
  /** Somebody deletes its object while it runs. */
  | { readonly kind: 'is-deleted'; readonly after: string; readonly logs: readonly string[] }
  /** Another outcome whenever its container starts. */
  | { readonly kind: 'in-turn'; readonly outcomes: readonly HookOutcome[] };

/** What a hook does before it ends. */
export interface RunningHook {
  /**
   * How long its container runs, such as `800ms`, `5s`, `2m` or `1h`. The Pod takes another second to start.
   *
   * @default '1s'
   */
  readonly after?: string;

  /**
   * What it prints, evenly spread over that time.
   *
   * @default - nothing
   */
  readonly logs?: readonly string[];
}

/** A hook that fails. */
export interface FailingHook extends RunningHook {
  /**
   * What its container exits with, from 1 to 255.
   *
   * @default 1
   */
  readonly exitCode?: number;
}

function running({ after = '1s', logs = [] }: RunningHook): Required<RunningHook> {
  milliseconds(after); // what is no duration is told where it is written
  return { after, logs };
}

/**
 * The hook exits with 0. So does a hook that nobody scripted, after a second.
 *
 * @throws RangeError where `after` is no duration
 */
export function succeeds(hook: RunningHook = {}): HookOutcome {
  return { kind: 'exits', exitCode: 0, ...running(hook) };
}

/**
 * The hook exits with another code than 0; what follows is for its `backoffLimit`.
 *
 * @throws RangeError where `after` is no duration, or the exit code is none of a failure
 */
export function fails({ exitCode = 1, ...hook }: FailingHook = {}): HookOutcome {
  if (!Number.isInteger(exitCode) || exitCode < 1 || exitCode > 255) throw new RangeError(`${exitCode} is not the exit code of a failure: it is from 1 to 255`);
  return { kind: 'exits', exitCode, ...running(hook) };
}

/** The hook runs until its deadline, or until somebody stops it. */
export function neverEnds({ logs = [] }: Pick<RunningHook, 'logs'> = {}): HookOutcome {
  return { kind: 'never-ends', logs };
}

/**
 * Somebody deletes the Job, or the Pod, while its container runs.
 *
 * @throws RangeError where `after` is no duration
 */
export function isDeleted(hook: RunningHook = {}): HookOutcome {
  return { kind: 'is-deleted', ...running(hook) };
}

/**
 * The first outcome when the hook's container starts for the first time, then the next; the last one for good.
 *
 * Each attempt within the `backoffLimit` of a Job is a start, too.
 *
 * @throws RangeError where there is none
 */
export function inTurn(...outcomes: readonly HookOutcome[]): HookOutcome {
  if (outcomes.length === 0) throw new RangeError('inTurn() needs the outcome of a first time');
  return { kind: 'in-turn', outcomes };
}
