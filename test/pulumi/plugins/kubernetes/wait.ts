import { Cluster, Query } from '../../../../src/cluster';
import { unready } from '../../../../src/lifecycle/run/readiness';
import { KubeObject } from '../../../../src/vocabulary';
import { groupKind } from './replacement';

/** Kinds that Pulumi waits for. Claims are not among them here: those of most storage classes are bound when a Pod needs them. */
const AWAITED = [
  'apiextensions.k8s.io/CustomResourceDefinition', 'apps/DaemonSet', 'apps/Deployment', 'apps/StatefulSet', 'batch/Job', 'Pod', 'ReplicationController', 'Service',
];

/** How long to wait. */
export interface Patience {
  readonly seconds: number;
  /** Ends when the engine is told to stop. */
  readonly signal: AbortSignal;
}

/** An object, and what it lacks to be ready. */
export interface Awaited {
  readonly object: KubeObject;
  readonly problem?: string;
}

/** What an object lacks to be ready, if it is one that is waited for. */
export function problemOf(object: KubeObject): { readonly reason: string; readonly failed?: boolean } | undefined {
  const skipped = object.metadata.annotations?.['pulumi.com/skipAwait'] === 'true';
  return skipped || !AWAITED.includes(groupKind(object)) ? undefined : unready(object, { waitForJobs: true });
}

/** Waits until an object is ready, will not be, or the patience is over. */
export async function awaitReady(cluster: Cluster, object: KubeObject, patience: Patience): Promise<Awaited> {
  if (!problemOf(object)) return { object };
  const last = await follow(cluster, object, patience, (live) => live === undefined || !problemOf(live) || problemOf(live)?.failed === true);
  if (last === undefined) return { object, problem: 'it was deleted' };
  const problem = problemOf(last);
  if (!problem) return { object: last };
  return { object: last, problem: problem.failed ? problem.reason : `${why(patience)}: ${problem.reason}` };
}

/**
 * Waits until an object is gone, or another has taken its name.
 *
 * @throws an error when the patience is over
 */
export async function awaitGone(cluster: Cluster, object: KubeObject, patience: Patience): Promise<void> {
  const last = await follow(cluster, object, patience, (live) => live?.metadata.uid !== object.metadata.uid);
  if (last?.metadata.uid === object.metadata.uid) throw new Error(`${object.kind} ${object.metadata.name} is not gone: ${why(patience)}`);
}

function why({ seconds, signal }: Patience): string {
  return signal.aborted ? 'cancelled' : `timed out after ${seconds} s`;
}

/** Whether an object, or that there is none any more, is what was waited for. */
type Enough = (live?: KubeObject) => boolean;

/** Watches an object until it is as wanted; returns what was seen of it last. */
async function follow(cluster: Cluster, object: KubeObject, patience: Patience, enough: Enough): Promise<KubeObject | undefined> {
  const { apiVersion, kind, metadata } = object;
  const query: Query = { apiVersion, kind, namespace: metadata.namespace, fields: { 'metadata.name': metadata.name! } };
  let live: KubeObject | undefined = object;
  for await (const event of cluster.watch(query, AbortSignal.any([patience.signal, AbortSignal.timeout(patience.seconds * 1000)]))) {
    if (event.kind === 'listed') live = event.objects[0];
    else live = event.kind === 'deleted' ? undefined : event.object;
    if (enough(live)) break;
  }
  return live;
}
