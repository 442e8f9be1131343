import { Cluster, ClusterError, isClusterError } from '../../cluster';
import { KubeObject, LifecycleError, ObjectRef, OURS } from '../../vocabulary';
import { OperationName } from '../plan';
import { InterruptedError } from './errors';
import { LockedError } from './lock-errors';

/** How long a lock holds without being renewed, in seconds. */
export const LOCK_SECONDS = 15;

/** How often it is renewed, in seconds. */
const RENEWAL = 5;

/** Before a lock that was just given back is tried again, in milliseconds. */
const PAUSE = 50;

/** Who holds a lock, and for what. */
export interface LockHolder {
  /** Unique for every run of the tool. */
  readonly identity: string;
  readonly host: string;
  readonly operation: OperationName;
}

/** Where the lock of a release is. */
export interface LockScope {
  readonly release: string;
  readonly namespace: string;
}

/** How a lock that is held is waited for. */
export interface LockWaiting {
  /** How long, in seconds. */
  readonly patience: number;
  readonly interrupt: AbortSignal;
  /** Is told once who holds it. */
  readonly tell: (holder: string) => void;
}

interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly renewTime?: string;
}

const HOST = `${OURS}host`;
const OPERATION = `${OURS}operation`;
const REVISION = `${OURS}revision`;

/** Kubernetes' MicroTime: RFC 3339 with six digits behind the second. */
function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

/** The Lease that is the lock of a release. */
export function lockRef({ release, namespace }: LockScope): ObjectRef {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: `cdk8s-lifecycle.${release}`, namespace };
}

/** The revision that the holder of a lease works on, once it is known. */
export function lockedRevision({ metadata }: KubeObject): number | undefined {
  const revision = metadata.annotations?.[REVISION];
  return revision === undefined ? undefined : Number(revision);
}

/** What a lease says about who holds it. */
export function describeHolder({ spec, metadata }: KubeObject): string {
  const { holderIdentity = 'somebody' } = (spec ?? {}) as LeaseSpec;
  const { [HOST]: host, [OPERATION]: operation, [REVISION]: revision } = metadata.annotations ?? {};
  return [operation && `${operation}${revision ? ` of revision ${revision}` : ''}`, host && `on ${host}`, `(${holderIdentity})`].filter(Boolean).join(' ');
}

/**
 * The lock of a release: one Lease, taken before anything is written, renewed while the operation runs and deleted at its end.
 *
 * Clocks of different machines are never compared: a lock is held as long as its renewTime moves while we watch it, and expired when it has not moved for
 * its whole duration by our own clock.
 */
export class ReleaseLock {
  /**
   * Takes the lock.
   *
   * @throws LockedError when it is held for longer
   */
  static async acquire(cluster: Cluster, scope: LockScope, holder: LockHolder, waiting: LockWaiting): Promise<ReleaseLock> {
    const lock = new ReleaseLock(cluster, scope, holder);
    lock.#lease = await lock.#take(waiting);
    lock.#renewing = lock.#renew();
    return lock;
  }

  readonly #cluster: Cluster;
  readonly #scope: LockScope;
  readonly #holder: LockHolder;
  readonly #end = new AbortController();
  #lease!: KubeObject;
  #renewed = 0;
  #renewing?: Promise<void>;
  #writing: Promise<void> = Promise.resolve();
  #revision?: number;
  #lost = false;
  #abandoned = false;
  /** Why it could not be renewed last. */
  #failure?: ClusterError;
  /** The revision that the last holder was working on, if the lock was taken over from one that died. */
  #inherited?: number;

  private constructor(cluster: Cluster, scope: LockScope, holder: LockHolder) {
    this.#cluster = cluster;
    this.#scope = scope;
    this.#holder = holder;
  }

  get inherited(): number | undefined {
    return this.#inherited;
  }

  /**
   * Makes sure that the lock is ours. One that could not be renewed for its whole duration is renewed first: only if nobody has taken over can it be.
   *
   * @throws an error when the lock is, or may be, no longer ours: then nothing more may be written
   */
  async check(): Promise<void> {
    if (!this.#lost && this.#isExpired()) await this.#write();
    if (!this.#lost && !this.#isExpired()) return;
    if (!this.#lost) throw this.#failure;
    throw new LifecycleError('locked', `The lock of release "${this.#scope.release}" was lost: another operation has taken over`, {
      remedy: 'Look at the release before you run this one again.',
    });
  }

  #isExpired(): boolean {
    return this.#cluster.clock.now().getTime() - this.#renewed >= LOCK_SECONDS * 1000;
  }

  /** Says which revision is being written, for whoever finds the lock. */
  async setRevision(revision: number): Promise<void> {
    this.#revision = revision;
    await this.#write();
  }

  /** Lets the lock expire instead of being given back: the revision that it names is not in order. */
  abandon(): void {
    this.#abandoned = true;
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    this.#end.abort();
    await this.#renewing;
    if (this.#lost || this.#abandoned) return;
    try {
      // One who was asleep for long may not know yet that another has taken over.
      if (await this.#find()) await this.#cluster.delete(lockRef(this.#scope), { propagation: 'background', uid: this.#lease.metadata.uid });
    } catch (error) {
      if (!isClusterError(error)) throw error; // it expires by itself
    }
  }

  #manifest(): KubeObject {
    const { identity, host, operation } = this.#holder;
    const { name, namespace } = lockRef(this.#scope);
    const now = microTime(this.#cluster.clock.now());
    const revision: Record<string, string> = this.#revision === undefined ? {} : { [REVISION]: String(this.#revision) };
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace, annotations: { [HOST]: host, [OPERATION]: operation, ...revision } },
      spec: { holderIdentity: identity, leaseDurationSeconds: LOCK_SECONDS, acquireTime: now, renewTime: now },
    };
  }

  async #take({ patience, interrupt, tell }: LockWaiting): Promise<KubeObject> {
    const { clock } = this.#cluster;
    const begun = clock.now().getTime();
    let seen: { readonly renewTime?: string; readonly at: number; readonly uid?: string } | undefined;
    for (;;) {
      this.#renewed = clock.now().getTime();
      try {
        return await this.#cluster.create(this.#manifest());
      } catch (error) {
        if (!isClusterError(error, 'already-exists')) throw error;
      }
      const lease = await this.#cluster.get(lockRef(this.#scope));
      if (lease && this.#isOurs(lease)) return lease; // it was created although the answer was lost
      if (interrupt.aborted) throw new InterruptedError();
      if (!lease) {
        await clock.sleep(PAUSE, interrupt); // it was given back in between
        continue;
      }
      if (!seen) tell(describeHolder(lease));
      const { renewTime } = lease.spec as LeaseSpec;
      const now = clock.now().getTime();
      if (!seen || seen.renewTime !== renewTime || seen.uid !== lease.metadata.uid) {
        // It moved since we looked last, so its holder lives.
        if (seen && now - begun >= patience * 1000) throw new LockedError(this.#scope.release, describeHolder(lease));
        seen = { renewTime, at: now, uid: lease.metadata.uid };
      } else if (now - seen.at >= LOCK_SECONDS * 1000) {
        const taken = await this.#takeOver(lease);
        if (taken) return taken;
        seen = undefined;
      }
      await this.#changed(LOCK_SECONDS * 1000 - (now - (seen?.at ?? now)), interrupt);
    }
  }

  /** Waits for the next change of the lease, or until so many milliseconds are over. */
  async #changed(milliseconds: number, interrupt: AbortSignal): Promise<void> {
    const over = new AbortController();
    const stop = () => over.abort();
    interrupt.addEventListener('abort', stop);
    const { apiVersion, kind, namespace, name } = lockRef(this.#scope);
    const watching = (async () => {
      // Only a question about one name can be allowed for one name: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
      for await (const event of this.#cluster.watch({ apiVersion, kind, namespace, fields: { 'metadata.name': name } }, over.signal)) {
        if (event.kind !== 'listed') return;
      }
    })();
    try {
      await Promise.race([watching, this.#cluster.clock.sleep(milliseconds, over.signal)]);
    } finally {
      interrupt.removeEventListener('abort', stop);
      over.abort();
      await watching;
    }
  }

  /** Replaces the very lease that was seen; somebody else may have been faster. */
  async #takeOver(lease: KubeObject): Promise<KubeObject | undefined> {
    const revision = lease.metadata.annotations?.[REVISION];
    this.#inherited = revision === undefined ? undefined : Number(revision);
    this.#renewed = this.#cluster.clock.now().getTime();
    const manifest = this.#manifest();
    try {
      return await this.#cluster.replace({ ...manifest, metadata: { ...manifest.metadata, resourceVersion: lease.metadata.resourceVersion } });
    } catch (error) {
      if (isClusterError(error, 'conflict', 'not-found')) return undefined;
      throw error;
    }
  }

  async #renew(): Promise<void> {
    const { clock } = this.#cluster;
    while (!this.#end.signal.aborted && !this.#lost) {
      await clock.sleep(RENEWAL * 1000, this.#end.signal);
      if (!this.#end.signal.aborted) await this.#write();
    }
  }

  /** One write after the other: a renewal must not take a change of the revision for somebody else's. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#put());
    return this.#writing;
  }

  async #put(): Promise<void> {
    try {
      await this.#replace();
    } catch (error) {
      if (!isClusterError(error)) throw error;
      this.#failure = error; // a server that does not answer may answer next time
    }
  }

  /** Writes the lease; one that somebody else changed or deleted is lost. */
  async #replace(): Promise<void> {
    const begun = this.#cluster.clock.now().getTime();
    const manifest = this.#manifest();
    const { resourceVersion, uid } = this.#lease.metadata;
    try {
      this.#lease = await this.#cluster.replace({ ...manifest, metadata: { ...manifest.metadata, resourceVersion, uid } });
      this.#renewed = begun; // others may have seen it as early as that
    } catch (error) {
      if (!isClusterError(error, 'conflict', 'not-found')) throw error;
      const lease = await this.#find();
      this.#lost ||= lease === undefined;
      if (!lease || lease.metadata.resourceVersion === resourceVersion) throw error;
      this.#lease = lease; // an earlier write has arrived although its answer did not
      await this.#replace();
    }
  }

  /** The lease, as long as it names us. */
  async #find(): Promise<KubeObject | undefined> {
    const lease = await this.#cluster.get(lockRef(this.#scope));
    return lease && this.#isOurs(lease) ? lease : undefined;
  }

  #isOurs({ spec }: KubeObject): boolean {
    return (spec as LeaseSpec | undefined)?.holderIdentity === this.#holder.identity;
  }
}
