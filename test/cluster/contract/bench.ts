import { Cluster, ClusterErrorReason, Query, WatchEvent } from '../../../src/cluster';
import { KubeObject, ObjectRef } from '../../../src/vocabulary';

/** A cluster, and a namespace of it that is ours alone. */
export interface Bench {
  readonly cluster: Cluster;
  readonly namespace: string;
  /** The same cluster for a user who may get and patch ConfigMap `mine` in the namespace, and nothing else. */
  readonly restricted: Cluster;
}

/** A ConfigMap with a label that is its name. */
export function configMap(namespace: string, name: string, data: Record<string, string> = { key: 'one' }): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { app: name } }, data };
}

/** A UID that nothing has. */
export const UID = '11111111-1111-4111-8111-111111111111';

/** An Event about a Job. */
export function warning(namespace: string, name: string, type: 'Warning' | 'Normal'): KubeObject {
  const involvedObject = { apiVersion: 'batch/v1', kind: 'Job', name, namespace, uid: UID };
  return { apiVersion: 'v1', kind: 'Event', metadata: { name, namespace }, involvedObject, type, reason: 'FailedCreate', message: 'why' };
}

/** A Job that prints `one` and `two`; the simulated cluster has a script for it. */
export function speaking(namespace: string): KubeObject {
  const container = { name: 'main', image: 'docker.io/library/busybox:1.35', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', 'echo one; echo two'] };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'speaks', namespace },
    spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [container] } } },
  };
}

/** Where an object is. */
export function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: metadata.name!, namespace: metadata.namespace };
}

/** What is done must be refused for this reason. */
export async function refused(promise: Promise<unknown>, reason: ClusterErrorReason): Promise<void> {
  await expect(promise).rejects.toMatchObject({ code: 'cluster', reason });
}

/** Reads a watch until an event is the one that is looked for. */
export async function next(events: AsyncIterator<WatchEvent>, matches: (event: WatchEvent) => boolean): Promise<WatchEvent> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error('the watch ended');
    if (matches(value)) return value;
  }
}

/** Whether an event is this one, about an object of this name. */
export function about(kind: WatchEvent['kind'], name: string): (event: WatchEvent) => boolean {
  return (event) => event.kind === kind && event.kind !== 'listed' && event.object.metadata.name === name;
}

/** Waits until a watch tells what is looked for. */
export async function eventually(query: Query, cluster: Cluster, matches: (event: WatchEvent) => boolean): Promise<void> {
  const over = new AbortController();
  try {
    await next(cluster.watch(query, over.signal)[Symbol.asyncIterator](), matches);
  } finally {
    over.abort();
  }
}

/** The Pod of a Job, when it has succeeded. */
export async function podOf(job: KubeObject, { cluster, namespace }: Bench): Promise<KubeObject> {
  await cluster.create(job);
  const query = { apiVersion: 'v1', kind: 'Pod', namespace, labels: { 'job-name': job.metadata.name! } };
  const ended = ({ status }: KubeObject) => (status as { phase?: string } | undefined)?.phase === 'Succeeded';
  await eventually(query, cluster, (event) => (event.kind === 'listed' ? event.objects.some(ended) : ended(event.object)));
  return (await cluster.list(query))[0];
}

/** What a method of the port does, case by case. */
export type Cases = Readonly<Record<string, (bench: Bench) => Promise<void>>>;
