import { Cluster } from '../../cluster';
import { KubeObject } from '../../vocabulary';
import { startedContainers } from './pod-diagnosis';

/** A line of a hook's log. */
export interface LogLine {
  readonly pod: string;
  readonly container: string;
  readonly line: string;
}

/** Lines that are kept for the error message. */
const TAIL = 20;

/** Longest wait for the rest of a log once the hook has its verdict, in milliseconds. */
const DRAIN = 5000;

/** The same for a hook that is given up: it has to be stopped, and a signal leaves only seconds. */
const ON_ITS_WAY = 250;

/** Follows the logs of a hook's Pods, each container once, from its first line. */
export class HookLogs {
  readonly #cluster: Cluster;
  readonly #tell: (line: LogLine) => void;
  readonly #warn: (message: string) => void;
  readonly #following = new Map<string, Promise<void>>();
  readonly #end = new AbortController();
  readonly #tail: string[] = [];

  constructor(cluster: Cluster, tell: (line: LogLine) => void, warn: (message: string) => void) {
    this.#cluster = cluster;
    this.#tell = tell;
    this.#warn = warn;
  }

  /** The last lines of all containers, in the order in which they came. */
  get tail(): readonly string[] {
    return this.#tail;
  }

  /** Starts to follow the containers that have started since the last call. */
  follow(pods: readonly KubeObject[]): void {
    for (const pod of pods) {
      for (const container of startedContainers(pod)) {
        const key = `${pod.metadata.uid}/${container}`;
        if (!this.#following.has(key)) this.#following.set(key, this.#read(pod, container));
      }
    }
  }

  /**
   * Waits for the ends of the logs, but not for ever: a Pod's node may be gone.
   *
   * @param stillRuns the hook is given up while it runs, so that only what is on its way is waited for
   */
  async drain(stillRuns = false): Promise<void> {
    const over = new AbortController();
    const late = this.#cluster.clock.sleep(stillRuns ? ON_ITS_WAY : DRAIN, over.signal);
    await Promise.race([Promise.all(this.#following.values()), late]);
    over.abort();
    this.#end.abort();
  }

  async #read({ metadata }: KubeObject, container: string): Promise<void> {
    const pod = metadata.name!;
    try {
      for await (const line of this.#cluster.logs({ namespace: metadata.namespace!, pod, container, follow: true }, this.#end.signal)) {
        this.#tail.push(line);
        if (this.#tail.length > TAIL) this.#tail.shift();
        this.#tell({ pod, container, line });
      }
    } catch (error) {
      this.#warn(`The log of ${pod} (${container}) cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
