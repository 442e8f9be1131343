import { Cluster, Interruption, Query } from '../../cluster';
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
  /** What ends every wait: the operation is to stop. */
  readonly interruption: Interruption;
  readonly #cluster: Cluster;
  /** What ends each watch: Node warns of a leak where more than ten listen to one signal. */
  readonly #ends: AbortController[] = [];
  readonly #mirrors = new Map<string, Promise<Mirror>>();
  readonly #glimpses = new Map<string, Mirror>();

  constructor(cluster: Cluster, interrupt: AbortSignal) {
    this.interruption = new Interruption(interrupt);
    this.#cluster = cluster;
  }

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
      return await this.interruption.during((interrupt) => new Promise<T>((resolve, reject) => {
        const attempt = () => {
          try {
            for (const mirror of mirrors) mirror.check();
            const seen = look();
            if (seen !== undefined) resolve(seen);
          } catch (thrown) {
            reject(thrown);
          }
        };
        if (interrupt.aborted) return reject(new InterruptedError());
        interrupt.addEventListener('abort', () => reject(new InterruptedError()));
        stops.push(...mirrors.map((mirror) => mirror.listen(attempt)));
        attempt();
        void this.#cluster.clock.sleep(seconds * 1000, over.signal).then(() => reject(new TimeoutError(seconds, what())));
      }));
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
    await this.interruption.during((interrupt) => this.#cluster.clock.sleep(milliseconds, interrupt));
    if (this.interruption.aborted) throw new InterruptedError();
  }

  /** Ends every watch. */
  close(): void {
    for (const end of this.#ends) end.abort();
  }

  #newEnd(): AbortSignal {
    const end = new AbortController();
    this.#ends.push(end);
    return end.signal;
  }
}
