import { Cluster, retrying } from '../../cluster';
import { OperationName } from '../plan';
import { RunOptions } from './frame';
import { guarded } from './guard';
import { LockScope, ReleaseLock } from './lock';
import { Operation, telling } from './run-context';

/** What can be chosen about how an operation is done. */
export interface PerformOptions extends RunOptions {
  /**
   * How long to wait for a release that another operation holds, in seconds.
   *
   * @default 0
   */
  readonly lockTimeoutSeconds?: number;
}

/** The hold of one operation on a release: its lock, and the cluster as it may be used meanwhile. */
export class Holding {
  /** The cluster, for the operation: it bears with a server that does not answer, and refuses to write once the lock is lost. */
  readonly cluster: Cluster;
  readonly #acquire: () => Operation<ReleaseLock>;
  #lock?: ReleaseLock;

  constructor(cluster: Cluster, scope: LockScope, operation: OperationName, options: PerformOptions) {
    const { interrupt = new AbortController().signal, lockTimeoutSeconds = 0, host = 'an unnamed host' } = options;
    const { release, namespace } = scope;
    const holder = { identity: crypto.randomUUID(), host, operation };
    const contact = { answered: false };
    // A renewal must be done before the next is due.
    const forLock = retrying(cluster, { contact, interrupt, patience: 4_000 });
    this.cluster = retrying(guarded(cluster, () => this.#lock?.check()), { contact, interrupt });
    this.#acquire = () =>
      telling((tell) => ReleaseLock.acquire(forLock, { release, namespace }, holder, { patience: lockTimeoutSeconds, interrupt, tell: (by) => tell({ kind: 'lock-waiting', by }) }));
  }

  /** The revision that the lock named which was taken over from one that died. */
  get inherited(): number | undefined {
    return this.#lock?.inherited;
  }

  /** Takes the lock, if it is not held yet. */
  async *take(): Operation {
    this.#lock ??= yield* this.#acquire();
  }

  /** Takes the lock, if it is not held yet, and names the revision in it. */
  async *takeFor(revision: number): Operation {
    yield* this.take();
    await this.#lock!.setRevision(revision);
  }

  /** Lets the lock expire instead of being given back: what it names is not in order. */
  abandon(): void {
    this.#lock?.abandon();
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    await this.#lock?.release();
  }
}
