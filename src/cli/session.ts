import { retrying } from '../cluster';
import { KubernetesCluster } from '../cluster/kubernetes';
import { RecordStore } from '../lifecycle';
import { History, isReleaseName } from '../release';
import { printable } from '../report';
import { Streams } from './output';
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
  /** @throws LifecycleError where a revision cannot be read that no operation may overlook */
  history(): Promise<History>;
  /** Every revision that can be read, oldest first. */
  readable(): Promise<History>;
}

/** Checks the name of a release as Helm does. */
export function checkReleaseName(release: string): void {
  if (isReleaseName(release)) return;
  throw new UsageError(`"${release}" is no release name: at most 53 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit`);
}

/** Opens a cluster for a command, and closes its connections when the command is over. Records that cannot be read are told on the streams. */
export async function withSession<T>(
  release: string,
  flags: ConnectionFlags,
  use: (session: Session) => Promise<T>,
  streams?: Pick<Streams, 'err'>,
): Promise<T> {
  const cluster = KubernetesCluster.connect(flags);
  const namespace = flags.namespace ?? cluster.defaultNamespace;
  try {
    const records = new RecordStore(retrying(cluster), release, namespace);
    const warned = (history: History): History => {
      for (const { error } of records.unreadable) streams?.err(printable(`warning: ${error.message}; it is left out`));
      return history;
    };
    const history = async () => warned(await records.history());
    return await use({ cluster, release, namespace, history, readable: async () => warned(await records.readable()) });
  } finally {
    cluster.close();
  }
}
