import { KubernetesCluster } from '../cluster/kubernetes';
import { RecordStore } from '../lifecycle';
import { History, isReleaseName } from '../release';
import { UsageError } from './usage-error';

/** Flags of every command. */
export interface ConnectionFlags {
  readonly namespace?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** One release in one cluster, for the length of a command. */
export interface Session {
  readonly cluster: KubernetesCluster;
  readonly release: string;
  readonly namespace: string;
  history(): Promise<History>;
}

/** Checks the name of a release as Helm does. */
export function checkReleaseName(release: string): void {
  if (isReleaseName(release)) return;
  throw new UsageError(`"${release}" is no release name: at most 53 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit`);
}

/** Opens a cluster for a command, and closes its connections when the command is over. */
export async function withSession<T>(release: string, flags: ConnectionFlags, use: (session: Session) => Promise<T>): Promise<T> {
  const cluster = KubernetesCluster.connect(flags);
  const namespace = flags.namespace ?? cluster.defaultNamespace;
  try {
    return await use({ cluster, release, namespace, history: () => new RecordStore(cluster, release, namespace).history() });
  } finally {
    cluster.close();
  }
}
