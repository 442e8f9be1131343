import { isClusterError } from '../../cluster';
import { RecordedHook, Hook, HookPhase } from '../../release';
import { DeletePolicyName, KubeObject, LifecycleError, ObjectRef, describeRef } from '../../vocabulary';
import { HookIdentity } from '../lifecycle-event';
import { HookStep } from '../plan';
import { Verdict, describeVerdict } from '../verdict';
import { deleteAndWait } from './delete-object';
import { HookFailedError, InterruptedError } from './errors';
import { HookEnd, awaitVerdict } from './hook-wait';
import { journalHook } from './journal-hook';
import { Operation, RunContext, locate } from './run-context';
import { readSecrets } from './secrets-in-use';
import { stopHook } from './stop-hook';

function identify({ event, hook }: HookStep): HookIdentity {
  return { event, hook: hook.ref, weight: hook.weight };
}

/** Kubernetes deletes every object of a kind with its CustomResourceDefinition, so Helm never deletes one by a policy: pkg/action/hooks.go. */
function hasPolicy(hook: Hook, policy: DeletePolicyName): boolean {
  return hook.deletePolicies.includes(policy) && hook.ref.kind !== 'CustomResourceDefinition';
}

/** Writes how far a hook has come, where Helm writes it too. */
async function recordRun(context: RunContext, { hook }: HookStep, run: RecordedHook['last_run']): Promise<void> {
  const isIt = ({ path, manifest }: RecordedHook) => path === hook.path && manifest === hook.text;
  context.record = { ...context.record, hooks: context.record.hooks.map((each) => (isIt(each) ? { ...each, last_run: run } : each)) };
  await context.records.write(context.record);
}

async function* deleteByPolicy(context: RunContext, step: HookStep, policy: DeletePolicyName): Operation {
  if (!hasPolicy(step.hook, policy)) return;
  if (await deleteAndWait(context, await locate(context, step.hook.ref))) yield { kind: 'hook-deleted', ...identify(step), policy };
}

async function* makeRoom(context: RunContext, step: HookStep, ref: ObjectRef): Operation {
  if (!hasPolicy(step.hook, 'before-hook-creation')) return;
  const live = await context.cluster.get(ref);
  if (!live) return;
  yield { kind: 'hook-waiting', ...identify(step), reason: `the ${ref.kind} of its last run is being deleted` };
  yield* deleteByPolicy(context, step, 'before-hook-creation');
}

async function create(context: RunContext, { hook }: HookStep, ref: ObjectRef): Promise<KubeObject> {
  const { namespace } = ref;
  const metadata = { ...hook.object.metadata, ...(namespace === undefined ? {} : { namespace }) };
  return context.cluster.create({ ...hook.object, metadata });
}

function causeOf(error: unknown, step: HookStep): string {
  if (!isClusterError(error)) throw error;
  if (error.reason !== 'already-exists') return error.message;
  return `${describeRef(step.hook.ref)} already exists, and the hook has no delete policy before-hook-creation that would remove it`;
}

/** How a run of a hook ended, and whether its object was created. */
interface HookRun extends HookEnd {
  readonly created: boolean;
}

/** Runs one hook to its verdict. What goes wrong in making it counts as its failure. */
async function* runToVerdict(context: RunContext, step: HookStep): Operation<HookRun> {
  const hook = identify(step);
  const ref = await locate(context, step.hook.ref);
  yield* makeRoom(context, step, ref);
  yield* readSecrets(context);
  yield { kind: 'hook-started', ...hook };
  if (context.interrupt.aborted) return { verdict: { kind: 'interrupted' }, created: false, lastLines: [] };
  await recordRun(context, step, { started_at: context.cluster.clock.now().toISOString(), phase: 'Running' });
  const entry = await journalHook(context, step, ref);
  // The watch must run before there is something to miss: a Job may be deleted as soon as it is there.
  if (ref.kind === 'Job' || ref.kind === 'Pod') await context.observer.mirror(ref);
  let created: KubeObject;
  try {
    created = await create(context, step, ref);
  } catch (error) {
    await entry.ended({ kind: 'failed', cause: '' });
    return { verdict: { kind: 'failed', cause: causeOf(error, step) }, created: false, lastLines: [] };
  }
  await entry.created(created.metadata.uid!);
  const end = yield* awaitVerdict(context, hook, created, context.plan.timeoutSeconds);
  const verdict = isOver(end.verdict) ? end.verdict : yield* stop(context, hook, created, end.verdict);
  await entry.ended(verdict);
  return { ...end, verdict, created: true };
}

/** Whether the hook has come to its end by itself. */
function isOver({ kind }: Verdict): boolean {
  return kind === 'succeeded' || kind === 'failed';
}

/** Stops a hook that is not waited for any longer; one that succeeded meanwhile has succeeded. */
async function* stop(context: RunContext, hook: HookIdentity, created: KubeObject, verdict: Verdict): Operation<Verdict> {
  const { apiVersion, kind, metadata: { name, namespace, uid } } = created;
  const ref = { apiVersion, kind, name: name!, namespace };
  yield { kind: 'hook-waiting', ...hook, reason: 'it is being stopped' };
  try {
    const state = await stopHook(context, ref, uid!, context.secrets.mask(describeVerdict(verdict)), verdict.kind !== 'interrupted');
    return state?.kind === 'succeeded' ? { kind: 'succeeded' } : verdict;
  } catch (error) {
    if (!(error instanceof LifecycleError)) throw error;
    yield { kind: 'warning', message: `${describeRef(ref)} could not be stopped: ${error.message}` };
    return verdict;
  }
}

async function* runHook(context: RunContext, step: HookStep): Operation {
  const { clock } = context.cluster;
  const hook = identify(step);
  const started = clock.now();
  const { verdict, ...end } = yield* runToVerdict(context, step);
  const completed = clock.now();
  const milliseconds = completed.getTime() - started.getTime();
  yield { kind: 'hook-finished', ...hook, verdict, milliseconds };
  const phase: HookPhase = verdict.kind === 'succeeded' ? 'Succeeded' : 'Failed';
  await recordRun(context, step, { started_at: started.toISOString(), completed_at: completed.toISOString(), phase });
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
export async function* runHooks(context: RunContext, steps: readonly HookStep[]): Operation {
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
async function* cleanUp(context: RunContext, steps: readonly HookStep[], policy: DeletePolicyName): Operation {
  for (const step of steps) {
    try {
      yield* deleteByPolicy(context, step, policy);
    } catch (error) {
      yield { kind: 'warning', message: `${describeRef(step.hook.ref)} could not be deleted (${policy}): ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}
