import { Cluster } from '../../cluster';
import { ReleaseClaim, claimName, claimSecret, readClaimSecret } from '../../release';
import { KubeObject, ObjectRef } from '../../vocabulary';
import { LockScope } from './lock';

/** The Secret that is the claim on a release. */
export function claimRef({ release, namespace }: LockScope): ObjectRef {
  return { apiVersion: 'v1', kind: 'Secret', name: claimName(release), namespace };
}

/** What the cluster knows of a release whose resources somebody else manages; nothing where nobody claims it. */
export async function findClaim(cluster: Cluster, scope: LockScope): Promise<ReleaseClaim | undefined> {
  return (await ClaimBook.open(cluster, scope)).claim;
}

/** The claim on a release, as it was read or written last. */
export class ClaimBook {
  static async open(cluster: Cluster, scope: LockScope): Promise<ClaimBook> {
    return new ClaimBook(cluster, scope.namespace, await cluster.get(claimRef(scope)));
  }

  readonly #cluster: Cluster;
  readonly #namespace: string;
  #secret?: KubeObject;
  #claim?: ReleaseClaim;

  private constructor(cluster: Cluster, namespace: string, secret: KubeObject | undefined) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#secret = secret;
    this.#claim = secret && readClaimSecret(secret);
  }

  /** Nothing where nobody claims the release. */
  get claim(): ReleaseClaim | undefined {
    return this.#claim;
  }

  /** Writes the claim: the first time there must be none, afterwards it must be as it was written last. */
  async write(claim: ReleaseClaim): Promise<void> {
    const secret = claimSecret(claim, this.#namespace);
    this.#secret = await (this.#secret ? this.#cluster.replace({ ...this.#secret, data: secret.data }) : this.#cluster.create(secret));
    this.#claim = claim;
  }

  /** Gives the claim up; the journals of the release go with it. */
  async delete(): Promise<void> {
    if (!this.#secret) return;
    await this.#cluster.delete(claimRef({ release: this.#claim!.release, namespace: this.#namespace }), {
      propagation: 'background', uid: this.#secret.metadata.uid,
    });
    this.#secret = undefined;
    this.#claim = undefined;
  }
}
