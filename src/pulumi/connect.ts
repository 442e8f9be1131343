import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../cluster';
import { ConnectionOptions, KubernetesCluster } from '../cluster/kubernetes';
import { BracketConnection } from './bracket-state';

/** A cluster that is used for one operation. */
export interface ConnectedCluster {
  readonly cluster: Cluster;
  close(): void;
}

/** The path of a kubeconfig that is used instead of the one in the state: for a token in it that is no longer valid. */
export const KUBECONFIG_OVERRIDE = 'CDK8S_LIFECYCLE_KUBECONFIG';

/** A kubeconfig is a mapping of several lines, or JSON; a path is neither. */
function isText(kubeconfig: string): boolean {
  return /[\n{]/.test(kubeconfig) && !existsSync(kubeconfig);
}

/** Nothing but a shell knows what `~` is, and a program has none. */
function fromHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

/** Where a connection leads to. */
export function connectionOptions({ kubeconfig, context }: BracketConnection, env: NodeJS.ProcessEnv = process.env): ConnectionOptions {
  const override = env[KUBECONFIG_OVERRIDE];
  if (override) return { kubeconfig: override };
  const chosen = context ? { context } : {};
  if (!kubeconfig) return chosen;
  return isText(kubeconfig) ? { ...chosen, kubeconfigText: kubeconfig } : { ...chosen, kubeconfig: fromHome(kubeconfig) };
}

/** Opens the cluster of a release; the client of Kubernetes is loaded now, not before. */
export function connect(connection: BracketConnection): ConnectedCluster {
  const cluster = KubernetesCluster.connect(connectionOptions(connection));
  return { cluster, close: () => cluster.close() };
}
