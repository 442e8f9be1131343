import { DeletePolicyName, describeRef } from '../../vocabulary';
import { HookStep } from '../plan';
import { HookFailedError } from './errors';
import { underMutex } from './mutex';
import { HookContext, Operation } from './run-context';
import { deleteByPolicy, runHook } from './run-hook';
import { skipped } from './skip-hook';

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
      if (!(yield* skipped(context, step))) yield* underMutex(context, step, (free) => runHook(free, step));
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
