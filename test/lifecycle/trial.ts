import { Cluster } from '../../src/cluster';
import { SimulatedCluster } from '../../src/cluster/simulated';
import { LifecycleEvent, Outcome } from '../../src/lifecycle';
import { KubeObject, LifecycleError } from '../../src/vocabulary';

/* Something that is done while something goes wrong with it, in every imaginable place. */

/** What it came to. */
export interface Performance {
  /** `succeeded`, or the status and the message of the error; `refused: …` where it could not begin. */
  readonly result: string;
  readonly error?: Error;
  readonly events: readonly LifecycleEvent[];
}

/** What is tried. */
export interface Trial {
  readonly name: string;
  /** How many hooks it has. */
  readonly hooks: number;
  /** A cluster on which it can be tried. */
  readonly prepared: () => Promise<SimulatedCluster>;
  /** Does it, through whatever connection. */
  readonly perform: (cluster: Cluster) => Promise<Performance>;
  /** Does it once more, after one that did not end well. */
  readonly performAgain: (cluster: Cluster) => Promise<string>;
  /** What it leaves. */
  readonly left: readonly string[];
  /** What is there of that. */
  readonly found: (cluster: Cluster) => Promise<readonly string[]>;
  /** How many revisions are pending, and how many locks are held. */
  readonly unfinished: (cluster: Cluster) => Promise<{ readonly pending: number; readonly locks: number }>;
}

/** What became of an operation. */
export async function performed(operation: (report: (event: LifecycleEvent) => void) => Promise<Outcome>): Promise<Performance> {
  const events: LifecycleEvent[] = [];
  try {
    const { status, error } = await operation((event) => events.push(event));
    return { result: error ? `${status}: ${error.message}` : status, error, events };
  } catch (thrown) {
    if (!(thrown instanceof LifecycleError)) throw thrown;
    return { result: `refused: ${thrown.message}`, error: thrown, events };
  }
}

/** How many locks are held. */
export async function locksHeld(cluster: Cluster): Promise<number> {
  return (await cluster.list({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'default' })).length;
}

interface Pod extends KubeObject {
  readonly status: { readonly phase?: string };
}

/** The largest number of Pods of one hook that ever ran at the same time, until the signal. */
export async function mostPodsAtOnce(cluster: Cluster, signal: AbortSignal, namespace = 'default'): Promise<number> {
  const running = new Map<string, string>();
  let most = 0;
  for await (const event of cluster.watch({ apiVersion: 'v1', kind: 'Pod', namespace }, signal)) {
    if (event.kind === 'listed') continue;
    const { metadata, status } = event.object as Pod;
    const [owner] = metadata.ownerReferences as readonly { readonly name: string }[];
    if (event.kind !== 'deleted' && status.phase === 'Running') running.set(metadata.uid!, owner.name);
    else running.delete(metadata.uid!);
    most = Math.max(most, [...running.values()].filter((name) => name === owner.name).length);
  }
  return most;
}
