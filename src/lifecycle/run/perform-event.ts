import { Cluster, isClusterError } from '../../cluster';
import { Hook, HookSuccess, ReleaseClaim, lastOf } from '../../release';
import { ObjectRef } from '../../vocabulary';
import { LifecycleEvent } from '../lifecycle-event';
import { Outcome } from '../outcome';
import { AccessCheck, releaseNeeds, resolve, stepPermissions } from '../permissions';
import { EventPlan, OperationName, RefusedError, SkippedEvent } from '../plan';
import { runAfterFailure } from './after-failure';
import { ClaimBook, claimRef } from './claim-book';
import { Frame, framed } from './frame';
import { Holding, PerformOptions } from './holding';
import { deleteHookObjects } from './hook-leftovers';
import { JournalBook, journalRef, journalsOf } from './journal-book';
import { openJournal } from './journal-hook';
import { claimedSuccesses } from './last-successes';
import { listen } from './listen';
import { RecordStore } from './record-store';
import { Happening, HookContext, Operation } from './run-context';
import { runHooks } from './run-hooks';
import { readSecrets } from './secrets-in-use';
import { stopUnfinished } from './stop-unfinished';

/** Journals of earlier changes that are kept, as many as Helm keeps revisions. */
const KEPT_JOURNALS = 10;

/** The hooks of one event of a release whose resources somebody else manages. */
export interface PerformEventRequest {
  /** What others are told who find the release held. */
  readonly operation: OperationName;
  readonly release: string;
  readonly namespace: string;
  /** Make the namespace if it is missing. */
  readonly createNamespace: boolean;
  /** Take over a release that has records of Helm's. */
  readonly takeOwnership: boolean;
  /** Resources of the release: a hook that misses one of them is told why. */
  readonly resources: readonly ObjectRef[];
  /** All hooks of the release. */
  readonly hooks: readonly Hook[];
  /** Values that are secret wherever they stand. */
  readonly secretValues: readonly string[];
  /** Makes the plan of what the cluster knows of the release, once the lock is held. */
  readonly plan: (claim: ReleaseClaim | undefined, successes: readonly HookSuccess[]) => EventPlan | SkippedEvent;
}

/** Whether there is the namespace, which is made where that is wanted. */
async function* haveNamespace({ namespace, createNamespace }: PerformEventRequest, cluster: Cluster): Operation<boolean> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  try {
    if (await cluster.get(ref)) return true;
  } catch (error) {
    if (isClusterError(error, 'forbidden')) return true; // whoever may work in a namespace need not be allowed to look at it
    throw error;
  }
  if (!createNamespace) return false;
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { name: namespace } } });
  yield { kind: 'namespace-created', namespace };
  return true;
}

/** Two managers of one release would undo each other's work. */
async function checkRecords(records: RecordStore, { release, namespace }: PerformEventRequest): Promise<void> {
  const last = lastOf(await records.readable());
  if (!last || last.info.status === 'uninstalled') return;
  throw new RefusedError(
    `Release "${release}" in namespace ${namespace} is one of Helm's: revision ${last.version} is ${last.info.status}`,
    'Name this one otherwise, uninstall that one first, or take it over (takeOwnership, --take-ownership): its records stay, and neither tool may be used on it again.',
  );
}

/** The journals beyond those that are kept. */
async function forgetJournals(cluster: Cluster, request: PerformEventRequest): Promise<void> {
  const revisions = await journalsOf(cluster, request);
  for (const revision of revisions.slice(0, -KEPT_JOURNALS)) await cluster.delete(journalRef({ ...request, revision }), { propagation: 'background' });
}

/** A release that is held. */
interface Claimed {
  readonly request: PerformEventRequest;
  readonly holding: Holding;
  readonly claims: ClaimBook;
}

/** Runs the hooks of a plan, in the frame of an operation. */
async function* runEvent(frame: Frame<EventPlan['steps']>, { request, holding, claims }: Claimed, { begin, end }: EventPlan): Operation {
  const { cluster, observer, plan, secrets } = frame;
  const owner = claimRef(request);
  const context: HookContext = {
    ...frame,
    around: plan.operation === 'uninstall' ? { applied: [], removed: request.resources } : { applied: request.resources, removed: [] },
    recordRun: async () => undefined, // there is no record: the journal tells it
  };
  secrets.learn(request.hooks.map(({ object }) => object));
  secrets.learnValues(request.secretValues);
  yield* readSecrets(context);
  if (claims.claim) {
    const last = await JournalBook.open(cluster, { ...request, owner, revision: claims.claim.revision });
    const stopped = yield* stopUnfinished({ cluster, observer, secrets: async () => secrets }, last);
    if (stopped.length > 0) yield { kind: 'warning', message: `An operation died while ${stopped.join(', ')} ran; what it left is stopped` };
  }
  yield* holding.takeFor(plan.revision);
  await claims.write(begin);
  await openJournal(context, owner);
  try {
    yield* runHooks(context, [...plan.before, ...plan.after]);
  } catch (error) {
    yield* runAfterFailure(context, error);
    throw error;
  }
  if (end) {
    await claims.write(end);
    return;
  }
  yield* deleteHookObjects({ ...context, owner, revisions: await journalsOf(cluster, request), keepsFailed: false });
  await claims.delete();
}

/** Everything once the lock is held. */
async function* runClaimed(claimed: Claimed, cluster: Cluster, options: PerformOptions): AsyncGenerator<LifecycleEvent, Outcome> {
  const { request, holding, claims } = claimed;
  const { operation, release, namespace } = request;
  const at = (happening: Happening): LifecycleEvent => ({ at: cluster.clock.now().toISOString(), ...happening });
  if (!claims.claim && !request.takeOwnership) await checkRecords(new RecordStore(cluster, release, namespace), request);
  const plan = request.plan(claims.claim, await claimedSuccesses(cluster, request, claims.claim, request.hooks));
  if ('skipped' in plan) {
    yield at({ kind: 'warning', message: plan.skipped });
    if (plan.claim) await claims.write(plan.claim);
    return { operation, release, namespace, revision: claims.claim?.revision ?? 0, status: 'succeeded' };
  }
  const leaves = plan.end ? [] : request.hooks;
  const unchecked = await new AccessCheck(cluster, request).demand(await stepPermissions(plan.steps, leaves, cluster));
  if (unchecked !== undefined) yield at({ kind: 'warning', message: unchecked });
  const outcome = yield* framed(plan.steps, holding.cluster, options, async function* (frame) {
    yield* runEvent(frame, claimed, plan);
    return {};
  });
  if (outcome.status === 'succeeded' && plan.end) await forgetJournals(holding.cluster, request);
  return outcome;
}

/**
 * Runs the hooks of one event of a release whose resources somebody else manages: takes the lock, puts right what died before, plans, runs, keeps the
 * claim.
 *
 * Where the namespace is missing, the release has ended with it: nothing runs.
 *
 * @throws LifecycleError where it could not begin: the release is held, or is another's
 */
export async function* performEvent(
  request: PerformEventRequest,
  cluster: Cluster,
  options: PerformOptions = {},
): AsyncGenerator<LifecycleEvent, Outcome> {
  const { operation, release, namespace } = request;
  const at = (happening: Happening): LifecycleEvent => ({ at: cluster.clock.now().toISOString(), ...happening });
  const holding = new Holding(cluster, request, operation, options);
  try {
    const namespaces = haveNamespace(request, holding.cluster);
    for (;;) {
      const { done, value } = await namespaces.next();
      if (!done) {
        yield at(value);
        continue;
      }
      if (value) break;
      if (operation !== 'uninstall') {
        throw new RefusedError(`There is no namespace "${namespace}"`, 'Create it before the release, or let it be created with the release (createNamespace, --create-namespace).');
      }
      yield at({ kind: 'warning', message: `Namespace ${namespace} is gone, and the release with it: no hook runs` });
      return { operation, release, namespace, revision: 0, status: 'succeeded' };
    }
    const unchecked = await new AccessCheck(cluster, request).demand(await resolve(releaseNeeds(request), cluster, namespace));
    if (unchecked !== undefined) yield at({ kind: 'warning', message: unchecked });
    for await (const happening of holding.take()) yield at(happening);
    return yield* runClaimed({ request, holding, claims: await ClaimBook.open(holding.cluster, request) }, cluster, options);
  } finally {
    await holding.release();
  }
}

/** Runs the hooks of one event and hands every event to a listener. */
export function performEventWith(
  request: PerformEventRequest,
  cluster: Cluster,
  listener: (event: LifecycleEvent) => void,
  options?: PerformOptions,
): Promise<Outcome> {
  return listen(performEvent(request, cluster, options), listener);
}
