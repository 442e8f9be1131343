import { Cluster } from '../../cluster';
import { JournaledHook } from '../../release';
import { KubeObject, LogLine, LogSources } from '../../vocabulary';
import { belongsTo } from './hook-pods';
import { startedContainers } from './pod-diagnosis';

/** The Pods of a hook that ran, oldest first; none where it never got an object. */
export async function podsOf(cluster: Cluster, { hook: { namespace }, uid }: Pick<JournaledHook, 'hook' | 'uid'>): Promise<KubeObject[]> {
  if (uid === undefined) return [];
  const pods = (await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })).filter((pod) => belongsTo(pod, uid));
  const created = ({ metadata }: KubeObject) => Date.parse(metadata.creationTimestamp ?? '');
  return pods.sort((a, b) => created(a) - created(b));
}

interface PodSpec {
  readonly initContainers?: readonly { readonly name: string }[];
  readonly containers?: readonly { readonly name: string }[];
}

/** The names of a Pod's containers, as its manifest has them: its status sorts them. */
function containersOf({ spec }: KubeObject): string[] {
  const { initContainers = [], containers = [] } = (spec ?? {}) as PodSpec;
  return [...initContainers, ...containers].map(({ name }) => name);
}

/** What tells the lines of Pods apart; nothing where there is one container in all. */
export function sourcesOfPods(pods: readonly KubeObject[]): LogSources | undefined {
  if (pods.length > 1) return 'pods';
  return pods.length === 1 && containersOf(pods[0]).length > 1 ? 'containers' : undefined;
}

/** What is in the logs of Pods by now: container after container, init containers first. */
export async function* readLogs(cluster: Cluster, pods: readonly KubeObject[], tailLines?: number): AsyncGenerator<LogLine, void> {
  const { signal } = new AbortController();
  for (const pod of pods) {
    const { name, namespace } = pod.metadata;
    const started = startedContainers(pod);
    for (const container of containersOf(pod).filter((each) => started.includes(each))) {
      const query = { namespace: namespace!, pod: name!, container, tailLines };
      for await (const line of cluster.logs(query, signal)) yield { pod: name!, container, line };
    }
  }
}
