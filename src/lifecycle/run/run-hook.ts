import { HookPhase } from '../../release';
import { DeletePolicyName, ObjectRef, pauseAfterAttempt } from '../../vocabulary';
import { HookStep } from '../plan';
import { deleteAndWait } from './delete-object';
import { HookFailedError, InterruptedError } from './errors';
import { AttemptEnd, identify, runAttempt } from './hook-attempt';
import { beforeNextAttempt, mayTryAgain } from './next-attempt';
import { HookContext, Operation, locate } from './run-context';
import { readSecrets } from './secrets-in-use';

/** Kubernetes deletes every object of a kind with its CustomResourceDefinition, so Helm never deletes one by a policy: pkg/action/hooks.go. */
function hasPolicy({ hook }: HookStep, policy: DeletePolicyName): boolean {
  return hook.deletePolicies.includes(policy) && hook.ref.kind !== 'CustomResourceDefinition';
}

/** Deletes the object of a hook that has the policy. */
export async function* deleteByPolicy(context: HookContext, step: HookStep, policy: DeletePolicyName): Operation {
  if (!hasPolicy(step, policy)) return;
  if (await deleteAndWait(context, await locate(context, step.hook.ref))) yield { kind: 'hook-deleted', ...identify(step), policy };
}

/**
 * Deletes what is left of the last run, if the policy says so.
 *
 * @returns whether nothing of its name was there. What was deleted a moment ago is looked for once more before the next takes its name: virtual nodes delete
 * by name, and may delete that one (seen with kwok).
 */
async function* makeRoom(context: HookContext, step: HookStep, ref: ObjectRef): Operation<boolean> {
  if (!hasPolicy(step, 'before-hook-creation')) return false;
  const live = await context.cluster.get(ref);
  if (!live) return true;
  yield { kind: 'hook-waiting', ...identify(step), reason: `the ${ref.kind} of its last run is being deleted` };
  yield* deleteByPolicy(context, step, 'before-hook-creation');
  return false;
}

/** How a hook ended, and with which attempt. */
interface HookRun extends AttemptEnd {
  readonly attempt: number;
}

/** Runs a hook to its verdict, as often as it may be tried. */
async function* runToVerdict(context: HookContext, step: HookStep): Operation<HookRun> {
  const { clock } = context.cluster;
  const ref = await locate(context, step.hook.ref);
  const wasFree = yield* makeRoom(context, step, ref);
  yield* readSecrets(context);
  for (let attempt = 1; ; attempt += 1) {
    const started = clock.now().getTime();
    const end = yield* runAttempt(context, step, { attempt, ref, isFree: wasFree && attempt === 1 });
    const { retry } = step.hook;
    if (!retry || !mayTryAgain(step, end, attempt)) return { ...end, attempt };
    yield {
      kind: 'hook-retried',
      ...identify(step),
      attempt,
      attempts: retry.attempts,
      verdict: end.verdict,
      milliseconds: clock.now().getTime() - started,
      pauseSeconds: pauseAfterAttempt(retry, attempt),
    };
    const last = yield* beforeNextAttempt(context, step, end, attempt);
    if (last) return { ...last, attempt };
  }
}

/**
 * Runs one hook.
 *
 * @throws HookFailedError or InterruptedError where it did not succeed
 */
export async function* runHook(context: HookContext, step: HookStep): Operation {
  const { clock } = context.cluster;
  const hook = identify(step);
  const started = clock.now();
  const { verdict, attempt, object, lastLines } = yield* runToVerdict(context, step);
  const completed = clock.now();
  const milliseconds = completed.getTime() - started.getTime();
  yield { kind: 'hook-finished', ...hook, verdict, milliseconds, ...(attempt > 1 ? { attempt } : {}) };
  const phase: HookPhase = verdict.kind === 'succeeded' ? 'Succeeded' : 'Failed';
  await context.recordRun(step.hook, { started_at: started.toISOString(), completed_at: completed.toISOString(), phase });
  if (verdict.kind === 'interrupted') throw new InterruptedError();
  if (verdict.kind !== 'succeeded') throw new HookFailedError(hook, verdict, milliseconds, { created: object !== undefined, lastLines, attempt });
}
