import { Cluster, Query } from '../../cluster';
import { KubeObject } from '../../vocabulary';

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** The objects of one watch as they are now; those who wait are called at every change. */
export class Mirror {
  readonly #objects = new Map<string, KubeObject>();
  readonly #gone = new Set<string>();
  readonly #listeners = new Set<(error?: unknown) => void>();

  /** Starts the watch; resolves when the mirror shows what is there. */
  static async open(cluster: Cluster, query: Query, signal: AbortSignal): Promise<Mirror> {
    const mirror = new Mirror();
    await new Promise<void>((resolve, reject) => void mirror.#follow(cluster, query, signal, resolve).catch((error) => (mirror.#tell(error), reject(error))));
    return mirror;
  }

  /** The object of a name; whether it is the one that is meant, its UID tells. */
  get(name: string, namespace = ''): KubeObject | undefined {
    return this.#objects.get(`${namespace}/${name}`);
  }

  all(): KubeObject[] {
    return [...this.#objects.values()];
  }

  /** Whether the object of this UID was there and is not any more. */
  isGone(uid: string): boolean {
    return this.#gone.has(uid);
  }

  /** Shows an object that was just created, before the watch tells of it. */
  learn(object: KubeObject): void {
    const key = keyOf(object);
    if (this.#gone.has(object.metadata.uid!) || this.#objects.get(key)?.metadata.uid === object.metadata.uid) return;
    this.#objects.set(key, object);
  }

  /** Is called at every change, and with the error if the watch fails; the result ends it. */
  listen(listener: (error?: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async #follow(cluster: Cluster, query: Query, signal: AbortSignal, synced: () => void): Promise<void> {
    for await (const event of cluster.watch(query, signal)) {
      if (event.kind === 'synced') {
        synced();
        continue;
      }
      const { object } = event;
      const before = this.#objects.get(keyOf(object));
      if (before && before.metadata.uid !== object.metadata.uid) this.#gone.add(before.metadata.uid!);
      if (event.kind === 'deleted') {
        this.#gone.add(object.metadata.uid!);
        this.#objects.delete(keyOf(object));
      } else {
        this.#objects.set(keyOf(object), object);
      }
      this.#tell();
    }
    synced();
  }

  #tell(error?: unknown): void {
    for (const listener of [...this.#listeners]) listener(error);
  }
}
