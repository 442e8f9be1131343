import { KubeObject, refOf } from '../../vocabulary';
import { Propagation } from '../cluster';
import { ObjectStore } from './object-store';
import { PodLogs } from './pod-logs';
import { VirtualClock } from './virtual-clock';

/** From the deletion of a running Pod to its end; a container that obeys SIGTERM takes about as long. */
const POD_TERMINATES = 500;

interface Owner {
  readonly uid: string;
}

/** Deletes objects as the API server and the garbage collector do: finalizers hold, dependents go in the background, before their owner, or not at all. */
export class Deletions {
  readonly #store: ObjectStore;
  readonly #clock: VirtualClock;
  readonly #logs: PodLogs;

  constructor(store: ObjectStore, clock: VirtualClock, logs: PodLogs) {
    this.#store = store;
    this.#clock = clock;
    this.#logs = logs;
    store.listen((change, object) => change !== 'added' && this.#settle(object));
  }

  start(object: KubeObject, propagation: Propagation): void {
    if (object.metadata.deletionTimestamp) return;
    const dependents = this.#dependents(object);
    const waits = propagation === 'foreground' && dependents.length > 0;
    const finalizers = [...((object.metadata.finalizers as string[] | undefined) ?? []), ...(waits ? ['foregroundDeletion'] : [])];
    if (propagation === 'orphan') for (const each of dependents) this.#store.put({ ...each, metadata: { ...each.metadata, ownerReferences: undefined } });
    const running = object.kind === 'Pod' && (object.status as { phase?: string } | undefined)?.phase === 'Running';
    if (finalizers.length > 0 || running) {
      this.#store.put({ ...object, metadata: { ...object.metadata, finalizers, deletionTimestamp: this.#clock.now().toISOString() } });
      if (running) this.#clock.after(POD_TERMINATES, () => this.#end(object));
    } else {
      this.#store.remove(refOf(object));
    }
    if (propagation !== 'orphan') for (const each of dependents) this.start(this.#store.get(refOf(each)) ?? each, 'background');
    if (object.kind === 'Namespace') for (const each of this.#store.all()) if (each.metadata.namespace === object.metadata.name) this.start(each, 'background');
  }

  #end(pod: KubeObject): void {
    this.#logs.close(refOf(pod));
    if (this.#store.get(refOf(pod))?.metadata.uid === pod.metadata.uid) this.#store.remove(refOf(pod));
  }

  #dependents(owner: KubeObject): KubeObject[] {
    const owns = ({ uid }: Owner) => uid === owner.metadata.uid;
    return this.#store.all().filter(({ metadata }) => (metadata.ownerReferences as Owner[] | undefined)?.some(owns));
  }

  /** An object in deletion goes when nothing holds it any more; an owner that waited for its last dependent, too. */
  #settle(object: KubeObject): void {
    const owners = (object.metadata.ownerReferences as Owner[] | undefined) ?? [];
    for (const candidate of owners.length > 0 ? this.#store.all() : []) {
      const finalizers = candidate.metadata.finalizers as string[] | undefined;
      const owns = owners.some(({ uid }) => uid === candidate.metadata.uid);
      if (owns && finalizers?.includes('foregroundDeletion') && this.#dependents(candidate).length === 0) {
        this.#store.put({ ...candidate, metadata: { ...candidate.metadata, finalizers: finalizers.filter((name) => name !== 'foregroundDeletion') } });
      }
    }
    const live = this.#store.get(refOf(object));
    const held = ((live?.metadata.finalizers as string[] | undefined) ?? []).length > 0;
    if (live?.metadata.uid === object.metadata.uid && live?.metadata.deletionTimestamp && !held && live!.kind !== 'Pod') this.#store.remove(refOf(object));
  }
}
