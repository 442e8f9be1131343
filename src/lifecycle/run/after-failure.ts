import { isUnfinished } from '../../release';
import { LifecycleError, ON_FAILURE, messageOf } from '../../vocabulary';
import { HookStep, inOrder, runsAlways } from '../plan';
import { HookFailedError } from './errors';
import { failedHooksAreGone, untilOver } from './failed-hook';
import { Observer } from './observer';
import { HookContext, Operation } from './run-context';
import { cleanUp, runSideBySide } from './run-hooks';

/** Hooks that run one group after the other. */
interface Group {
  readonly context: HookContext;
  readonly steps: readonly HookStep[];
}

/** Waits until nothing runs any more of the hooks that failed, or were stopped. That it cannot be seen is told, and keeps nothing from running. */
async function* untilQuiet(context: HookContext, error: unknown): Operation {
  try {
    for (const each of [error, ...context.alsoFailed]) await failedHooksAreGone(context, each);
    for (const { hook } of (context.journal?.hooks ?? []).filter(isUnfinished)) await untilOver(context, hook);
  } catch (unseen) {
    if (!(unseen instanceof LifecycleError)) throw unseen;
    yield { kind: 'warning', message: `What is to run after the failure is not held up any longer: ${unseen.message}` };
  }
}

/** One of these hooks that fails keeps no other from running; what keeps the operation from its cluster, or its lock, ends those of its kind. */
function isHopeless(error: unknown): boolean {
  return !(error instanceof HookFailedError);
}

async function* runGroup({ context, steps }: Group, error: unknown): Operation {
  if (steps.length === 0) return;
  yield* untilQuiet(context, error);
  const { failures } = yield* runSideBySide(context, inOrder(steps), isHopeless);
  for (const failure of failures.values()) {
    if (!(failure instanceof LifecycleError)) throw failure;
    if (messageOf(error) !== failure.message) context.alsoFailed.push(failure);
  }
}

/** Deletes the objects of all that run in any case, of those before the failure too, and of what else has run since. */
async function* cleanUpAll(context: HookContext): Operation {
  const steps = [...context.ends].filter(([step]) => step.event === ON_FAILURE || runsAlways(step));
  const ended = (how: 'succeeded' | 'failed') => steps.filter(([, end]) => end === how).map(([step]) => step);
  yield* cleanUp(context, ended('failed'), 'hook-failed');
  yield* cleanUp(context, ended('succeeded').reverse(), 'hook-succeeded');
}

/**
 * Runs what is left to run once an operation has failed, or was interrupted: the hooks for that, then those of its post-event that run in any case and have not.
 *
 * Whoever interrupts an operation has decided so, and may have little time before the process is killed: only what runs in any case does then, and an interrupt
 * that comes later goes over to it. It never throws what goes wrong in them: that is added to what else failed, for the first failure is the one that counts.
 *
 * @param error why the operation goes on no further
 */
export async function* runAfterFailure(context: HookContext, error: unknown): Operation {
  const { cluster, plan, ends } = context;
  const around = { ...context.around, isOver: true } as const;
  // Whoever was interrupted has an observer that waits for nothing any more.
  const interrupt = new AbortController().signal;
  const observer = new Observer(cluster, interrupt);
  const inAnyCase: HookContext = { ...context, around, observer, interrupt };
  const all = [...plan.afterFailure, ...plan.after.filter((step) => runsAlways(step) && !ends.has(step))];
  try {
    if (!context.interrupt.aborted) yield* runGroup({ context: { ...context, around }, steps: all.filter((step) => !runsAlways(step)) }, error);
    yield* runGroup({ context: inAnyCase, steps: all.filter(runsAlways) }, error);
    yield* cleanUpAll(inAnyCase);
  } finally {
    observer.close();
  }
}
