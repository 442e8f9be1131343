import { Cluster } from '../../src/cluster';

/** When a process dies: before or after so many calls of the cluster, counted from 0. */
export interface Death {
  readonly call: number;
  readonly moment: 'before' | 'after';
}

/** A process that talks to a cluster, and may die between two calls. */
export interface Mortal {
  readonly cluster: Cluster;
  /** How many calls it has made. */
  readonly calls: () => number;
  /** Resolves when it dies. */
  readonly died: Promise<'died'>;
}

/** What a dead process waits for never comes. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/** The cluster as a process sees it that dies at a moment: from then on no call of it reaches the cluster, and no answer reaches it. */
export function mortal(cluster: Cluster, death?: Death): Mortal {
  let calls = 0;
  let dead = false;
  let die: (word: 'died') => void;
  const died = new Promise<'died'>((resolve) => (die = resolve));
  const end = () => {
    dead = true;
    die('died');
  };
  const call = <Args extends readonly unknown[], Result>(method: (...args: Args) => Promise<Result>) => async (...args: Args): Promise<Result> => {
    if (dead) return never();
    const number = calls;
    calls += 1;
    if (death?.call === number && death.moment === 'before') {
      end();
      return never();
    }
    const result = await method(...args).then((value) => ({ value }), (error: unknown) => ({ error }));
    if (death?.call === number) end();
    if (dead) return never();
    if ('error' in result) throw result.error;
    return result.value;
  };
  const seen: Cluster = {
    clock: { now: () => cluster.clock.now(), sleep: (time, signal) => cluster.clock.sleep(time, signal).then(() => (dead ? never() : undefined)) },
    name: cluster.name,
    version: call(() => cluster.version()),
    kind: (kind) => cluster.kind(kind),
    denied: call((accesses) => cluster.denied(accesses)),
    get: call((ref) => cluster.get(ref)),
    list: call((query) => cluster.list(query)),
    create: call((object) => cluster.create(object)),
    apply: call((object, options) => cluster.apply(object, options)),
    replace: call((object) => cluster.replace(object)),
    patch: call((ref, patch) => cluster.patch(ref, patch)),
    delete: call((ref, deletion) => cluster.delete(ref, deletion)),
    watch: async function* (query, signal) {
      for await (const event of cluster.watch(query, signal)) yield dead ? await never<never>() : event;
    },
    logs: (query, signal) => cluster.logs(query, signal),
  };
  return { cluster: seen, calls: () => calls, died };
}
