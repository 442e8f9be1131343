import { Cluster } from '../../cluster';
import { KubeObject, LifecycleError, OURS, ObjectRef } from '../../vocabulary';
import { OperationName } from '../plan';
import { LeaseLock } from './lease-lock';
import { LockedError } from './lock-errors';

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

const HOST = `${OURS}host`;
const OPERATION = `${OURS}operation`;
const REVISION = `${OURS}revision`;

/** The Lease that is the lock of a release. */
export function lockRef({ release, namespace }: LockScope): ObjectRef {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: `cdk8s-lifecycle.${release}`, namespace };
}

/** The revision that the holder of a lease works on, once it is known. */
export function lockedRevision({ metadata }: KubeObject): number | undefined {
  const revision = metadata.annotations?.[REVISION];
  return revision === undefined ? undefined : Number(revision);
}

/** What a lease says of an operation. */
export function holderAnnotations({ host, operation }: Omit<LockHolder, 'identity'>, revision?: number): Record<string, string> {
  return { [HOST]: host, [OPERATION]: operation, ...(revision === undefined ? {} : { [REVISION]: String(revision) }) };
}

/** What a lease says about who holds it. */
export function describeHolder({ spec, metadata }: KubeObject): string {
  const { holderIdentity = 'somebody' } = (spec ?? {}) as { readonly holderIdentity?: string };
  const { [HOST]: host, [OPERATION]: operation, [REVISION]: revision } = metadata.annotations ?? {};
  return [operation && `${operation}${revision ? ` of revision ${revision}` : ''}`, host && `on ${host}`, `(${holderIdentity})`].filter(Boolean).join(' ');
}

/** The lock of a release: taken before anything is written, and given back at the end of the operation. */
export class ReleaseLock {
  /**
   * Takes the lock.
   *
   * @throws LockedError when it is held for longer
   */
  static async acquire(cluster: Cluster, scope: LockScope, holder: LockHolder, { tell, ...waiting }: LockWaiting): Promise<ReleaseLock> {
    const { release } = scope;
    const terms = {
      ref: lockRef(scope),
      identity: holder.identity,
      annotations: holderAnnotations(holder),
      held: (lease: KubeObject) => new LockedError(release, describeHolder(lease)),
      lost: () => new LifecycleError('locked', `The lock of release "${release}" was lost: another operation has taken over`, {
        remedy: 'Look at the release before you run this one again.',
      }),
    };
    return new ReleaseLock(await LeaseLock.acquire(cluster, terms, { ...waiting, tell: (lease) => tell(describeHolder(lease)) }));
  }

  readonly #lease: LeaseLock;

  private constructor(lease: LeaseLock) {
    this.#lease = lease;
  }

  /** The revision that the last holder was working on, if the lock was taken over from one that died. */
  get inherited(): number | undefined {
    return this.#lease.inherited && lockedRevision(this.#lease.inherited);
  }

  /**
   * Makes sure that the lock is ours. One that could not be renewed for its whole duration is renewed first: only if nobody has taken over can it be.
   *
   * @throws an error when the lock is, or may be, no longer ours: then nothing more may be written
   */
  check(): Promise<void> {
    return this.#lease.check();
  }

  /** Says which revision is being written, for whoever finds the lock. */
  setRevision(revision: number): Promise<void> {
    return this.#lease.annotate({ [REVISION]: String(revision) });
  }

  /** Lets the lock expire instead of being given back: the revision that it names is not in order. */
  abandon(): void {
    this.#lease.abandon();
  }

  /** Gives the lock back. */
  release(): Promise<void> {
    return this.#lease.release();
  }
}
