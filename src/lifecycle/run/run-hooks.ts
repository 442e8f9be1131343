import { DeletePolicyName, LifecycleError, describeRef } from '../../vocabulary';
import { HookStep, waitsForOf } from '../plan';
import { HookFailedError, InterruptedError } from './errors';
import { startable } from './hook-schedule';
import { underMutex } from './mutex';
import { Happening, HookContext, Operation } from './run-context';
import { deleteByPolicy, runHook } from './run-hook';
import { skipped } from './skip-hook';
import { Together } from './together';

/** What became of hooks, by their places: which have succeeded, and why others did not, the first to fail first. */
interface HooksEnd {
  readonly succeeded: ReadonlySet<number>;
  readonly failures: ReadonlyMap<number, unknown>;
}

async function* runUnlessSkipped(context: HookContext, step: HookStep): Operation {
  if (!(yield* skipped(context, step))) yield* underMutex(context, step, (free) => runHook(free, step));
}

/** Runs hooks, each as soon as those that it waits for have succeeded. Once one fails, no other is started; those that run come to their end. */
async function* runSideBySide(context: HookContext, steps: readonly HookStep[]): Operation<HooksEnd> {
  const waitsFor = waitsForOf(steps);
  const started = new Set<number>();
  const succeeded = new Set<number>();
  const failures = new Map<number, unknown>();
  const running = new Together<number, Happening>();
  for (;;) {
    const progress = { started, done: succeeded, running: running.size };
    const next = failures.size > 0 ? [] : startable(waitsFor, progress, context.plan.settings.parallelism);
    for (const place of next) {
      context.hooksOf = steps[place].event;
      started.add(place);
      running.begin(place, runUnlessSkipped(context, steps[place]));
    }
    if (running.size === 0) return { succeeded, failures };
    const news = await running.next();
    if ('happening' in news) yield news.happening;
    else if ('error' in news) failures.set(news.key, news.error);
    else succeeded.add(news.key);
  }
}

/** The error that hooks end with: a defect of this program, an interrupt, whatever else keeps the operation from going on, and then the failures of hooks. */
function errorOf(failures: readonly unknown[]): unknown {
  const failed = failures.filter((error): error is HookFailedError => error instanceof HookFailedError);
  const worse = failures.filter((error) => !(error instanceof HookFailedError));
  const worst = worse.find((error) => !(error instanceof LifecycleError)) ?? worse.find((error) => error instanceof InterruptedError) ?? worse.at(0);
  return worst ?? (failed.length > 1 ? failed[0].and(failed.slice(1)) : failed[0]);
}

/**
 * Runs hooks in Helm's order, side by side those whose declared order allows it; after a failure no other is started.
 *
 * Hook objects are deleted as Helm deletes them: those that succeeded only after all have, in reverse, so that a ServiceAccount outlives the Job that needs it;
 * after a failure the failed ones by `hook-failed`, then those that succeeded by `hook-succeeded` (pkg/action/hooks.go, execHook).
 */
export async function* runHooks(context: HookContext, steps: readonly HookStep[]): Operation {
  const { succeeded, failures } = yield* runSideBySide(context, steps);
  if (failures.size === 0) {
    for (const step of [...steps].reverse()) yield* deleteByPolicy(context, step, 'hook-succeeded');
    context.hooksOf = undefined;
    return;
  }
  const error = errorOf([...failures.values()]);
  const made = (place: number) => (failures.get(place) as HookFailedError | undefined)?.created === true;
  // What could not even be made leaves everything as it is, as in Helm.
  if (error instanceof HookFailedError && [...failures.keys()].some(made)) {
    yield* cleanUp(context, steps.filter((_, place) => made(place)), 'hook-failed');
    yield* cleanUp(context, steps.filter((_, place) => succeeded.has(place)), 'hook-succeeded');
  }
  throw error;
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
