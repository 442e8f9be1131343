import { GroupVersionKind } from '../../vocabulary';
import { ClusterError, isClusterError } from '../cluster-error';
import { statusError } from './status-error';
import { Transport } from './transport';

/** How the API server serves a kind. */
export interface ApiResource {
  readonly kind: string;
  /** Its name in paths, such as `jobs`. */
  readonly name: string;
  readonly namespaced: boolean;
}

/** `/api/v1` or `/apis/batch/v1` */
export function apiPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** What the API server serves, asked once a group; a kind that is missing is asked for again, since a CustomResourceDefinition may have come. */
export class Discovery {
  readonly #transport: Transport;
  readonly #groups = new Map<string, Promise<readonly ApiResource[]>>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async find({ apiVersion, kind }: GroupVersionKind): Promise<ApiResource | undefined> {
    const known = (await this.#group(apiVersion)).find((resource) => resource.kind === kind);
    if (known) return known;
    this.#groups.delete(apiVersion);
    return (await this.#group(apiVersion)).find((resource) => resource.kind === kind);
  }

  /** @throws ClusterError unknown-kind */
  async get(kind: GroupVersionKind, verb: string, target: string): Promise<ApiResource> {
    const resource = await this.find(kind);
    if (!resource) throw new ClusterError('unknown-kind', { verb, target }, `the cluster has no kind ${kind.kind} in ${kind.apiVersion}`);
    return resource;
  }

  #group(apiVersion: string): Promise<readonly ApiResource[]> {
    const group = this.#groups.get(apiVersion) ?? this.#fetch(apiVersion);
    this.#groups.set(apiVersion, group);
    group.catch(() => this.#groups.delete(apiVersion));
    return group;
  }

  async #fetch(apiVersion: string): Promise<readonly ApiResource[]> {
    const request = { verb: 'discover', target: `the kinds of ${apiVersion}` };
    try {
      const { status, body, retryAfterSeconds } = await this.#transport.json({ ...request, method: 'GET', path: apiPath(apiVersion) });
      if (status !== 200) throw statusError(request, status, body, retryAfterSeconds);
      const { resources = [] } = body as { readonly resources?: readonly ApiResource[] };
      return resources.filter(({ name }) => !name.includes('/')); // subresources, such as pods/log
    } catch (error) {
      if (isClusterError(error, 'not-found')) return [];
      throw error;
    }
  }
}
