import { writeFileSync } from 'node:fs';
import { cgroupRoot } from './cgroups';
import { runtimeSocket } from './container-runtime';
import { RunningProcess, startProcess } from './processes';
import { makeStateFolders, statePath } from './state';
import { Tools } from './tools';

/** The node that runs containers. */
export const REAL_NODE = 'real';

/** What the kubelet needs to know. */
export interface KubeletOptions {
  readonly tools: Tools;
  readonly kubeconfig: string;
  /** Address of the node; a loopback address is refused, and logs and exec then fail. */
  readonly address: string;
  readonly port: number;
  readonly containerd: RunningProcess;
}

/** Starts the kubelet beside containerd, in the same mount namespace. */
export function startKubelet({ tools, kubeconfig, address, port, containerd }: KubeletOptions): RunningProcess {
  makeStateFolders('kubelet');
  const config = statePath('kubelet', 'config.json');
  writeFileSync(config, JSON.stringify(configuration(address, port), undefined, 2));
  return startProcess({
    name: 'kubelet',
    command: [
      'nsenter',
      `--mount=/proc/${containerd.pid}/ns/mnt`,
      '--',
      tools.kubelet,
      `--config=${config}`,
      `--kubeconfig=${kubeconfig}`,
      `--root-dir=${statePath('kubelet')}`,
      `--cert-dir=${statePath('kubelet', 'pki')}`,
      `--hostname-override=${REAL_NODE}`,
      `--node-ip=${address}`,
    ],
  });
}

function configuration(address: string, port: number): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address,
    port,
    healthzPort: 0,
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    containerRuntimeEndpoint: `unix://${runtimeSocket()}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: cgroupRoot(),
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    evictionHard: { 'memory.available': '10Mi', 'nodefs.available': '0%', 'nodefs.inodesFree': '0%', 'imagefs.available': '0%' },
    imageGCHighThresholdPercent: 100,
    clusterDNS: [address], // refuses at once, for want of a server; without an address every pod gets a warning event
    resolvConf: '',
    podLogsDir: statePath('pod-logs'),
    volumePluginDir: statePath('kubelet', 'volume-plugins'),
  };
}
