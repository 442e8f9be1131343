import { KubeObject, ObjectRef, refOf, toJson } from '../../vocabulary';
import { Channel } from '../channel';
import { Query, WatchEvent } from '../cluster';

type Change = 'added' | 'modified' | 'deleted';
type Listener = (change: Change, object: KubeObject) => void;

function keyOf({ apiVersion, kind, name, namespace = '' }: ObjectRef): string {
  return [apiVersion, kind, namespace, name].join('|');
}

function fieldOf(object: KubeObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], object);
}

function matches(object: KubeObject, query: Query): boolean {
  const { apiVersion, kind, metadata } = object;
  if (apiVersion !== query.apiVersion || kind !== query.kind) return false;
  if (query.namespace !== undefined && metadata.namespace !== query.namespace) return false;
  if (!Object.entries(query.fields ?? {}).every(([path, value]) => fieldOf(object, path) === value)) return false;
  return Object.entries(query.labels ?? {}).every(([key, value]) => metadata.labels?.[key] === value);
}

/** The objects of a simulated cluster, with versions that count up and listeners that hear of every change. */
export class ObjectStore {
  readonly #objects = new Map<string, KubeObject>();
  readonly #listeners = new Set<Listener>();
  /** Changes that not everybody has heard of. */
  readonly #news: [Change, KubeObject][] = [];
  #version = 0;
  #uid = 0;

  get(ref: ObjectRef): KubeObject | undefined {
    return structuredClone(this.#objects.get(keyOf(ref)));
  }

  list(query: Query): KubeObject[] {
    return [...this.#objects.values()].filter((object) => matches(object, query)).map((object) => structuredClone(object));
  }

  /** Every object of whatever kind, as it is stored: not for those outside of the cluster. */
  all(): KubeObject[] {
    return [...this.#objects.values()];
  }

  /** Adds an object that was not there, with the metadata a server gives it. */
  add(object: KubeObject, now: Date): KubeObject {
    this.#uid += 1;
    const uid = `00000000-0000-4000-8000-${String(this.#uid).padStart(12, '0')}`;
    return this.#store('added', { ...object, metadata: { ...object.metadata, uid, creationTimestamp: now.toISOString(), generation: 1 } });
  }

  /** Puts a new state of an object that is there. A change of its spec makes a new generation. */
  put(object: KubeObject): KubeObject {
    const before = this.#objects.get(keyOf(refOf(object)))!;
    const generation = Number(before.metadata.generation) + (toJson(before.spec) === toJson(object.spec) ? 0 : 1);
    const { uid, creationTimestamp } = before.metadata;
    return this.#store('modified', { ...object, metadata: { ...object.metadata, uid, creationTimestamp, generation } });
  }

  remove(ref: ObjectRef): void {
    const object = this.#objects.get(keyOf(ref));
    if (!object || !this.#objects.delete(keyOf(ref))) return;
    this.#version += 1;
    this.#tell('deleted', { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } });
  }

  /** Hears of every change from now on, with the object as it is stored; the result stops it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  watch(query: Query, signal: AbortSignal): AsyncIterable<WatchEvent> {
    const channel = new Channel<WatchEvent>();
    if (signal.aborted) {
      channel.close();
      return channel;
    }
    channel.push({ kind: 'listed', objects: this.list(query), resourceVersion: String(this.#version) });
    const stop = this.listen((kind, object) => matches(object, query) && channel.push({ kind, object: structuredClone(object) }));
    signal.addEventListener('abort', () => (stop(), channel.close()), { once: true });
    return channel;
  }

  #store(change: Change, object: KubeObject): KubeObject {
    this.#version += 1;
    const stored = structuredClone({ ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } });
    this.#objects.set(keyOf(refOf(stored)), stored);
    this.#tell(change, stored);
    return structuredClone(stored);
  }

  /** All hear of the changes in their order: of one that a listener makes only when everybody knows of the one before. */
  #tell(change: Change, object: KubeObject): void {
    this.#news.push([change, object]);
    if (this.#news.length > 1) return; // the call that tells the first of them goes on with this one
    for (let next = this.#news[0]; next; this.#news.shift(), next = this.#news[0]) {
      for (const listener of [...this.#listeners]) listener(...next);
    }
  }
}
