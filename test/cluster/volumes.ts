import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testCluster } from './cluster';
import { run } from './command';
import { apply, kubectl } from './kubectl';
import { readState } from './state';

/** A PersistentVolume on a folder of the real node. */
export interface LocalVolumeProps {
  /** Unique in the cluster. */
  readonly name: string;
  /** The class that claims ask for; one of its own for each case, or another case's claim takes the volume. */
  readonly storageClassName: string;
  /**
   * What the volume claims to hold, such as `1Gi`.
   *
   * @default '1Gi'
   */
  readonly size?: string;
  /**
   * What it really holds, such as `1m`: the disk is full then.
   *
   * @default - as much as this machine's disk
   */
  readonly capacity?: string;
}

/** A volume that was made. */
export interface LocalVolume {
  readonly name: string;
  /** Where this machine sees its content. */
  readonly hostPath: string;
  /** Deletes the PersistentVolume and its content. */
  delete(): Promise<void>;
}

/** Makes a `local` PersistentVolume; the kubelet honours `fsGroup` there, which it does not for hostPath. */
export async function createLocalVolume({ name, storageClassName, size = '1Gi', capacity }: LocalVolumeProps): Promise<LocalVolume> {
  const { nodeRoot, realNode } = await testCluster();
  const folder = join(nodeRoot(), name);
  mkdirSync(folder, { recursive: true });
  if (capacity) await run('nsenter', [...nodeMounts(), 'mount', '-n', '-t', 'tmpfs', '-o', `size=${capacity},mode=0755`, 'tmpfs', folder]);
  await apply([
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        capacity: { storage: size },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName,
        local: { path: folder },
        nodeAffinity: {
          required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [realNode] }] }] },
        },
      },
    },
  ]);
  return {
    name,
    hostPath: capacity ? join('/proc', String(nodeProcess()), 'root', folder) : folder,
    delete: async () => {
      await kubectl(['delete', 'persistentvolume', name, '--wait=false', '--ignore-not-found']);
      if (capacity) await run('nsenter', [...nodeMounts(), 'umount', '-n', '--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Mounts must be made where the node's programs see them. */
function nodeMounts(): string[] {
  return [`--mount=/proc/${nodeProcess()}/ns/mnt`, '--'];
}

function nodeProcess(): number {
  const pid = readState()?.pids.containerd;
  if (!pid) throw new Error('The test cluster is not up: npm run cluster -- up');
  return pid;
}
