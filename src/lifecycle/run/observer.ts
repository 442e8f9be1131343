import { Cluster, Query } from '../../cluster';
import { InterruptedError, TimeoutError } from './errors';
import { Mirror } from './mirror';

/** What is waited for, and how long. */
export interface Wait {
  /** `Job/migrate to be deleted`, told when the time is over. */
  readonly what: () => string;
  readonly seconds: number;
}

function keyOf({ apiVersion, kind, namespace = '', labels = {}, fields = {} }: Query): string {
  return [apiVersion, kind, namespace, JSON.stringify([labels, fields])].join('|');
}

/** Watches a cluster for the length of one operation: one watch a kind and namespace, however many wait for it. */
export class Observer {
  readonly #cluster: Cluster;
  readonly #interrupt: AbortSignal;
  /** What ends each watch: Node warns of a leak where more than ten listen to one signal. */
  readonly #ends: AbortController[] = [];
  /** Who waits, and is told when the operation is to stop: for the same reason only this listens. */
  readonly #waiting = new Set<() => void>();
  readonly #mirrors = new Map<string, Promise<Mirror>>();
  readonly #glimpses = new Map<string, Mirror>();

  constructor(cluster: Cluster, interrupt: AbortSignal) {
    this.#cluster = cluster;
    this.#interrupt = interrupt;
    interrupt.addEventListener('abort', this.#stop);
  }

  readonly #stop = (): void => {
    for (const interrupt of [...this.#waiting]) interrupt();
  };

  /** The objects of a kind, kept up to date. */
  mirror({ apiVersion, kind, namespace, labels }: Query): Promise<Mirror> {
    const query = { apiVersion, kind, namespace, labels };
    const key = keyOf(query);
    const mirror = this.#mirrors.get(key) ?? Mirror.open(this.#cluster, query, this.#newEnd());
    this.#mirrors.set(key, mirror);
    return mirror;
  }

  /** The same of what only adds to the picture: it is there at once, fills when the cluster answers, and fails nobody who looks at it. */
  glimpse(query: Query, failed: (error: unknown) => void): Mirror {
    const key = keyOf(query);
    const glimpse = this.#glimpses.get(key) ?? Mirror.glimpse(this.#cluster, query, this.#newEnd(), failed);
    this.#glimpses.set(key, glimpse);
    return glimpse;
  }

  /** Looks at once and after every change, until there is something to see. */
  async until<T>(mirrors: readonly Mirror[], look: () => T | undefined, { what, seconds }: Wait): Promise<T> {
    const over = new AbortController();
    const stops: (() => void)[] = [];
    try {
      return await new Promise<T>((resolve, reject) => {
        const attempt = () => {
          try {
            for (const mirror of mirrors) mirror.check();
            const seen = look();
            if (seen !== undefined) resolve(seen);
          } catch (thrown) {
            reject(thrown);
          }
        };
        const interrupt = () => reject(new InterruptedError());
        if (this.#interrupt.aborted) return interrupt();
        this.#waiting.add(interrupt);
        stops.push(() => this.#waiting.delete(interrupt), ...mirrors.map((mirror) => mirror.listen(attempt)));
        attempt();
        void this.#cluster.clock.sleep(seconds * 1000, over.signal).then(() => reject(new TimeoutError(seconds, what())));
      });
    } finally {
      over.abort();
      for (const stop of stops) stop();
    }
  }

  /**
   * Waits for a while.
   *
   * @throws InterruptedError when the operation is to stop
   */
  async pause(milliseconds: number): Promise<void> {
    const over = new AbortController();
    const interrupt = () => over.abort();
    this.#waiting.add(interrupt);
    if (!this.#interrupt.aborted) await this.#cluster.clock.sleep(milliseconds, over.signal);
    this.#waiting.delete(interrupt);
    if (this.#interrupt.aborted) throw new InterruptedError();
  }

  /** Ends every watch. */
  close(): void {
    this.#interrupt.removeEventListener('abort', this.#stop);
    for (const end of this.#ends) end.abort();
  }

  #newEnd(): AbortSignal {
    const end = new AbortController();
    this.#ends.push(end);
    return end.signal;
  }
}
