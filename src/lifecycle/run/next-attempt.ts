import { isClusterError } from '../../cluster';
import { KubeObject, LifecycleError, describeRef, isWorthRetrying, pauseAfterAttempt, refOf } from '../../vocabulary';
import { HookStep } from '../plan';
import { deleteByUid } from './delete-object';
import { InterruptedError } from './errors';
import { AttemptEnd, identify } from './hook-attempt';
import { HookPods } from './hook-pods';
import { podState } from './job-state';
import { HookContext, Operation } from './run-context';

/**
 * Whether a hook is run once more after an attempt: where a container of it has failed with a code that its policy chose.
 *
 * Never where its time was over, by whoever's clock, or where it was deleted, refused or interrupted: then more of the same does not help, or nobody wants it.
 */
export function mayTryAgain({ hook: { retry } }: HookStep, { verdict, exitCodes }: AttemptEnd, attempt: number): boolean {
  return retry !== undefined && attempt < retry.attempts && verdict.kind === 'failed' && isWorthRetrying(retry, exitCodes);
}

/** Deletes the object of a failed attempt, whatever its policies, and waits until it and its Pods are gone: no two attempts ever run beside each other. */
async function* clear({ cluster, observer, plan }: HookContext, step: HookStep, object: KubeObject): Operation {
  const ref = refOf(object);
  const uid = object.metadata.uid!;
  const objects = await observer.mirror(ref);
  const podMirror = await observer.mirror({ apiVersion: 'v1', kind: 'Pod', namespace: ref.namespace });
  const pods = new HookPods(object, podMirror);
  if (pods.refresh().some((pod) => podState(pod).kind === 'running')) {
    yield { kind: 'hook-waiting', ...identify(step), reason: 'the Pods of its failed attempt have not ended yet' };
  }
  await deleteByUid(cluster, ref, { propagation: 'foreground', uid });
  const gone = () => (objects.get(ref.name, ref.namespace)?.metadata.uid === uid || pods.refresh().length > 0 ? undefined : true);
  await observer.until([objects, podMirror], gone, { what: () => `the Pods of the failed attempt of ${describeRef(ref)} to be gone`, seconds: plan.settings.timeoutSeconds });
}

/**
 * Makes room for the next attempt of a hook, after a pause that doubles each time.
 *
 * @returns how the hook ended after all, where there can be no next one
 */
export async function* beforeNextAttempt(context: HookContext, step: HookStep, end: AttemptEnd, attempt: number): Operation<AttemptEnd | undefined> {
  try {
    await context.observer.pause(pauseAfterAttempt(step.hook.retry!, attempt) * 1000);
    yield* clear(context, step, end.object!);
    return undefined;
  } catch (error) {
    if (error instanceof InterruptedError) return { ...end, verdict: { kind: 'interrupted' } };
    if (!(error instanceof LifecycleError) || isClusterError(error, 'unreachable') || end.verdict.kind !== 'failed') throw error;
    return { ...end, verdict: { ...end.verdict, cause: `${end.verdict.cause}; it could not be run once more: ${error.message}`, remedy: error.remedy } };
  }
}
