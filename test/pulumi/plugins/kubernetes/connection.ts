import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubernetesCluster } from '../../../../src/cluster/kubernetes';
import { Fields, UNKNOWN, reveal } from '../wire';

/** A cluster, and the namespace of objects that name none. */
export interface Connection {
  readonly cluster: KubernetesCluster;
  readonly namespace: string;
}

/** Connects as a provider's configuration says; not where that is known only later. */
export function connect(config: Fields): Connection | undefined {
  const { kubeconfig, context, namespace } = reveal(config) as Readonly<Record<string, string | undefined>>;
  if ([kubeconfig, context, namespace].includes(UNKNOWN)) return undefined;
  const cluster = KubernetesCluster.connect({ kubeconfig: kubeconfig === undefined ? undefined : fileOf(kubeconfig), context });
  return { cluster, namespace: namespace ?? cluster.defaultNamespace };
}

/** A kubeconfig is a path or the content of one. */
function fileOf(kubeconfig: string): string {
  if (existsSync(kubeconfig)) return kubeconfig;
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'config');
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  return file;
}
