import { Cluster } from '../../cluster';
import { Hook, RecordedHook } from '../../release';
import { LifecycleError } from '../../vocabulary';
import { LifecycleEvent } from '../lifecycle-event';
import { Outcome } from '../outcome';
import { Plan, planUndo } from '../plan';
import { deploy } from './deploy';
import { InterruptedError } from './errors';
import { failedHooksAreGone } from './failed-hook';
import { Frame, RunOptions, framed, toLifecycleError } from './frame';
import { inTurn } from './in-turn';
import { listen } from './listen';
import { checkHistory, preflight } from './preflight';
import { RecordStore } from './record-store';
import { resumable } from './resumable';
import { Operation, RunContext } from './run-context';
import { runTests } from './run-tests';
import { manifestsOf, readSecrets } from './secrets-in-use';
import { uninstall } from './uninstall';

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
  return { ...outcome, undone: yield* runOnce(undo, cluster, options, hold, [outcome.error!, ...(outcome.alsoFailed ?? [])]) };
}

function runOnce(
  plan: Plan,
  cluster: Cluster,
  options: RunOptions,
  hold: Hold,
  takesBack?: readonly LifecycleError[],
): AsyncGenerator<LifecycleEvent, Outcome> {
  const records = new RecordStore(cluster, plan.release, plan.namespace);
  let context: RunContext | undefined;
  const work = async function* (frame: Frame<Plan>): Operation<Partial<Outcome>> {
    const begun = { record: plan.record, created: [], occupied: new Map() };
    const running: RunContext = { ...frame, ...begun, records, recordRun, hold: () => hold(plan), takesBack };
    context = running;
    for (const error of takesBack ?? []) await failedHooksAreGone(running, error);
    yield* operate(running);
    return notesOf(running);
  };
  const writeHooks = inTurn(() => records.write(context!.record));
  const recordRun = async ({ path, text }: Hook, lastRun: RecordedHook['last_run']) => {
    const isIt = (each: RecordedHook) => each.path === path && each.manifest === text;
    context!.record = { ...context!.record, hooks: context!.record.hooks.map((each) => (isIt(each) ? { ...each, last_run: lastRun } : each)) };
    await writeHooks();
  };
  return framed(plan, cluster, options, work, () => (context ? resumable(context) : {}));
}

/** Runs a plan and hands every event to a listener. */
export async function execute(plan: Plan, cluster: Cluster, listener: (event: LifecycleEvent) => void, options?: RunOptions): Promise<Outcome> {
  return listen(run(plan, cluster, options), listener);
}

