import { isClusterError } from '../../cluster';
import { LogTail } from '../../release';
import { KubeObject, LifecycleError, ObjectRef, describeRef, refOf } from '../../vocabulary';
import { HookIdentity } from '../lifecycle-event';
import { HookStep } from '../plan';
import { Verdict, describeVerdict } from '../verdict';
import { HookEnd, awaitVerdict } from './hook-wait';
import { RunState } from './job-state';
import { JournalEntry, journalHook } from './journal-hook';
import { Happening, HookContext, Operation, telling } from './run-context';
import { stopHook } from './stop-hook';

/** Which hook a step runs, as events name it. */
export function identify({ event, hook }: HookStep): HookIdentity {
  return { event, hook: hook.ref, weight: hook.weight };
}

/** Which attempt of a hook, and where in the cluster its object is made. */
export interface Attempt {
  /** From 1. */
  readonly attempt: number;
  readonly ref: ObjectRef;
  /** Whether nothing of its name was there, and nothing has been deleted to make room. */
  readonly isFree: boolean;
}

/** How an attempt ended, the object that was made for it, and what it printed last. */
export interface AttemptEnd extends HookEnd {
  readonly object?: KubeObject;
  readonly lastLines: readonly string[];
}

/** Lines that the error of a failed hook shows. */
const LAST_LINES = 20;

async function create(context: HookContext, { hook }: HookStep, { ref: { namespace }, isFree }: Attempt): Promise<KubeObject> {
  const metadata = { ...hook.object.metadata, ...(namespace === undefined ? {} : { namespace }) };
  return context.cluster.create({ ...hook.object, metadata }, isFree ? { before: 'nothing' } : {});
}

/** Writes down that a hook is about to be created, in the record and in the journal; both writes have come to their end when this has. */
async function announce(context: HookContext, step: HookStep, { ref, attempt }: Attempt): Promise<JournalEntry> {
  const started_at = context.cluster.clock.now().toISOString();
  const recorded = attempt === 1 ? context.recordRun(step.hook, { started_at, phase: 'Running' }) : undefined;
  const entry = journalHook(context, step, ref, attempt);
  await Promise.allSettled([recorded, entry]);
  await recorded;
  return entry;
}

function failureOf(error: unknown, step: HookStep): Verdict {
  if (!isClusterError(error)) throw error;
  const { message: cause, remedy } = error;
  if (error.reason !== 'already-exists') return { kind: 'failed', cause, ...(remedy === undefined ? {} : { remedy }) };
  return { kind: 'failed', cause: `${describeRef(step.hook.ref)} already exists, and the hook has no delete policy before-hook-creation that would remove it` };
}

/** The end of an attempt whose object was never made. */
export function endWithoutObject(verdict: Verdict): AttemptEnd {
  return { verdict, exitCodes: [], lastLines: [] };
}

/** Runs a hook once, to its verdict. What goes wrong in making it counts as its failure. */
export async function* runAttempt(context: HookContext, step: HookStep, run: Attempt): Operation<AttemptEnd> {
  const { attempt, ref } = run;
  const hook = identify(step);
  yield { kind: 'hook-started', ...hook, ...(attempt > 1 ? { attempt } : step.runsBecause === undefined ? {} : { runsBecause: step.runsBecause }) };
  if (context.interrupt.aborted) return endWithoutObject({ kind: 'interrupted' });
  const entry = await announce(context, step, run);
  // The watch must run before there is something to miss: a Job may be deleted as soon as it is there.
  if (ref.kind === 'Job' || ref.kind === 'Pod') await context.observer.mirror(ref);
  let object: KubeObject;
  try {
    object = await create(context, step, run);
  } catch (error) {
    if (isClusterError(error, 'unreachable')) throw error;
    const verdict = failureOf(error, step);
    // Whether there is one now is not known, so the journal goes on to name it.
    if (!isClusterError(error, 'unavailable')) await entry.ended(verdict);
    return endWithoutObject(verdict);
  }
  const tail = new LogTail();
  let end: HookEnd;
  try {
    await entry.created(object.metadata.uid!);
    end = yield* awaitVerdict(context, hook, object, {
      seconds: step.hook.timeoutSeconds ?? context.plan.settings.timeoutSeconds,
      tail,
      stop: async (verdict, tell) => {
        const why = context.secrets.mask(describeVerdict(verdict));
        const state = await stop(context, { hook, object, why, awaitPods: verdict.kind !== 'interrupted' }, tell);
        return state?.kind === 'succeeded' ? { kind: 'succeeded' } : verdict; // meanwhile
      },
    });
  } catch (error) {
    yield* telling((tell) => stop(context, { hook, object, why: 'its operation failed', awaitPods: false }, tell));
    throw error;
  }
  await entry.ended(end.verdict, tail);
  return { ...end, object, lastLines: tail.last(LAST_LINES) };
}

/** A hook that is not waited for any longer, and why. */
interface Stopping {
  readonly hook: HookIdentity;
  readonly object: KubeObject;
  readonly why: string;
  readonly awaitPods: boolean;
}

/**
 * Stops a hook that nobody waits for any longer. That it cannot is told, but is not why the operation ends.
 *
 * @returns its verdict where it had one before it could be stopped
 */
async function stop(
  context: HookContext,
  { hook, object, why, awaitPods }: Stopping,
  tell: (happening: Happening) => void,
): Promise<RunState | undefined> {
  tell({ kind: 'hook-waiting', ...hook, reason: 'it is being stopped' });
  try {
    return await stopHook(context, refOf(object), object.metadata.uid!, why, awaitPods);
  } catch (error) {
    if (!(error instanceof LifecycleError)) throw error;
    tell({ kind: 'warning', message: `${describeRef(hook.hook)} could not be stopped: ${error.message}` });
    return undefined;
  }
}
