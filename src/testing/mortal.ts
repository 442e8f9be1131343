import type { Cluster } from '../cluster';

/** Before or after a call that a process makes of its cluster, counted from 0. */
export interface CallMoment {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** A process that talks to a cluster, and may die. */
export interface Mortal {
  readonly cluster: Cluster;
  /** How many calls it has made. */
  readonly calls: () => number;
  /** Lets it die now. */
  readonly die: () => void;
  /** Resolves when it dies. */
  readonly died: Promise<'died'>;
}

/** What a dead process waits for never comes. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/**
 * The cluster as a process sees it that may die: from then on no call of it reaches the cluster, and no answer reaches it.
 *
 * @param watch is told of every call before it is made and after it was, and may let the process die then
 */
export function mortal(cluster: Cluster, watch: (moment: CallMoment, die: () => void) => void = () => undefined): Mortal {
  let calls = 0;
  let dead = false;
  let tell: (word: 'died') => void;
  const died = new Promise<'died'>((resolve) => (tell = resolve));
  const die = () => {
    dead = true;
    tell('died');
  };
  const call = <Args extends readonly unknown[], Result>(method: (...args: Args) => Promise<Result>) => async (...args: Args): Promise<Result> => {
    if (dead) return never();
    const number = calls;
    calls += 1;
    watch({ call: number, when: 'before' }, die);
    if (dead) return never();
    const result = await method(...args).then((value) => ({ value }), (error: unknown) => ({ error }));
    if (!dead) watch({ call: number, when: 'after' }, die);
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
    create: call((object, options) => cluster.create(object, options)),
    apply: call((object, options) => cluster.apply(object, options)),
    replace: call((object) => cluster.replace(object)),
    patch: call((ref, patch) => cluster.patch(ref, patch)),
    delete: call((ref, deletion) => cluster.delete(ref, deletion)),
    watch: async function* (query, signal) {
      for await (const event of cluster.watch(query, signal)) yield dead ? await never<never>() : event;
    },
    logs: (query, signal) => cluster.logs(query, signal),
  };
  return { cluster: seen, calls: () => calls, die, died };
}
