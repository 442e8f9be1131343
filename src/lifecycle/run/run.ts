import { Cluster } from '../../cluster';
import { LifecycleError } from '../../vocabulary';
import { LifecycleEvent } from '../lifecycle-event';
import { Outcome } from '../outcome';
import { Plan, summarize } from '../plan';
import { deploy } from './deploy';
import { InterruptedError } from './errors';
import { listen } from './listen';
import { maskTexts } from './mask-texts';
import { Observer } from './observer';
import { checkHistory, preflight } from './preflight';
import { RecordStore } from './record-store';
import { Happening, Operation, RunContext } from './run-context';
import { SecretsInUse, manifestsOf, readSecrets } from './secrets-in-use';
import { uninstall } from './uninstall';

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
}

async function* operate(context: RunContext): Operation {
  checkHistory(context.plan, await context.records.history()); // what is written must be what was read: resourceVersions
  if (context.interrupt.aborted) throw new InterruptedError();
  context.secrets.learn(manifestsOf(context.plan, context.records));
  yield* readSecrets(context);
  if (context.plan.operation === 'uninstall') return yield* uninstall(context);
  await preflight(context);
  yield* deploy(context);
}

function toLifecycleError(error: unknown): LifecycleError {
  // What is none of ours is a defect of this program: its stack belongs to whoever finds it, not into an outcome.
  if (!(error instanceof LifecycleError)) throw error;
  return error;
}

/**
 * Makes a plan happen.
 *
 * @returns what it came to; it throws only for defects of this program
 */
export function run(plan: Plan, cluster: Cluster, options: RunOptions = {}): AsyncGenerator<LifecycleEvent, Outcome> {
  return runHeld(plan, cluster, options, NO_LOCK);
}

/** Nothing is locked: for clusters that nobody else works on. */
const NO_LOCK = async function* (): Operation {};

/** The same for an operation that takes the lock of the release, at the latest before its first record. */
export async function* runHeld(
  plan: Plan,
  cluster: Cluster,
  options: RunOptions,
  hold: () => Operation,
): AsyncGenerator<LifecycleEvent, Outcome> {
  const { interrupt = new AbortController().signal, failFast = true } = options;
  const secrets = new SecretsInUse(cluster, plan);
  // The one place where texts leave the engine.
  const at = (happening: Happening): LifecycleEvent => ({ at: cluster.clock.now().toISOString(), ...maskTexts(happening, secrets.mask) });
  const started = cluster.clock.now().getTime();
  const observer = new Observer(cluster, interrupt);
  const records = new RecordStore(cluster, plan.release, plan.namespace);
  const context: RunContext = { plan, cluster, records, observer, secrets, hold, failFast, interrupt, record: plan.record };
  const { operation, release, namespace, revision } = plan;
  let outcome: Outcome = { operation, release, namespace, revision, status: 'succeeded' };
  yield at({ kind: 'operation-started', plan: summarize(plan) });
  try {
    for await (const happening of operate(context)) yield at(happening);
  } catch (thrown) {
    const error = toLifecycleError(maskTexts(thrown, secrets.mask));
    outcome = { ...outcome, status: error instanceof InterruptedError ? 'interrupted' : 'failed', error };
  } finally {
    observer.close();
  }
  yield at({ kind: 'operation-finished', outcome, milliseconds: cluster.clock.now().getTime() - started });
  return outcome;
}

/** Runs a plan and hands every event to a listener. */
export async function execute(plan: Plan, cluster: Cluster, listener: (event: LifecycleEvent) => void, options?: RunOptions): Promise<Outcome> {
  return listen(run(plan, cluster, options), listener);
}

