import { Cluster, isClusterError, retrying } from '../../cluster';
import { History, Resource, isPending, lastOf } from '../../release';
import { LifecycleError } from '../../vocabulary';
import { LifecycleEvent } from '../lifecycle-event';
import { Outcome } from '../outcome';
import { AccessCheck } from '../permissions';
import { Held, OperationName, Plan } from '../plan';
import { createDefinitions } from './definitions';
import { guarded } from './guard';
import { listen } from './listen';
import { ReleaseLock } from './lock';
import { Observer } from './observer';
import { checkAccess, checkPlanAccess } from './preflight-access';
import { RecordStore } from './record-store';
import { recover } from './recover';
import { Hold, RunOptions, runHeld } from './run';
import { Happening, telling } from './run-context';

/** What is done to which release. */
export interface PerformRequest {
  readonly operation: OperationName;
  readonly release: string;
  readonly namespace: string;
  /** Makes the plan of what the history is, once the lock is held; and before, without `held`, to see what the operation will need. */
  readonly plan: (history: History, held?: Held) => Plan | Promise<Plan>;
}

/** What can be chosen about how it is done. */
export interface PerformOptions extends RunOptions {
  /**
   * How long to wait for a release that another operation holds, in seconds.
   *
   * @default 0
   */
  readonly lockTimeoutSeconds?: number;

  /**
   * What others are told about where the operation runs.
   *
   * @default 'an unnamed host'
   */
  readonly host?: string;
}

/** The same with each part changed. */
async function* mapped<A, B, T>(parts: AsyncGenerator<A, T>, change: (part: A) => B): AsyncGenerator<B, T> {
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return value;
    yield change(value);
  }
}

/** Whether a revision of ours was left in the middle, as far as can be known. Then the lock is left, too: who takes it over knows whose the revision is. */
async function isLeftPending({ status, error }: Outcome, records: RecordStore): Promise<boolean> {
  if (status === 'succeeded' || error?.code === 'locked') return false;
  try {
    const last = lastOf(await records.history());
    return last !== undefined && isPending(last);
  } catch (unread) {
    if (!(unread instanceof LifecycleError)) throw unread;
    return true;
  }
}

/**
 * A whole operation: asks whether the user may do all of it, takes the lock of the release, puts right what died before, plans, runs, and gives the lock back.
 *
 * @throws LifecycleError where it could not begin: the release is held, or the operation does not fit it
 */
export async function* perform(request: PerformRequest, cluster: Cluster, options: PerformOptions = {}): AsyncGenerator<LifecycleEvent, Outcome> {
  const { operation, release, namespace } = request;
  const { interrupt = new AbortController().signal, failFast, lockTimeoutSeconds = 0, host = 'an unnamed host' } = options;
  const at = (happening: Happening): LifecycleEvent => ({ at: cluster.clock.now().toISOString(), ...happening });
  const holder = { identity: crypto.randomUUID(), host, operation };
  const contact = { answered: false };
  // A renewal must be done before the next is due.
  const forLock = retrying(cluster, { contact, interrupt, patience: 4_000 });
  const acquire = () =>
    telling((tell) => ReleaseLock.acquire(forLock, { release, namespace }, holder, { patience: lockTimeoutSeconds, interrupt, tell: (by) => tell({ kind: 'lock-waiting', by }) }));

  let lock: ReleaseLock | undefined;
  const take = async function* () {
    if (!lock) lock = yield* acquire();
  };
  const hold: Hold = async function* ({ revision }) {
    yield* take();
    await lock!.setRevision(revision);
  };
  const guard = retrying(guarded(cluster, () => lock?.check()), { contact, interrupt });
  const observer = new Observer(guard, interrupt);
  const records = new RecordStore(guard, release, namespace);
  const access = new AccessCheck(cluster, request);
  try {
    for await (const happening of checkAccess(access, request, cluster, records)) yield at(happening);
    try {
      for await (const happening of take()) yield at(happening);
    } catch (error) {
      // Without the namespace there is no release yet; the run makes the namespace, if it may, and takes the lock then.
      if (!isClusterError(error, 'not-found')) throw error;
    }
    const recovery = { cluster: guard, observer, records, release, namespace, inherited: lock?.inherited };
    for await (const happening of recover(recovery, await records.history())) yield at(happening);
    const history = await records.history();
    for (const { error } of records.unreadable) yield at({ kind: 'warning', message: `${error.message}; it is left out` });
    const stage = { cluster: guard, observer, plan: { namespace } };
    const planning = telling((tell: (happening: Happening) => void) => {
      const define = async (definitions: readonly Resource[]) => {
        for await (const happening of createDefinitions(stage, definitions)) tell(happening);
      };
      return Promise.resolve(request.plan(history, { define }));
    });
    const plan = yield* mapped(planning, at);
    for await (const happening of checkPlanAccess(access, plan, history, cluster)) yield at(happening);
    const outcome = yield* runHeld(plan, guard, { interrupt, failFast }, hold);
    if (await isLeftPending(outcome, records)) lock?.abandon();
    return outcome;
  } finally {
    observer.close();
    await lock?.release();
  }
}

/** Performs an operation and hands every event to a listener. */
export async function performWith(
  request: PerformRequest,
  cluster: Cluster,
  listener: (event: LifecycleEvent) => void,
  options?: PerformOptions,
): Promise<Outcome> {
  return listen(perform(request, cluster, options), listener);
}
