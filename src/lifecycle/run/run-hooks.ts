import { isClusterError } from '../../cluster';
import { Hook, HookPhase, LogTail } from '../../release';
import { DeletePolicyName, KubeObject, LifecycleError, ObjectRef, describeRef, refOf } from '../../vocabulary';
import { HookIdentity } from '../lifecycle-event';
import { HookStep } from '../plan';
import { Verdict, describeVerdict } from '../verdict';
import { deleteAndWait } from './delete-object';
import { HookFailedError, InterruptedError } from './errors';
import { awaitVerdict } from './hook-wait';
import { RunState } from './job-state';
import { journalHook } from './journal-hook';
import { Happening, Operation, HookContext, locate, telling } from './run-context';
import { readSecrets } from './secrets-in-use';
import { stopHook } from './stop-hook';

function identify({ event, hook }: HookStep): HookIdentity {
  return { event, hook: hook.ref, weight: hook.weight };
}

/** Kubernetes deletes every object of a kind with its CustomResourceDefinition, so Helm never deletes one by a policy: pkg/action/hooks.go. */
function hasPolicy(hook: Hook, policy: DeletePolicyName): boolean {
  return hook.deletePolicies.includes(policy) && hook.ref.kind !== 'CustomResourceDefinition';
}

async function* deleteByPolicy(context: HookContext, step: HookStep, policy: DeletePolicyName): Operation {
  if (!hasPolicy(step.hook, policy)) return;
  if (await deleteAndWait(context, await locate(context, step.hook.ref))) yield { kind: 'hook-deleted', ...identify(step), policy };
}

async function* makeRoom(context: HookContext, step: HookStep, ref: ObjectRef): Operation {
  if (!hasPolicy(step.hook, 'before-hook-creation')) return;
  const live = await context.cluster.get(ref);
  if (!live) return;
  yield { kind: 'hook-waiting', ...identify(step), reason: `the ${ref.kind} of its last run is being deleted` };
  yield* deleteByPolicy(context, step, 'before-hook-creation');
}

async function create(context: HookContext, { hook }: HookStep, ref: ObjectRef): Promise<KubeObject> {
  const { namespace } = ref;
  const metadata = { ...hook.object.metadata, ...(namespace === undefined ? {} : { namespace }) };
  return context.cluster.create({ ...hook.object, metadata });
}

function failureOf(error: unknown, step: HookStep): Verdict {
  if (!isClusterError(error)) throw error;
  const { message: cause, remedy } = error;
  if (error.reason !== 'already-exists') return { kind: 'failed', cause, ...(remedy === undefined ? {} : { remedy }) };
  return { kind: 'failed', cause: `${describeRef(step.hook.ref)} already exists, and the hook has no delete policy before-hook-creation that would remove it` };
}

/** Lines that the error of a failed hook shows. */
const LAST_LINES = 20;

/** How a run of a hook ended, whether its object was created, and what it printed last. */
interface HookRun {
  readonly verdict: Verdict;
  readonly created: boolean;
  readonly lastLines: readonly string[];
}

/** Runs one hook to its verdict. What goes wrong in making it counts as its failure. */
async function* runToVerdict(context: HookContext, step: HookStep): Operation<HookRun> {
  const hook = identify(step);
  const ref = await locate(context, step.hook.ref);
  yield* makeRoom(context, step, ref);
  yield* readSecrets(context);
  yield { kind: 'hook-started', ...hook };
  if (context.interrupt.aborted) return { verdict: { kind: 'interrupted' }, created: false, lastLines: [] };
  await context.recordRun(step.hook, { started_at: context.cluster.clock.now().toISOString(), phase: 'Running' });
  const entry = await journalHook(context, step, ref);
  // The watch must run before there is something to miss: a Job may be deleted as soon as it is there.
  if (ref.kind === 'Job' || ref.kind === 'Pod') await context.observer.mirror(ref);
  let created: KubeObject;
  try {
    created = await create(context, step, ref);
  } catch (error) {
    if (isClusterError(error, 'unreachable')) throw error;
    const verdict = failureOf(error, step);
    // Whether there is one now is not known, so the journal goes on to name it.
    if (!isClusterError(error, 'unavailable')) await entry.ended(verdict);
    return { verdict, created: false, lastLines: [] };
  }
  const tail = new LogTail();
  let verdict: Verdict;
  try {
    await entry.created(created.metadata.uid!);
    verdict = yield* awaitVerdict(context, hook, created, {
      seconds: step.hook.timeoutSeconds ?? context.plan.settings.timeoutSeconds,
      tail,
      stop: async (end, tell) => {
        const why = context.secrets.mask(describeVerdict(end));
        const state = await stop(context, { hook, created, why, awaitPods: end.kind !== 'interrupted' }, tell);
        return state?.kind === 'succeeded' ? { kind: 'succeeded' } : end; // meanwhile
      },
    });
  } catch (error) {
    yield* telling((tell) => stop(context, { hook, created, why: 'its operation failed', awaitPods: false }, tell));
    throw error;
  }
  await entry.ended(verdict, tail);
  return { verdict, created: true, lastLines: tail.last(LAST_LINES) };
}

/** A hook that is not waited for any longer, and why. */
interface Stopping {
  readonly hook: HookIdentity;
  readonly created: KubeObject;
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
  { hook, created, why, awaitPods }: Stopping,
  tell: (happening: Happening) => void,
): Promise<RunState | undefined> {
  tell({ kind: 'hook-waiting', ...hook, reason: 'it is being stopped' });
  try {
    return await stopHook(context, refOf(created), created.metadata.uid!, why, awaitPods);
  } catch (error) {
    if (!(error instanceof LifecycleError)) throw error;
    tell({ kind: 'warning', message: `${describeRef(hook.hook)} could not be stopped: ${error.message}` });
    return undefined;
  }
}

async function* runHook(context: HookContext, step: HookStep): Operation {
  const { clock } = context.cluster;
  const hook = identify(step);
  const started = clock.now();
  const { verdict, ...end } = yield* runToVerdict(context, step);
  const completed = clock.now();
  const milliseconds = completed.getTime() - started.getTime();
  yield { kind: 'hook-finished', ...hook, verdict, milliseconds };
  const phase: HookPhase = verdict.kind === 'succeeded' ? 'Succeeded' : 'Failed';
  await context.recordRun(step.hook, { started_at: started.toISOString(), completed_at: completed.toISOString(), phase });
  if (verdict.kind !== 'succeeded') throw failure(hook, verdict, milliseconds, end);
}

function failure(hook: HookIdentity, verdict: Verdict, milliseconds: number, end: Omit<HookRun, 'verdict'>): Error {
  return verdict.kind === 'interrupted' ? new InterruptedError() : new HookFailedError(hook, verdict, milliseconds, end);
}

/**
 * Runs the hooks of an event one after the other; the first failure ends them.
 *
 * Hook objects are deleted as Helm deletes them: those that succeeded only after all have, in reverse, so that a ServiceAccount outlives the Job that needs it;
 * after a failure the failed one by `hook-failed`, then the earlier ones by `hook-succeeded` (pkg/action/hooks.go, execHook).
 */
export async function* runHooks(context: HookContext, steps: readonly HookStep[]): Operation {
  for (const [index, step] of steps.entries()) {
    context.hooksOf = step.event;
    try {
      yield* runHook(context, step);
    } catch (error) {
      // What could not even be made leaves everything as it is, as in Helm.
      if (error instanceof HookFailedError && error.created) {
        yield* cleanUp(context, [step], 'hook-failed');
        yield* cleanUp(context, steps.slice(0, index), 'hook-succeeded');
      }
      throw error;
    }
  }
  for (const step of [...steps].reverse()) yield* deleteByPolicy(context, step, 'hook-succeeded');
  context.hooksOf = undefined;
}

/** Deletes after a failure, without hiding it. */
async function* cleanUp(context: HookContext, steps: readonly HookStep[], policy: DeletePolicyName): Operation {
  for (const step of steps) {
    try {
      yield* deleteByPolicy(context, step, policy);
    } catch (error) {
      yield { kind: 'warning', message: `${describeRef(step.hook.ref)} could not be deleted (${policy}): ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}
