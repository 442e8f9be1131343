import { Cluster, ClusterError, ClusterErrorReason, WatchEvent } from '../../src/cluster';

/** What can go wrong with a call. Those that are `answered` late are answered after the call has taken effect. */
const FAULTS = {
  '409': { reason: 'conflict', status: 409 },
  '429': { reason: 'unavailable', status: 429, retryAfterSeconds: 3 },
  '500': { reason: 'unavailable', status: 500 },
  '503': { reason: 'unavailable', status: 503 },
  'dropped before': { reason: 'unreachable' },
  'dropped after': { reason: 'unreachable', late: true },
  '504 after': { reason: 'unavailable', status: 504, late: true },
} as const satisfies Readonly<Record<string, Fault>>;

interface Fault {
  readonly reason: ClusterErrorReason;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly late?: boolean;
}

/** One of the things that can go wrong with a call. */
export type CallFault = keyof typeof FAULTS;

/** All that can go wrong with a call. */
export const CALL_FAULTS = Object.keys(FAULTS) as CallFault[];

/** What can go wrong with a watch: it ends, or it misses what happens for two seconds and begins anew with a list. */
export const WATCH_FAULTS = ['ends', 'stale'] as const;

/** What goes wrong: with which call or watch, counted from 0; a watch after so many changes. */
export type Mishap =
  | { readonly call: number; readonly fault: CallFault }
  | { readonly watch: number; readonly after: number; readonly fault: (typeof WATCH_FAULTS)[number] };

/** A connection to a cluster on which one thing goes wrong. */
export interface Faulty {
  readonly cluster: Cluster;
  readonly calls: () => number;
  readonly watches: () => number;
}

/** The cluster through a connection on which one thing goes wrong. */
export function faulty(cluster: Cluster, mishap?: Mishap): Faulty {
  let calls = 0;
  let watches = 0;

  type Method<Args extends readonly unknown[], Result> = (...args: Args) => Promise<Result>;
  const call = <Args extends readonly unknown[], Result>(verb: string, method: Method<Args, Result>): Method<Args, Result> => async (...args) => {
    const number = calls;
    calls += 1;
    if (!mishap || !('call' in mishap) || mishap.call !== number) return method(...args);
    const fault: Fault = FAULTS[mishap.fault];
    if (fault.late) await method(...args);
    throw new ClusterError(fault.reason, { verb, target: `call ${number}` }, `it went wrong: ${mishap.fault}`, fault);
  };

  const missing = async function* (after: number, then: 'ends' | 'stale', ...[query, signal]: Parameters<Cluster['watch']>): AsyncGenerator<WatchEvent, void> {
    const broken = new AbortController();
    let changes = -1; // the list is none
    for await (const event of cluster.watch(query, AbortSignal.any([signal, broken.signal]))) {
      yield event;
      changes += 1;
      if (changes === after) break;
    }
    broken.abort();
    if (then === 'ends' || signal.aborted) return;
    await cluster.clock.sleep(2000, signal);
    yield* cluster.watch(query, signal);
  };

  return {
    calls: () => calls,
    watches: () => watches,
    cluster: {
      clock: cluster.clock,
      name: cluster.name,
      version: call('get', () => cluster.version()),
      kind: call('discover', (kind) => cluster.kind(kind)),
      denied: call('review', (accesses) => cluster.denied(accesses)),
      get: call('get', (ref) => cluster.get(ref)),
      list: call('list', (query) => cluster.list(query)),
      create: call('create', (object) => cluster.create(object)),
      apply: call('patch', (object, options) => cluster.apply(object, options)),
      replace: call('update', (object) => cluster.replace(object)),
      patch: call('patch', (ref, patch) => cluster.patch(ref, patch)),
      delete: call('delete', (ref, deletion) => cluster.delete(ref, deletion)),
      watch: (query, signal) => {
        const number = watches;
        watches += 1;
        return mishap && 'watch' in mishap && mishap.watch === number ? missing(mishap.after, mishap.fault, query, signal) : cluster.watch(query, signal);
      },
      logs: (query, signal) => cluster.logs(query, signal),
    },
  };
}
