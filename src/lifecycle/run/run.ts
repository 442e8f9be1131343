import { Cluster } from '../../cluster';
import { LifecycleError } from '../../vocabulary';
import { LifecycleEvent } from '../lifecycle-event';
import { Outcome } from '../outcome';
import { Plan, planUndo, summarize } from '../plan';
import { deploy } from './deploy';
import { InterruptedError } from './errors';
import { failedHookIsGone } from './failed-hook';
import { listen } from './listen';
import { maskTexts } from './mask-texts';
import { Observer } from './observer';
import { checkHistory, preflight } from './preflight';
import { RecordStore } from './record-store';
import { Happening, Operation, RunContext } from './run-context';
import { runTests } from './run-tests';
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
  if (context.plan.operation === 'test') return yield* runTests(context);
  await preflight(context);
  yield* deploy(context);
}

function toLifecycleError(error: unknown): LifecycleError {
  // What is none of ours is a defect of this program: its stack belongs to whoever finds it, not into an outcome.
  if (!(error instanceof LifecycleError)) throw error;
  return error;
}

/** The notes of a revision that was made, without what they give away. */
function notesOf({ plan: { operation, record }, secrets }: RunContext): Pick<Outcome, 'notes'> {
  const { notes = '' } = record.info;
  return ['install', 'upgrade'].includes(operation) && notes !== '' ? { notes: secrets.mask(notes) } : {};
}

/**
 * Makes a plan happen.
 *
 * @returns what it came to; it throws only for defects of this program
 */
export function run(plan: Plan, cluster: Cluster, options: RunOptions = {}): AsyncGenerator<LifecycleEvent, Outcome> {
  return runHeld(plan, cluster, options, NO_LOCK);
}

/** Takes the lock of a release, if it is not held yet, and names the plan's revision in it. */
export type Hold = (plan: Plan) => Operation;

/** Nothing is locked: for clusters that nobody else works on. */
const NO_LOCK: Hold = async function* () {};

/** The same for an operation that takes the lock of the release, at the latest before its first record; one that failed is taken back, if the plan says so. */
export async function* runHeld(plan: Plan, cluster: Cluster, options: RunOptions, hold: Hold): AsyncGenerator<LifecycleEvent, Outcome> {
  const outcome = yield* runOnce(plan, cluster, options, hold);
  if (outcome.status !== 'failed' || !plan.onFailure) return outcome;
  let undo: Plan | undefined;
  try {
    undo = planUndo(plan, await new RecordStore(cluster, plan.release, plan.namespace).history());
  } catch (error) {
    const { message } = toLifecycleError(error);
    yield { at: cluster.clock.now().toISOString(), kind: 'warning', message: `It could not be taken back: ${message}` };
  }
  if (!undo) return outcome;
  return { ...outcome, undone: yield* runOnce(undo, cluster, options, hold, outcome.error) };
}

async function* runOnce(
  plan: Plan,
  cluster: Cluster,
  options: RunOptions,
  hold: Hold,
  takesBack?: LifecycleError,
): AsyncGenerator<LifecycleEvent, Outcome> {
  const { interrupt = new AbortController().signal, failFast = true } = options;
  const secrets = new SecretsInUse(cluster, plan);
  // The one place where texts leave the engine.
  const at = (happening: Happening): LifecycleEvent => ({ at: cluster.clock.now().toISOString(), ...maskTexts(happening, secrets.mask) });
  const started = cluster.clock.now().getTime();
  const observer = new Observer(cluster, interrupt);
  const records = new RecordStore(cluster, plan.release, plan.namespace);
  const context: RunContext = {
    plan, cluster, records, observer, secrets, hold: () => hold(plan), failFast, interrupt, record: plan.record, takesBack, created: [],
  };
  const { operation, release, namespace, revision } = plan;
  let outcome: Outcome = { operation, release, namespace, revision, status: 'succeeded' };
  yield at({ kind: 'operation-started', plan: summarize(plan) });
  for (const message of plan.warnings ?? []) yield at({ kind: 'warning', message });
  try {
    if (takesBack) await failedHookIsGone(context, takesBack);
    for await (const happening of operate(context)) yield at(happening);
    outcome = { ...outcome, ...notesOf(context) };
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

