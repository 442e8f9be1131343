import { Cluster } from '../../cluster';
import { Journal, JournaledHook, readJournalSecret } from '../../release';
import { KubeObject } from '../../vocabulary';
import { TimeoutError } from '../run/errors';
import { JournalScope, findJournal, journalRef } from '../run/journal-book';
import { LOCK_SECONDS } from '../run/lease-lock';
import { LockScope, lockRef, lockedRevision } from '../run/lock';
import { Mirror } from '../run/mirror';
import { Observer } from '../run/observer';

/** The revision that an operation works on right now; nothing where none does. One that has just begun may not know it yet: that is waited for. */
export async function revisionInWork(observer: Observer, scope: LockScope): Promise<number | undefined> {
  const { name, namespace } = lockRef(scope);
  const leases = await observer.mirror(lockRef(scope));
  const look = () => {
    const lease = leases.get(name, namespace);
    const revision = lease && lockedRevision(lease);
    return lease && revision === undefined ? undefined : { revision };
  };
  try {
    return (await observer.until([leases], look, { what: () => 'the operation', seconds: LOCK_SECONDS })).revision;
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    return undefined; // it died before it knew
  }
}

/** An operation as another process sees it: by its lock, and by the journal of its revision. */
export class RunningOperation {
  /** Starts to watch. */
  static async watch(cluster: Cluster, observer: Observer, scope: JournalScope): Promise<RunningOperation> {
    const leases = await observer.mirror(lockRef(scope));
    const journals = await observer.mirror({ ...journalRef(scope), labels: { owner: 'cdk8s-lifecycle', name: scope.release } });
    return new RunningOperation({ cluster, observer, scope, leases, journals });
  }

  readonly #cluster: Cluster;
  readonly #observer: Observer;
  readonly #scope: JournalScope;
  readonly #leases: Mirror;
  readonly #journals: Mirror;
  /** The journal as it was read last, and from what. */
  #read?: { readonly secret: KubeObject; readonly journal: Journal };

  private constructor(props: { cluster: Cluster; observer: Observer; scope: JournalScope; leases: Mirror; journals: Mirror }) {
    this.#cluster = props.cluster;
    this.#observer = props.observer;
    this.#scope = props.scope;
    this.#leases = props.leases;
    this.#journals = props.journals;
  }

  /** The hooks that it has written down so far; nothing before it has written anything, and when the release is gone. */
  hooks(): readonly JournaledHook[] | undefined {
    const { name, namespace } = journalRef(this.#scope);
    const secret = this.#journals.get(name, namespace);
    if (secret && secret !== this.#read?.secret) this.#read = { secret, journal: readJournalSecret(secret) };
    return secret && this.#read?.journal.hooks;
  }

  /**
   * Waits for something to see, as long as the operation runs.
   *
   * @returns nothing when the operation is over, or has died
   */
  async until<T>(mirrors: readonly Mirror[], look: () => T | undefined): Promise<T | undefined> {
    for (;;) {
      const renewed = this.#lease()?.metadata.resourceVersion;
      const seen = () => look() ?? (this.#lease() ? undefined : this);
      try {
        const found = await this.#observer.until([this.#leases, this.#journals, ...mirrors], seen, { what: () => 'the operation', seconds: LOCK_SECONDS });
        return found === this ? undefined : (found as T);
      } catch (error) {
        // Whoever does not renew its lock for its whole duration has died.
        if (!(error instanceof TimeoutError)) throw error;
        if (this.#lease()?.metadata.resourceVersion === renewed) return undefined;
      }
    }
  }

  /** What the journal says when the operation is over: its watch may be late. */
  async final(): Promise<readonly JournaledHook[]> {
    return (await findJournal(this.#cluster, this.#scope))?.hooks ?? this.#read?.journal.hooks ?? [];
  }

  /** The lock, as long as it is held for this revision. */
  #lease(): KubeObject | undefined {
    const { name, namespace } = lockRef(this.#scope);
    const lease = this.#leases.get(name, namespace);
    return lease && lockedRevision(lease) === this.#scope.revision ? lease : undefined;
  }
}
