import { ObjectRef } from '../../vocabulary';
import { Channel } from '../channel';
import { LogQuery } from '../cluster';

interface ContainerLog {
  readonly lines: string[];
  readonly followers: Set<Channel<string>>;
  open: boolean;
}

/** What the containers of a simulated cluster have printed. */
export class PodLogs {
  readonly #logs = new Map<string, ContainerLog>();

  #key(namespace: string | undefined, pod: string, container: string): string {
    return [namespace, pod, container].join('|');
  }

  /** The containers of a Pod start. */
  open({ namespace, name }: ObjectRef, containers: readonly string[]): void {
    for (const container of containers) this.#logs.set(this.#key(namespace, name, container), { lines: [], followers: new Set(), open: true });
  }

  /** A container prints a line. */
  write({ namespace, name }: ObjectRef, container: string, line: string): void {
    const log = this.#logs.get(this.#key(namespace, name, container));
    if (!log?.open) return;
    log.lines.push(line);
    for (const follower of log.followers) follower.push(line);
  }

  /** The containers of a Pod end. */
  close({ namespace, name }: ObjectRef): void {
    const prefix = this.#key(namespace, name, '');
    for (const [key, log] of this.#logs) {
      if (!key.startsWith(prefix)) continue;
      log.open = false;
      for (const follower of log.followers) follower.close();
    }
  }

  /** The lines so far; with `follow` those to come, too. */
  read({ namespace, pod, container, follow, tailLines }: LogQuery, signal: AbortSignal): AsyncIterable<string> {
    const channel = new Channel<string>();
    const log = this.#logs.get(this.#key(namespace, pod, container));
    const lines = log?.lines ?? [];
    for (const line of tailLines === undefined ? lines : lines.slice(Math.max(0, lines.length - tailLines))) channel.push(line);
    if (!log?.open || !follow || signal.aborted) {
      channel.close();
      return channel;
    }
    log.followers.add(channel);
    signal.addEventListener('abort', () => channel.close(), { once: true });
    return channel;
  }
}
