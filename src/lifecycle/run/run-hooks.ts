import { DeletePolicyName, LifecycleError, describeRef } from '../../vocabulary';
import { HookStep, runsAlways, waitsForOf } from '../plan';
import { HookFailedError, InterruptedError } from './errors';
import { startable } from './hook-schedule';
import { underMutex } from './mutex';
import { onlyWhenChanged } from './only-when-changed';
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
  if (yield* skipped(context, step)) return;
  yield* onlyWhenChanged(context, step, (turn) => underMutex(context, turn, (free) => runHook(free, turn)));
}

/**
 * Runs hooks, each as soon as those that it waits for are done. After a failure that ends them no other is started; those that run come to their end.
 *
 * @param endsThem whether a failure keeps others from being started; one that does not counts as done
 */
export async function* runSideBySide(context: HookContext, steps: readonly HookStep[], endsThem: (error: unknown) => boolean): Operation<HooksEnd> {
  const waitsFor = waitsForOf(steps);
  const started = new Set<number>();
  const done = new Set<number>();
  const failures = new Map<number, unknown>();
  const running = new Together<number, Happening>();
  for (;;) {
    const progress = { started, done, running: running.size };
    const next = [...failures.values()].some(endsThem) ? [] : startable(waitsFor, progress, context.plan.settings.parallelism);
    for (const place of next) {
      context.hooksOf = steps[place].event;
      started.add(place);
      running.begin(place, runUnlessSkipped(context, steps[place]));
    }
    if (running.size === 0) return { succeeded: new Set([...done].filter((place) => !failures.has(place))), failures };
    const news = await running.next();
    if ('happening' in news) {
      yield news.happening;
    } else if ('error' in news) {
      failures.set(news.key, news.error);
      if (!endsThem(news.error)) done.add(news.key);
      if (news.error instanceof HookFailedError) context.ends.set(steps[news.key], 'failed');
    } else {
      done.add(news.key);
      context.ends.set(steps[news.key], 'succeeded');
    }
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
 * after a failure the failed ones by `hook-failed`, then those that succeeded by `hook-succeeded` (pkg/action/hooks.go, execHook). Those that run in any case
 * stay until all of them have: they may need one another.
 */
export async function* runHooks(context: HookContext, steps: readonly HookStep[]): Operation {
  const { succeeded, failures } = yield* runSideBySide(context, steps, () => true);
  if (failures.size === 0) {
    for (const step of [...steps].reverse()) yield* deleteByPolicy(context, step, 'hook-succeeded');
    context.hooksOf = undefined;
    return;
  }
  const error = errorOf([...failures.values()]);
  const made = (place: number) => (failures.get(place) as HookFailedError | undefined)?.created === true;
  // What could not even be made leaves everything as it is, as in Helm.
  if (error instanceof HookFailedError && [...failures.keys()].some(made)) {
    const goes = (place: number) => !runsAlways(steps[place]);
    yield* cleanUp(context, steps.filter((_, place) => made(place) && goes(place)), 'hook-failed');
    yield* cleanUp(context, steps.filter((_, place) => succeeded.has(place) && goes(place)), 'hook-succeeded');
  }
  throw error;
}

/** Deletes after a failure, without hiding it. */
export async function* cleanUp(context: HookContext, steps: readonly HookStep[], policy: DeletePolicyName): Operation {
  for (const step of steps) {
    try {
      yield* deleteByPolicy(context, step, policy);
    } catch (error) {
      yield { kind: 'warning', message: `${describeRef(step.hook.ref)} could not be deleted (${policy}): ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}
