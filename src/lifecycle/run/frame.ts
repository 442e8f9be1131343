import { Cluster } from '../../cluster';
import { LifecycleError } from '../../vocabulary';
import { LifecycleEvent } from '../lifecycle-event';
import { Outcome } from '../outcome';
import { PlanSteps, summarize } from '../plan';
import { aroundHooks } from './around';
import { InterruptedError } from './errors';
import { maskTexts } from './mask-texts';
import { Observer } from './observer';
import { Happening, HookContext, Operation } from './run-context';
import { SecretsInUse } from './secrets-in-use';

/** What can be chosen about a run. */
export interface RunOptions {
  /**
   * Stops the operation when it is aborted: the hook that runs is stopped and the outcome recorded.
   *
   * @default - it runs to its end
   */
  readonly interrupt?: AbortSignal;

  /**
   * A hook fails at once where something keeps it from running that waiting cannot change, such as an image that does not exist.
   *
   * @default true
   */
  readonly failFast?: boolean;

  /**
   * What others are told about where the operation runs.
   *
   * @default 'an unnamed host'
   */
  readonly host?: string;
}

/** What every operation has from the beginning. */
export type Frame<Steps extends PlanSteps> = Omit<HookContext, 'recordRun' | 'plan'> & { readonly plan: Steps };

/** The error that an outcome holds. What is none of ours is a defect of this program: its stack belongs to whoever finds it, not into an outcome. */
export function toLifecycleError(error: unknown): LifecycleError {
  if (!(error instanceof LifecycleError)) throw error;
  return error;
}

/**
 * The frame of an operation: it is told from its first event to its last, secrets are masked in all of it, and what is thrown is its outcome.
 *
 * @param work returns what the outcome holds beyond that it succeeded
 * @param failed returns what it holds beyond that it did not
 */
export async function* framed<Steps extends PlanSteps>(
  plan: Steps,
  cluster: Cluster,
  options: RunOptions,
  work: (frame: Frame<Steps>) => Operation<Partial<Outcome>>,
  failed: () => Partial<Outcome> = () => ({}),
): AsyncGenerator<LifecycleEvent, Outcome> {
  const { interrupt = new AbortController().signal, failFast = true, host = 'an unnamed host' } = options;
  const secrets = new SecretsInUse(cluster, plan);
  // The one place where texts leave the engine.
  const at = (happening: Happening): LifecycleEvent => ({ at: cluster.clock.now().toISOString(), ...maskTexts(happening, secrets.mask) });
  const started = cluster.clock.now().getTime();
  const observer = new Observer(cluster, interrupt);
  const alsoFailed: LifecycleError[] = [];
  const { operation, release, namespace, revision } = plan;
  let outcome: Outcome = { operation, release, namespace, revision, status: 'succeeded' };
  yield at({ kind: 'operation-started', plan: summarize(plan) });
  for (const message of plan.warnings ?? []) yield at({ kind: 'warning', message });
  try {
    const happenings = work({ plan, cluster, observer, secrets, around: aroundHooks(plan), ends: new Map(), alsoFailed, failFast, host, interrupt });
    for (;;) {
      const { done, value } = await happenings.next();
      if (done) {
        outcome = { ...outcome, ...value };
        break;
      }
      yield at(value);
    }
  } catch (thrown) {
    const error = toLifecycleError(maskTexts(thrown, secrets.mask));
    const others = alsoFailed.length === 0 ? {} : { alsoFailed: maskTexts(alsoFailed, secrets.mask) };
    outcome = { ...outcome, status: error instanceof InterruptedError ? 'interrupted' : 'failed', error, ...others, ...failed() };
  } finally {
    observer.close();
  }
  yield at({ kind: 'operation-finished', outcome, milliseconds: cluster.clock.now().getTime() - started });
  return outcome;
}
