import { existsSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { AUDIT_POLICY } from './audit-policy';
import { createCredentials, credential, writeKubeconfig } from './credentials';
import { RunningProcess, startProcess } from './processes';
import { makeStateFolders, statePath } from './state';
import { Tools } from './tools';
import { waitUntil } from './wait';

/** Where the control plane listens. */
export interface ControlPlaneOptions {
  readonly tools: Tools;
  /** Address of the API server. Pods reach it there too. */
  readonly address: string;
  readonly ports: { readonly api: number; readonly etcd: number; readonly etcdPeer: number };
}

/** A control plane that answers. */
export interface ControlPlane {
  readonly server: string;
  readonly auditLog: string;
  readonly apiServer: RunningProcess;
  readonly controllerManager: RunningProcess;
}

/** Starts etcd and what makes it a Kubernetes; resolves when the API server is ready. */
export async function startControlPlane({ tools, address, ports }: ControlPlaneOptions): Promise<ControlPlane> {
  makeStateFolders('credentials', 'etcd');
  createCredentials();
  const server = `https://${address}:${ports.api}`;
  const auditLog = statePath('audit.log');
  const etcd = startEtcd(tools, ports);
  const apiServer = startApiServer(tools, address, ports, auditLog);
  await waitUntil('the API server is ready', () => isReady(server), { seconds: 60, process: apiServer }).catch((error) => {
    throw etcd.hasEnded() ? new Error(`etcd ended; see ${etcd.log}`, { cause: error }) : error;
  });
  const controllerManager = startController(tools, 'kube-controller-manager', writeKubeconfig('controllerManager', server), [
    `--service-account-private-key-file=${credential('service-accounts.key')}`,
    `--root-ca-file=${credential('apiserver.crt')}`,
    '--use-service-account-credentials',
    '--kube-api-qps=200', // 20 is the default, and many cases run at a time
    '--kube-api-burst=400',
  ]);
  startController(tools, 'kube-scheduler', writeKubeconfig('scheduler', server));
  return { server, auditLog, apiServer, controllerManager };
}

/** Whether an API server answers that it is ready. */
export function isReady(server: string): Promise<boolean> {
  if (!existsSync(credential('apiserver.crt'))) return Promise.resolve(false);
  return new Promise((resolve) => {
    const probe = request(`${server}/readyz`, { rejectUnauthorized: false, timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    probe.on('timeout', () => probe.destroy());
    probe.on('error', () => resolve(false));
    probe.end();
  });
}

function startEtcd(tools: Tools, ports: ControlPlaneOptions['ports']): RunningProcess {
  const [client, peer] = [ports.etcd, ports.etcdPeer].map((port) => `http://127.0.0.1:${port}`);
  return startProcess({
    name: 'etcd',
    command: [
      tools.etcd,
      `--data-dir=${statePath('etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync', // a test cluster does not outlive a power cut
      '--log-level=warn',
    ],
  });
}

function startApiServer(tools: Tools, address: string, ports: ControlPlaneOptions['ports'], auditLog: string): RunningProcess {
  const auditPolicy = statePath('audit-policy.json');
  writeFileSync(auditPolicy, JSON.stringify(AUDIT_POLICY, undefined, 2));
  return startProcess({
    name: 'kube-apiserver',
    command: [
      tools['kube-apiserver'],
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      `--bind-address=${address}`,
      `--advertise-address=${address}`,
      `--secure-port=${ports.api}`,
      `--cert-dir=${statePath('credentials')}`,
      `--token-auth-file=${credential('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${credential('service-accounts.pub')}`,
      `--service-account-signing-key-file=${credential('service-accounts.key')}`,
      '--service-cluster-ip-range=10.96.0.0/24',
      '--allow-privileged=true',
      '--kubelet-preferred-address-types=InternalIP',
      `--audit-policy-file=${auditPolicy}`,
      `--audit-log-path=${auditLog}`,
      '--audit-log-maxsize=10000', // megabytes; it must not be rotated while tests read it
    ],
  });
}

function startController(tools: Tools, name: string, kubeconfig: string, args: readonly string[] = []): RunningProcess {
  return startProcess({ name, command: [tools[name], `--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0', ...args] });
}
