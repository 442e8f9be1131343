import { Cluster } from '../../cluster';
import { LogTail } from '../../release';
import { KubeObject, LogLine, LogSources, messageOf } from '../../vocabulary';
import { restartsOf, startedContainers } from './pod-diagnosis';
import { sourcesOfPods } from './pod-logs';

/** Longest wait for the rest of a log once the hook has its verdict, in milliseconds. */
const DRAIN = 5000;

/** The same for a hook that is given up: it has to be stopped, and a signal leaves only seconds. */
const ON_ITS_WAY = 250;

/** Where the lines of a hook go. */
export interface HookLogsProps {
  /** @param among what tells the lines apart, where more than one container prints */
  readonly tell: (line: LogLine, among?: LogSources) => void;
  readonly warn: (message: string) => void;
  /** Takes out what nobody may see, before a line is told or kept. */
  readonly mask: (text: string) => string;
  /** Keeps the last lines of all containers, in the order in which they come. */
  readonly tail: LogTail;
  /**
   * How many Pods may run at once: then each line says from the first which it is of.
   *
   * @default 1
   */
  readonly podsAtOnce?: number;
}

/** Follows the logs of a hook's Pods, each container from its first line, and once more whenever it was started again. */
export class HookLogs {
  readonly #cluster: Cluster;
  readonly #props: HookLogsProps;
  readonly #pods = new Map<string, KubeObject>();
  readonly #following = new Map<string, Promise<void>>();
  readonly #end = new AbortController();

  constructor(cluster: Cluster, props: HookLogsProps) {
    this.#cluster = cluster;
    this.#props = props;
  }

  /** Starts to follow the containers that have started since the last call. */
  follow(pods: readonly KubeObject[]): void {
    for (const pod of pods) {
      this.#pods.set(pod.metadata.uid!, pod);
      for (const container of startedContainers(pod)) {
        const key = `${pod.metadata.uid}/${container}/${restartsOf(pod, container)}`;
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

  #among(): LogSources | undefined {
    return (this.#props.podsAtOnce ?? 1) > 1 ? 'pods' : sourcesOfPods([...this.#pods.values()]);
  }

  async #read({ metadata }: KubeObject, container: string): Promise<void> {
    const pod = metadata.name!;
    const { tell, warn, mask, tail } = this.#props;
    try {
      for await (const line of this.#cluster.logs({ namespace: metadata.namespace!, pod, container, follow: true }, this.#end.signal)) {
        const masked = { pod, container, line: mask(line) };
        tail.add(masked);
        tell(masked, this.#among());
      }
    } catch (error) {
      warn(`The log of ${pod} (${container}) cannot be read: ${messageOf(error)}`);
    }
  }
}
