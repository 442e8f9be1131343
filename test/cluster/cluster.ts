import { networkInterfaces } from 'node:os';
import { run } from './command';
import { postgresFolder } from './postgres-binaries';
import { readState, statePath } from './state';
import { tools } from './tools';

/** The cluster that tests run against. */
export interface TestCluster {
  /** Kubeconfig of a cluster administrator. */
  readonly kubeconfig: string;
  /** The API server's audit log, the oracle of what happened in which order; missing for most clusters that are not ours. */
  readonly auditLog?: string;
  /** Address at which pods reach servers of this machine. */
  readonly hostAddress: string;
  readonly kubectl: string;
  readonly helm3: string;
  readonly helm4: string;
  /** Node that runs containers. */
  readonly realNode: string;
  /** Node that pretends to. */
  readonly fakeNode?: string;
  /** Whether it is somebody else's cluster. */
  readonly external: boolean;
  /**
   * Folder of this machine's PostgreSQL programs, the ones that the image `postgres:16` is made of.
   *
   * @throws an error that says what to install
   */
  postgresBin(): string;
  /**
   * Folder on the real node for local PersistentVolumes, as a path of this machine.
   *
   * @throws an error for an external cluster
   */
  nodeRoot(): string;
}

let cluster: Promise<TestCluster> | undefined;

/**
 * The cluster that tests run against: the one of `CDK8S_LIFECYCLE_KUBECONFIG` or `KUBECONFIG`, else the one of `npm run cluster -- up`.
 *
 * @throws an error if there is none
 */
export function testCluster(): Promise<TestCluster> {
  return (cluster ??= findCluster());
}

/** The kubeconfig of a cluster that is not ours and that tests are told to use, if any. */
export function externalKubeconfig(): string | undefined {
  const kubeconfig = process.env.CDK8S_LIFECYCLE_KUBECONFIG || process.env.KUBECONFIG;
  // `cluster env` exports ours under the same name.
  return kubeconfig && kubeconfig !== statePath('credentials', 'admin.kubeconfig') ? kubeconfig : undefined;
}

async function findCluster(): Promise<TestCluster> {
  const kubeconfig = externalKubeconfig();
  return kubeconfig ? externalCluster(kubeconfig) : ownCluster();
}

function ownCluster(): TestCluster {
  const state = readState();
  if (!state) throw new Error('The test cluster is not up: npm run cluster -- up (or name another one in CDK8S_LIFECYCLE_KUBECONFIG)');
  const { kubeconfig, auditLog, hostAddress, nodes } = state;
  const nodeRoot = () => statePath('volumes');
  return { ...programs(), kubeconfig, auditLog, hostAddress, realNode: nodes.real, fakeNode: nodes.fake, external: false, nodeRoot };
}

async function externalCluster(kubeconfig: string): Promise<TestCluster> {
  const names = await run(tools().kubectl, ['--kubeconfig', kubeconfig, 'get', 'nodes', '--output=jsonpath={.items[*].metadata.name}']);
  const nodeRoot = () => {
    throw new Error(`The nodes of ${kubeconfig} are not this machine: local volumes need the cluster of npm run cluster -- up`);
  };
  return {
    ...programs(),
    kubeconfig,
    auditLog: process.env.CDK8S_LIFECYCLE_AUDIT_LOG || undefined,
    hostAddress: process.env.CDK8S_LIFECYCLE_HOST_ADDRESS || firstAddress(),
    realNode: process.env.CDK8S_LIFECYCLE_NODE || names.split(' ')[0],
    external: true,
    nodeRoot,
  };
}

function programs(): Pick<TestCluster, 'kubectl' | 'helm3' | 'helm4' | 'postgresBin'> {
  const { kubectl, helm3, helm4 } = tools();
  return { kubectl, helm3, helm4, postgresBin: postgresFolder };
}

function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((network) => network ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!found) throw new Error('This machine has no address that pods could reach: set CDK8S_LIFECYCLE_HOST_ADDRESS');
  return found.address;
}
