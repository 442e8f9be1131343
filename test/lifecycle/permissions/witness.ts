import { Access, Cluster, Query } from '../../../src/cluster';
import { GroupVersionKind, KubeObject } from '../../../src/vocabulary';

/** The cluster, and a list of the accesses that its calls took. */
export interface Witness {
  readonly cluster: Cluster;
  readonly used: Access[];
}

/** Writes down which accesses each call takes of an API server that knows no cluster-admin. */
export function witness(cluster: Cluster): Witness {
  const used: Access[] = [];
  const note = async (verbs: readonly string[], of: GroupVersionKind & { readonly namespace?: string; readonly name?: string }, part?: string) => {
    const { namespaced, plural } = (await cluster.kind(of))!;
    const group = of.apiVersion.includes('/') ? of.apiVersion.split('/')[0] : '';
    const namespace = namespaced ? of.namespace : of.kind === 'Namespace' && !verbs.includes('create') ? of.name : undefined;
    for (const verb of verbs) used.push({ verb, group, resource: part === undefined ? plural : `${plural}/${part}`, namespace, name: of.name });
  };
  const named = ({ fields, ...query }: Query) => ({ ...query, name: fields?.['metadata.name'] });
  const about = ({ apiVersion, kind, metadata: { name, namespace } }: KubeObject) => ({ apiVersion, kind, name, namespace });
  const seen: Cluster = {
    clock: cluster.clock,
    name: cluster.name,
    version: () => cluster.version(),
    kind: (kind) => cluster.kind(kind),
    denied: (accesses) => cluster.denied(accesses),
    get: async (ref) => (await note(['get'], ref), cluster.get(ref)),
    list: async (query) => (await note(['list'], named(query)), cluster.list(query)),
    create: async (object) => (await note(['create'], { ...about(object), name: undefined }), cluster.create(object)),
    apply: async (object, options) => {
      const applied = await cluster.apply(object, options);
      await note(['get', 'patch', ...(applied.change === 'created' ? ['create'] : [])], about(object));
      return applied;
    },
    replace: async (object) => (await note(['update'], about(object)), cluster.replace(object)),
    patch: async (ref, patch) => (await note(['patch'], ref), cluster.patch(ref, patch)),
    delete: async (ref, deletion) => (await note(['delete'], ref), cluster.delete(ref, deletion)),
    watch: async function* (query, signal) {
      await note(['list', 'watch'], named(query));
      yield* cluster.watch(query, signal);
    },
    logs: async function* (query, signal) {
      await note(['get'], { apiVersion: 'v1', kind: 'Pod', namespace: query.namespace, name: query.pod }, 'log');
      yield* cluster.logs(query, signal);
    },
  };
  return { cluster: seen, used };
}
