import { Cluster, isClusterError } from '../../cluster';
import { History, Resource, isPending, lastOf } from '../../release';
import { LifecycleError } from '../../vocabulary';
import { LifecycleEvent } from '../lifecycle-event';
import { Outcome } from '../outcome';
import { AccessCheck } from '../permissions';
import { Held, OperationName, Plan } from '../plan';
import { checkClaim } from './check-claim';
import { createDefinitions } from './definitions';
import { PerformOptions, Holding } from './holding';
import { listen } from './listen';
import { Observer } from './observer';
import { checkAccess, checkPlanAccess } from './preflight-access';
import { RecordStore } from './record-store';
import { recover } from './recover';
import { runHeld } from './run';
import { Happening, telling } from './run-context';

/** What is done to which release. */
export interface PerformRequest {
  readonly operation: OperationName;
  readonly release: string;
  readonly namespace: string;
  /** Makes the plan of what the history is, once the lock is held; and before, without `held`, to see what the operation will need. */
  readonly plan: (history: History, held?: Held) => Plan | Promise<Plan>;
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
  const { interrupt = new AbortController().signal, failFast, host } = options;
  const at = (happening: Happening): LifecycleEvent => ({ at: cluster.clock.now().toISOString(), ...happening });
  const holding = new Holding(cluster, request, operation, options);
  const guard = holding.cluster;
  const observer = new Observer(guard, interrupt);
  const records = new RecordStore(guard, release, namespace);
  const access = new AccessCheck(cluster, request);
  try {
    for await (const happening of checkAccess(access, request, cluster, records)) yield at(happening);
    try {
      for await (const happening of holding.take()) yield at(happening);
    } catch (error) {
      // Without the namespace there is no release yet; the run makes the namespace, if it may, and takes the lock then.
      if (!isClusterError(error, 'not-found')) throw error;
    }
    const recovery = { cluster: guard, observer, records, release, namespace, inherited: holding.inherited };
    for await (const happening of recover(recovery, await records.history())) yield at(happening);
    const history = records.known(); // under the lock nobody else writes, and what is written must be what was planned on
    for (const { error } of records.unreadable) yield at({ kind: 'warning', message: `${error.message}; it is left out` });
    await checkClaim(guard, request, history);
    const stage = { cluster: guard, observer, plan: { namespace } };
    const planning = telling((tell: (happening: Happening) => void) => {
      const define = async (definitions: readonly Resource[]) => {
        for await (const happening of createDefinitions(stage, definitions)) tell(happening);
      };
      return Promise.resolve(request.plan(history, { define }));
    });
    const plan = yield* mapped(planning, at);
    for await (const happening of checkPlanAccess(access, plan, history, cluster)) yield at(happening);
    const outcome = yield* runHeld(plan, guard, { interrupt, failFast, host }, ({ revision }) => holding.takeFor(revision));
    if (await isLeftPending(outcome, records)) holding.abandon();
    return outcome;
  } finally {
    observer.close();
    await holding.release();
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
