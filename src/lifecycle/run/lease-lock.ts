import { Cluster, isClusterError } from '../../cluster';
import { KubeObject, LifecycleError, ObjectRef } from '../../vocabulary';
import { InterruptedError } from './errors';

/** How long a lock holds without being renewed, in seconds. */
export const LOCK_SECONDS = 15;

/** How often it is renewed, in seconds. */
const RENEWAL = 5;

/** Before a lock that was just given back is tried again, in milliseconds. */
const PAUSE = 50;

/** A lock as a Lease, and what its owner makes of it. */
export interface LeaseTerms {
  readonly ref: ObjectRef;
  /** Unique for every holder. */
  readonly identity: string;
  /** What others are told. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Which annotations of a holder that died stay in the Lease when it is taken over; none of any other. */
  readonly inherits?: readonly string[];
  /** Says that it is held for longer than anybody waits. */
  readonly held: (lease: KubeObject) => LifecycleError;
  /** Says that another has taken over. */
  readonly lost: () => LifecycleError;
}

/** How a lock that is held is waited for. */
export interface LeaseWaiting {
  /** How long, in seconds. */
  readonly patience: number;
  readonly interrupt: AbortSignal;
  /** Is told of each holder once. */
  readonly tell: (lease: KubeObject) => void;
}

interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly renewTime?: string;
}

/** Kubernetes' MicroTime: RFC 3339 with six digits behind the second. */
function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

/**
 * A lock that is a Lease: taken before anything is done under it, renewed meanwhile and deleted at the end.
 *
 * Clocks of different machines are never compared: a lock is held as long as its renewTime moves while we watch it, and expired when it has not moved for
 * its whole duration by our own clock. One that names no holder was handed over, and can be taken at once.
 */
export class LeaseLock {
  /**
   * Takes the lock.
   *
   * @throws the error of its terms when it is held for longer
   */
  static async acquire(cluster: Cluster, terms: LeaseTerms, waiting: LeaseWaiting): Promise<LeaseLock> {
    const lock = new LeaseLock(cluster, terms);
    lock.#lease = await lock.#take(waiting);
    lock.#renewing = lock.#renew();
    return lock;
  }

  readonly #cluster: Cluster;
  readonly #terms: LeaseTerms;
  readonly #end = new AbortController();
  #annotations: Readonly<Record<string, string>>;
  #lease!: KubeObject;
  #renewed = 0;
  #renewing?: Promise<void>;
  #writing: Promise<void> = Promise.resolve();
  #lost = false;
  #abandoned = false;
  /** Why it could not be renewed last. */
  #failure?: LifecycleError;
  #inherited?: KubeObject;

  private constructor(cluster: Cluster, terms: LeaseTerms) {
    this.#cluster = cluster;
    this.#terms = terms;
    this.#annotations = terms.annotations;
  }

  /** The lease as its last holder left it, if it was taken over from one that died or has handed it over. */
  get inherited(): KubeObject | undefined {
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
    throw this.#terms.lost();
  }

  #isExpired(): boolean {
    return this.#cluster.clock.now().getTime() - this.#renewed >= LOCK_SECONDS * 1000;
  }

  /** Says more, for whoever finds the lock. */
  async annotate(annotations: Readonly<Record<string, string>>): Promise<void> {
    this.#annotations = { ...this.#annotations, ...annotations };
    await this.#write();
  }

  /** Lets the lock expire instead of being given back: what it names is not in order. */
  abandon(): void {
    this.#abandoned = true;
  }

  /** Leaves the lock to whoever wants it next, with what it says: they have to look after it first. */
  async handOver(): Promise<void> {
    this.#end.abort();
    await this.#renewing;
    this.#abandoned = true;
    if (this.#lost) return;
    try {
      const lease = await this.#find();
      if (lease) await this.#cluster.replace({ ...lease, spec: { ...(lease.spec as object), holderIdentity: '' } });
    } catch (error) {
      if (!(error instanceof LifecycleError)) throw error; // it expires by itself
    }
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    this.#end.abort();
    await this.#renewing;
    if (this.#lost || this.#abandoned) return;
    try {
      // One who was asleep for long may not know yet that another has taken over.
      if (await this.#find()) await this.#cluster.delete(this.#terms.ref, { propagation: 'background', uid: this.#lease.metadata.uid });
    } catch (error) {
      if (!(error instanceof LifecycleError)) throw error; // it expires by itself
    }
  }

  #manifest(): KubeObject {
    const { identity, ref: { name, namespace } } = this.#terms;
    const now = microTime(this.#cluster.clock.now());
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace, annotations: this.#annotations },
      spec: { holderIdentity: identity, leaseDurationSeconds: LOCK_SECONDS, acquireTime: now, renewTime: now },
    };
  }

  async #take({ patience, interrupt, tell }: LeaseWaiting): Promise<KubeObject> {
    const { clock } = this.#cluster;
    const begun = clock.now().getTime();
    let seen: { readonly renewTime?: string; readonly at: number; readonly uid?: string } | undefined;
    let told: string | undefined;
    for (;;) {
      this.#renewed = clock.now().getTime();
      try {
        return await this.#cluster.create(this.#manifest());
      } catch (error) {
        if (!isClusterError(error, 'already-exists')) throw error;
      }
      const lease = await this.#cluster.get(this.#terms.ref);
      if (lease && this.#isOurs(lease)) return lease; // it was created although the answer was lost
      if (interrupt.aborted) throw new InterruptedError();
      if (!lease) {
        await clock.sleep(PAUSE, interrupt); // it was given back in between
        continue;
      }
      const { renewTime, holderIdentity } = lease.spec as LeaseSpec;
      if (holderIdentity === '') {
        const taken = await this.#takeOver(lease);
        if (taken) return taken;
        continue;
      }
      if (told !== holderIdentity) tell(lease);
      told = holderIdentity;
      const now = clock.now().getTime();
      if (!seen || seen.renewTime !== renewTime || seen.uid !== lease.metadata.uid) {
        // It moved since we looked last, so its holder lives.
        if (seen && now - begun >= patience * 1000) throw this.#terms.held(lease);
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
    const { apiVersion, kind, namespace, name } = this.#terms.ref;
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
    const inherited = Object.entries(lease.metadata.annotations ?? {}).filter(([key]) => this.#terms.inherits?.includes(key));
    this.#inherited = lease;
    this.#annotations = { ...this.#terms.annotations, ...Object.fromEntries(inherited) };
    this.#renewed = this.#cluster.clock.now().getTime();
    const manifest = this.#manifest();
    try {
      return await this.#cluster.replace({ ...manifest, metadata: { ...manifest.metadata, resourceVersion: lease.metadata.resourceVersion } });
    } catch (error) {
      if (!isClusterError(error, 'conflict', 'not-found')) throw error;
      this.#inherited = undefined;
      this.#annotations = this.#terms.annotations;
      return undefined;
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
      if (!(error instanceof LifecycleError)) throw error;
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
    const lease = await this.#cluster.get(this.#terms.ref);
    return lease && this.#isOurs(lease) ? lease : undefined;
  }

  #isOurs({ spec }: KubeObject): boolean {
    return (spec as LeaseSpec | undefined)?.holderIdentity === this.#terms.identity;
  }
}
