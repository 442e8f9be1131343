import { Cluster, Query } from '../../cluster';
import { KubeObject } from '../../vocabulary';

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function isOlder(a: KubeObject, b: KubeObject): boolean {
  return Number(a.metadata.resourceVersion) < Number(b.metadata.resourceVersion);
}

/** The objects of one watch as they are now; those who wait are called at every change. */
export class Mirror {
  /** Starts the watch; resolves when the mirror shows what is there. */
  static async open(cluster: Cluster, query: Query, signal: AbortSignal): Promise<Mirror> {
    const mirror = new Mirror();
    await new Promise<void>((resolve) => {
      mirror.#listeners.add(resolve);
      void mirror.#follow(cluster, query, signal);
    });
    mirror.#listeners.clear();
    mirror.check();
    return mirror;
  }

  /** Starts a watch that may fail: whoever looks then sees what was there last, and nobody's wait ends by it. */
  static glimpse(cluster: Cluster, query: Query, signal: AbortSignal, failed: (error: unknown) => void): Mirror {
    const mirror = new Mirror();
    void mirror.#follow(cluster, query, signal, failed);
    return mirror;
  }

  readonly #objects = new Map<string, KubeObject>();
  /** The last state of objects that are no more, by UID. */
  readonly #gone = new Map<string, KubeObject>();
  readonly #listeners = new Set<() => void>();
  #failure?: unknown;

  /** The object of a name; whether it is the one that is meant, its UID tells. */
  get(name: string, namespace = ''): KubeObject | undefined {
    return this.#objects.get(`${namespace}/${name}`);
  }

  all(): KubeObject[] {
    return [...this.#objects.values()];
  }

  /** The last state of the object of this UID, once it is no more. */
  gone(uid: string): KubeObject | undefined {
    return this.#gone.get(uid);
  }

  /** Shows an object that was just created, before the watch tells of it. */
  learn(object: KubeObject): void {
    const { uid, name, namespace } = object.metadata;
    if (this.#gone.has(uid!) || this.get(name!, namespace)?.metadata.uid === uid) return;
    this.#set(object);
  }

  /** Is called at every change; the result ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @throws the error that ended the watch */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #follow(cluster: Cluster, query: Query, signal: AbortSignal, failed = (error: unknown): void => void (this.#failure = error)): Promise<void> {
    try {
      for await (const event of cluster.watch(query, signal)) {
        if (event.kind === 'listed') this.#list(event.objects, event.resourceVersion);
        else if (event.kind === 'deleted') this.#remove(event.object);
        else this.#set(event.object);
        this.#tell();
      }
    } catch (error) {
      failed(error);
    }
    this.#tell();
  }

  #set(object: KubeObject): void {
    const before = this.#objects.get(keyOf(object));
    if (before && before.metadata.uid !== object.metadata.uid) {
      if (isOlder(object, before)) return; // late news of the one that had the name before
      this.#gone.set(before.metadata.uid!, before);
    }
    this.#objects.set(keyOf(object), object);
  }

  #remove(object: KubeObject): void {
    this.#gone.set(object.metadata.uid!, object);
    if (this.#objects.get(keyOf(object))?.metadata.uid === object.metadata.uid) this.#objects.delete(keyOf(object));
  }

  /** What is not in the list is gone, unless it was made after the list. */
  #list(objects: readonly KubeObject[], resourceVersion: string): void {
    const listed = new Set(objects.map(keyOf));
    for (const known of this.all()) {
      if (!listed.has(keyOf(known)) && Number(known.metadata.resourceVersion) <= Number(resourceVersion)) this.#remove(known);
    }
    for (const object of objects) this.#set(object);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
