import { Cluster, isClusterError } from '../../cluster';
import { KubeObject, LifecycleError, Mutex, OURS, ObjectRef, describeMutex, describeRef, fromJson, isMap, messageOf, readMutex, toJson } from '../../vocabulary';
import { mutexRef } from '../permissions/mutex-needs';
import { HookStep } from '../plan';
import { HookFailedError, TimeoutError } from './errors';
import { untilOver } from './failed-hook';
import { guarded } from './guard';
import { identify } from './hook-attempt';
import { LeaseLock } from './lease-lock';
import { describeHolder, holderAnnotations } from './lock';
import { HookContext, Operation, locate, telling } from './run-context';
import { stopHook } from './stop-hook';

const RELEASE = `${OURS}release`;
const OBJECT = `${OURS}hook`;

/** The object that runs under a mutex; without a UID until it was created. */
interface Running extends ObjectRef {
  readonly uid?: string;
}

function runningIn({ metadata }: KubeObject): Running | undefined {
  const text = metadata.annotations?.[OBJECT];
  if (text === undefined) return undefined;
  try {
    const value = fromJson(text);
    const isRef = isMap(value) && [value.apiVersion, value.kind, value.name, value.namespace ?? '', value.uid ?? ''].every((field) => typeof field === 'string');
    return isRef ? (value as unknown as Running) : undefined;
  } catch {
    return undefined; // none of ours
  }
}

/** Whoever may write the Lease must not choose what others stop: only an object that says of itself that it runs under the mutex is. */
function isUnder({ metadata }: KubeObject, mutex: Mutex): boolean {
  const said = readMutex(metadata.annotations ?? {});
  return said !== undefined && 'name' in said && said.name === mutex.name && said.namespace === mutex.namespace;
}

/** `upgrade of revision 3 on build-7 (…), for Job/migrate of shop/web` */
function describeMutexHolder(lease: KubeObject): string {
  const running = runningIn(lease);
  const release = lease.metadata.annotations?.[RELEASE];
  return `${describeHolder(lease)}${running ? `, for ${describeRef(running)}` : ''}${release === undefined ? '' : ` of ${release}`}`;
}

/** A mutex that is held for one hook. */
interface Held {
  readonly lease: LeaseLock;
  /** The cluster for the hook: its objects are made only while the mutex is ours, and are written down in it. */
  readonly cluster: Cluster;
}

/**
 * What an operation that died has left running under the mutex: it is stopped, and its Pods are gone, before anything else runs.
 *
 * @throws LifecycleError where that cannot be known
 */
async function stopPredecessor({ cluster, observer }: HookContext, lease: LeaseLock, mutex: Mutex): Promise<void> {
  const left = lease.inherited && runningIn(lease.inherited);
  if (!left || (left.kind !== 'Job' && left.kind !== 'Pod')) return;
  const { uid, ...ref } = left;
  try {
    const live = await cluster.get(ref);
    if (!live || (uid !== undefined && live.metadata.uid !== uid) || !isUnder(live, mutex)) return;
    await stopHook({ cluster, observer }, ref, live.metadata.uid!, `its operation is over, and mutex ${describeMutex(mutex)} has another holder`, true);
  } catch (error) {
    if (!isClusterError(error, 'forbidden') && !(error instanceof TimeoutError)) throw error;
    const { namespace, name } = mutexRef(mutex);
    const what = `Mutex ${describeMutex(mutex)} was left by an operation that is over`;
    throw new LifecycleError('refused', `${what}, and its ${describeRef(ref)} in namespace ${ref.namespace} may still run: ${messageOf(error)}`, {
      remedy: `Make sure that it has ended, then delete Lease ${namespace}/${name}.`,
      cause: error,
    });
  }
}

/** Takes the mutex of a hook, and waits for it as long as for a hook. */
async function* take(context: HookContext, step: HookStep, mutex: Mutex): Operation<Held> {
  const { cluster, observer, plan: { operation, release, namespace, revision, settings }, host } = context;
  const hook = identify(step);
  const name = describeMutex(mutex);
  const ref: Running = await locate(context, step.hook.ref);
  const patience = step.hook.timeoutSeconds ?? settings.timeoutSeconds;
  const terms = {
    ref: mutexRef(mutex),
    identity: crypto.randomUUID(),
    annotations: { ...holderAnnotations({ host, operation }, revision), [RELEASE]: `${namespace}/${release}`, [OBJECT]: toJson(ref) },
    inherits: [OBJECT],
    held: (lease: KubeObject) => new HookFailedError(
      hook,
      {
        kind: 'timed-out',
        afterSeconds: patience,
        waiting: `mutex ${name} is held by ${describeMutexHolder(lease)}`,
        remedy: 'Wait until that hook has ended, or allow more time with --timeout.',
      },
      patience * 1000,
      { created: false, lastLines: [], attempt: 1 },
    ),
    lost: () => new LifecycleError('locked', `Mutex ${name} was lost: another hook has taken it over`, {
      remedy: 'Look at what that hook does before you run this one again.',
    }),
  };
  const lease = yield* telling((tell) => observer.interruption.during((interrupt) => LeaseLock.acquire(cluster, terms, {
    patience,
    interrupt,
    tell: (held) => tell({ kind: 'hook-waiting', ...hook, reason: `mutex ${name} is held by ${describeMutexHolder(held)}` }),
  })));
  try {
    if (lease.inherited) {
      yield { kind: 'hook-waiting', ...hook, reason: `what the last holder of mutex ${name} has left is being stopped` };
      await stopPredecessor(context, lease, mutex);
      await lease.annotate({ [OBJECT]: toJson(ref) });
    }
  } catch (error) {
    await lease.handOver(); // what it names still has to be looked after
    throw error;
  }
  const create = async (object: KubeObject): Promise<KubeObject> => {
    await lease.check();
    const made = await cluster.create(object);
    await lease.annotate({ [OBJECT]: toJson({ ...ref, uid: made.metadata.uid }) });
    return made;
  };
  return { lease, cluster: { ...guarded(cluster, () => undefined), create } };
}

/** Gives a mutex back when nothing of the hook runs any more; else the next holder has to look after that. */
async function giveBack(context: HookContext, { hook }: HookStep, { lease }: Held): Promise<void> {
  try {
    await untilOver(context, hook.ref);
  } catch (error) {
    await lease.handOver();
    if (error instanceof LifecycleError) return; // how the hook ended counts
    throw error;
  }
  await lease.release();
}

/** Does the work of a hook; of one that has a mutex only while no other hook holds it, in any release or namespace. */
export async function* underMutex(context: HookContext, step: HookStep, work: (context: HookContext) => Operation): Operation {
  const { mutex } = step.hook;
  if (!mutex) return yield* work(context);
  let held: Held;
  try {
    held = yield* take(context, step, mutex);
  } catch (error) {
    if (error instanceof HookFailedError) yield { kind: 'hook-finished', ...identify(step), verdict: error.verdict, milliseconds: error.milliseconds };
    throw error;
  }
  try {
    yield* work({ ...context, cluster: held.cluster });
  } catch (error) {
    // After an interruption, or where the server does not answer, nobody knows when its Pods are gone.
    if (!(error instanceof HookFailedError)) await held.lease.handOver();
    else if (error.created) await giveBack(context, step, held);
    else await held.lease.release();
    throw error;
  }
  await giveBack(context, step, held);
}
