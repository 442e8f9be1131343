import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { run } from './command';
import { CNI_PLUGINS } from './host-files';
import { PodNetwork } from './network';
import { ProcessIdentity, processWithId } from './process-identity';
import { RunningProcess, startProcess } from './processes';
import { makeStateFolders, stateName, statePath } from './state';
import { waitUntil } from './wait';

/** The image that holds a pod's namespaces open. */
export const PAUSE_IMAGE = 'localhost/cdk8s-lifecycle/pause:1';

// The kubelet sets these; it finds them set, and the machine's own stay as they are.
const KERNEL_TUNABLES = {
  '/proc/sys/vm/overcommit_memory': '1',
  '/proc/sys/vm/panic_on_oom': '0',
  '/proc/sys/kernel/panic': '10',
  '/proc/sys/kernel/panic_on_oops': '1',
  '/proc/sys/kernel/keys/root_maxkeys': '1000000',
  '/proc/sys/kernel/keys/root_maxbytes': '25000000',
};

/** Folders that the node's programs see empty: containerd, CNI and the kubelet leave files there whatever their settings. */
export const HIDDEN_FOLDERS = ['/var/lib', '/var/log', '/run'];

/** Starts containerd in a mount namespace of its own: mounts of pods are seen by nobody else, and end with its processes, however these end. */
export async function startContainerRuntime(network: PodNetwork): Promise<RunningProcess> {
  makeStateFolders('containerd', 'cni', 'tunables');
  const config = statePath('containerd', 'config.toml');
  writeFileSync(config, runtimeConfig());
  writeFileSync(statePath('cni', 'pods.conflist'), JSON.stringify(networkConfig(network)));
  const overlays = Object.entries(KERNEL_TUNABLES).map(([setting, value]) => {
    const file = statePath('tunables', basename(setting));
    writeFileSync(file, `${value}\n`);
    return `if [ -e ${setting} ]; then mount -n --bind '${file}' ${setting}; fi`;
  });
  const hiding = HIDDEN_FOLDERS.map((folder) => `mount -n -t tmpfs tmpfs ${folder}`);
  const script = [...overlays, ...hiding, 'exec "$@"'].join('\n');
  const containerd = startProcess({
    name: 'containerd',
    command: ['unshare', '--mount', '--propagation=private', 'sh', '-ec', script, 'sh', 'containerd', `--config=${config}`],
  });
  await waitUntil('containerd answers', () => runtimeControl('version').then(() => true, () => false), { seconds: 30, process: containerd });
  return containerd;
}

/** Runs containerd's own command-line client. */
export function runtimeControl(...args: string[]): Promise<string> {
  return run('ctr', ['--address', runtimeSocket(), '--namespace', 'k8s.io', ...args]);
}

/** The socket of this cluster's containerd. */
export function runtimeSocket(): string {
  return statePath('containerd', 'containerd.sock');
}

/** The processes that watch over containers; they outlive containerd. */
export function shims(): ProcessIdentity[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter(isShim).map(processWithId).filter((process) => process !== undefined);
}

function isShim(pid: string): boolean {
  if (!existsSync(`/proc/${pid}/cmdline`)) return false;
  try {
    const [program, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(program).startsWith('containerd-shim') && args.includes(runtimeSocket());
  } catch {
    return false; // it ended meanwhile
  }
}

function runtimeConfig(): string {
  return `version = 2
root = "${statePath('containerd', 'root')}"
state = "${statePath('containerd', 'state')}"
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
  address = "${runtimeSocket()}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${statePath('containerd', 'opt')}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${CNI_PLUGINS}"
    conf_dir = "${statePath('cni')}"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
`;
}

function networkConfig({ bridge, subnet }: PodNetwork): object {
  const ipam = { type: 'host-local', ranges: [[{ subnet }]], routes: [{ dst: '0.0.0.0/0' }] };
  return {
    cniVersion: '0.4.0',
    name: stateName('pods'),
    plugins: [
      // The bridge has its address already: as a gateway the plugin would turn on forwarding for the whole machine.
      { type: 'bridge', bridge, isGateway: false, ipMasq: false, ipam },
    ],
  };
}
