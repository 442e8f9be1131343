import { Access, Cluster, isClusterError } from '../../cluster';
import { ForbiddenError, Subject } from './forbidden-error';
import { Permission, accessKey, distinct } from './permission';

/** Asks the cluster, before anything is written, whether the user may do all that an operation does; no question twice. */
export class AccessCheck {
  readonly #cluster: Pick<Cluster, 'denied'>;
  readonly #subject: Subject;
  readonly #granted = new Set<string>();
  #isDeaf = false;

  constructor(cluster: Pick<Cluster, 'denied'>, subject: Subject) {
    this.#cluster = cluster;
    this.#subject = subject;
  }

  /**
   * Asks for what an operation cannot do without.
   *
   * @returns why the cluster could not be asked, once; the operation goes on without then
   * @throws ForbiddenError that lists everything that is denied
   */
  async demand(permissions: readonly Permission[]): Promise<string | undefined> {
    const open = distinct(permissions).filter((permission) => permission.otherwise === undefined && !this.#granted.has(accessKey(permission)));
    if (open.length === 0 || this.#isDeaf) return undefined;
    let denied: readonly Access[];
    try {
      denied = await this.#denied(open);
    } catch (error) {
      if (!isClusterError(error)) throw error;
      this.#isDeaf = true;
      return `The rights of the user could not be checked before the operation: ${error.message}`;
    }
    if (denied.length > 0) throw new ForbiddenError(this.#subject, denied);
    for (const permission of open) this.#granted.add(accessKey(permission));
    return undefined;
  }

  async #denied(open: readonly Permission[]): Promise<readonly Access[]> {
    const refused = new Set((await this.#cluster.denied(open)).map(accessKey));
    const left = open.filter((permission) => refused.has(accessKey(permission)));
    const ways = new Map(left.flatMap(({ unless }) => (unless ? [[accessKey(unless), unless] as const] : [])));
    if (ways.size === 0) return left;
    const closed = new Set((await this.#cluster.denied([...ways.values()])).map(accessKey));
    return left.filter(({ unless }) => !unless || closed.has(accessKey(unless)));
  }
}
