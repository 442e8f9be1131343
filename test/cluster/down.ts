import { existsSync, readFileSync, rmSync } from 'node:fs';
import { cgroupProcesses, removeCgroups } from './cgroups';
import { run } from './command';
import { shims } from './container-runtime';
import { exclusively } from './lock';
import { removePodNetwork } from './network';
import { signal } from './process-identity';
import { endAllProcesses } from './processes';
import { requireRoot } from './requirements';
import { stateFolder } from './state';
import { waitUntil } from './wait';

/** Takes the cluster down and removes all it made; harmless if there is none. */
export async function down(): Promise<{ readonly wasThere: boolean }> {
  requireRoot();
  return exclusively(async () => {
    const wasThere = existsSync(stateFolder());
    await cleanUp();
    return { wasThere };
  });
}

/** Removes whatever is there of a cluster: running, half started or crashed. */
export async function cleanUp(): Promise<void> {
  await endAllProcesses();
  await endContainers();
  await removePodNetwork();
  await removeCgroups();
  await unmountAll();
  rmSync(stateFolder(), { recursive: true, force: true });
}

/** Ends what containerd started and does not take with it. */
async function endContainers(): Promise<void> {
  await waitUntil(
    'all containers ended',
    () => {
      const remaining = [...shims(), ...cgroupProcesses()];
      for (const process of remaining) signal(process, 'SIGKILL');
      return !remaining.length;
    },
    { seconds: 20 },
  );
}

/** Pods' mounts went with their namespace; these are what tests mounted on volumes of theirs. Removing the folder must not reach through one. */
async function unmountAll(): Promise<void> {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').trimEnd().split('\n').map((line) => line.split(' ')[4].replaceAll('\\040', ' '));
  const ours = mounts.filter((path) => path === stateFolder() || path.startsWith(`${stateFolder()}/`));
  for (const path of ours.reverse()) await run('umount', [path]);
}
