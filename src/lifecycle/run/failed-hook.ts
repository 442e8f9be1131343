import { ObjectRef, describeRef } from '../../vocabulary';
import { HookFailedError } from './errors';
import { isFinished } from './job-state';
import { HookContext, locate } from './run-context';

/** Waits until a hook's Job has ended with all of its Pods; other kinds have ended with their verdict. */
export async function untilOver(context: HookContext, hook: ObjectRef): Promise<void> {
  if (hook.kind !== 'Job') return;
  const ref = await locate(context, hook);
  const mirror = await context.observer.mirror(ref);
  const over = () => {
    const live = mirror.get(ref.name, ref.namespace);
    return !live || isFinished(live) ? true : undefined;
  };
  await context.observer.until([mirror], over, { what: () => `the Pods of ${describeRef(ref)} to end`, seconds: context.plan.settings.timeoutSeconds });
}

/**
 * Waits until the Pods of the hooks that failed are gone, so that nothing that the failure calls for runs beside them.
 *
 * A Job is certain to fail before its Pods have ended: Kubernetes says FailureTarget first, and Failed when they are gone.
 */
export async function failedHooksAreGone(context: HookContext, error: unknown): Promise<void> {
  if (!(error instanceof HookFailedError)) return;
  for (const { hook: { hook }, created } of [error, ...error.others]) if (created) await untilOver(context, hook);
}
