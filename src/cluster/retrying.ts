import { KubeObject, refOf } from '../vocabulary';
import { pauseAfter } from './backoff';
import { carries } from './carries';
import { Cluster, CreateOptions, WatchEvent } from './cluster';
import { isClusterError } from './cluster-error';
import { Persistence, persistent } from './persistence';

/**
 * The same cluster, but what fails in passing is tried again.
 *
 * A write may have taken effect although its answer is an error, or never came. What the next try says, or what is there by then, decides what it came to;
 * docs/adr/0006-lost-answers.md says why that can be told. A patch with a resourceVersion is left to its caller: a conflict may be with oneself.
 */
export function retrying(cluster: Cluster, persistence: Persistence = {}): Cluster {
  const persistently = persistent(cluster.clock, persistence);

  /** What is there, if it says what an earlier try was to make it say; else the error stands. */
  const ours = async (error: unknown, object: KubeObject, fields: readonly string[]): Promise<KubeObject> => {
    const live = await cluster.get(refOf(object));
    if (live && carries(live, object, fields)) return live;
    throw error;
  };
  const create = async (object: KubeObject, options: CreateOptions = {}): Promise<KubeObject> => {
    const before = options.before === 'nothing' ? undefined : await persistently(() => cluster.get(refOf(object)));
    return persistently((unsure) =>
      cluster.create(object).catch((error: unknown) => {
        if (!unsure || before || !isClusterError(error, 'already-exists')) throw error;
        return ours(error, object, ['data']); // a spec may be rewritten by a webhook
      }));
  };
  const replace = (object: KubeObject): Promise<KubeObject> =>
    persistently((unsure) =>
      cluster.replace(object).catch((error: unknown) => {
        if (!unsure || !isClusterError(error, 'conflict')) throw error;
        return ours(error, object, ['data', 'spec']);
      }));
  const watch = async function* (...[query, signal]: Parameters<Cluster['watch']>): AsyncGenerator<WatchEvent, void> {
    while (!signal.aborted) {
      yield* cluster.watch(query, signal);
      await cluster.clock.sleep(pauseAfter(1), signal); // it ended, and begins anew with a list
    }
  };

  return {
    clock: cluster.clock,
    name: cluster.name,
    version: () => persistently(() => cluster.version()),
    kind: (kind) => persistently(() => cluster.kind(kind)),
    denied: (accesses) => persistently(() => cluster.denied(accesses)),
    get: (ref) => persistently(() => cluster.get(ref)),
    list: (query) => persistently(() => cluster.list(query)),
    create,
    apply: (object, options) =>
      persistently(async (unsure) => {
        const { change, ...applied } = await cluster.apply(object, options);
        return { ...applied, change: unsure && change === 'unchanged' ? 'changed' : change };
      }),
    replace,
    patch: (ref, patch) => persistently(() => cluster.patch(ref, patch)),
    delete: (ref, deletion) =>
      persistently(async (unsure) => {
        try {
          return (await cluster.delete(ref, deletion)) || unsure;
        } catch (error) {
          // Another object has the name by now: the one that was meant is gone.
          if (unsure && deletion.uid !== undefined && isClusterError(error, 'conflict')) return true;
          throw error;
        }
      }),
    watch,
    logs: (query, signal) => cluster.logs(query, signal),
  };
}
