import { Cluster } from '../../cluster';

/** The same cluster, but every write is preceded by a check that may refuse it. */
export function guarded(cluster: Cluster, check: () => Promise<void> | void): Cluster {
  const after = <Args extends readonly unknown[], Result>(write: (...args: Args) => Promise<Result>) => async (...args: Args): Promise<Result> => {
    await check();
    return write(...args);
  };
  return {
    clock: cluster.clock,
    name: cluster.name,
    version: () => cluster.version(),
    kind: (kind) => cluster.kind(kind),
    denied: (accesses) => cluster.denied(accesses),
    get: (ref) => cluster.get(ref),
    list: (query) => cluster.list(query),
    create: after((object, options) => cluster.create(object, options)),
    apply: after((object, options) => cluster.apply(object, options)),
    replace: after((object) => cluster.replace(object)),
    patch: after((ref, patch) => cluster.patch(ref, patch)),
    delete: after((ref, deletion) => cluster.delete(ref, deletion)),
    watch: (query, signal) => cluster.watch(query, signal),
    logs: (query, signal) => cluster.logs(query, signal),
  };
}
