import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessIdentity, processWithId } from './process-identity';
import { stateName } from './state';
import { waitUntil } from './wait';

/** The cgroup that all pods live under, as the kubelet names it. */
export function cgroupRoot(): string {
  return `/${stateName('cdk8s-lifecycle')}`;
}

/** Makes the pods' cgroup in every hierarchy; the kubelet refuses one that does not exist. */
export function createCgroups(): void {
  for (const { parent, folder } of hierarchies()) {
    mkdirSync(folder, { recursive: true });
    for (const file of ['cpuset.cpus', 'cpuset.mems']) inherit(parent, folder, file);
    delegate(parent);
    delegate(folder);
  }
}

/** Every process of every pod. */
export function cgroupProcesses(): ProcessIdentity[] {
  const pids = hierarchies().flatMap(({ folder }) => tree(folder)).flatMap((folder) => lines(join(folder, 'cgroup.procs')));
  return [...new Set(pids)].map(processWithId).filter((process) => process !== undefined);
}

/** Removes the pods' cgroups once they are empty. */
export async function removeCgroups(): Promise<void> {
  await waitUntil(`the cgroups ${cgroupRoot()} are removed`, () => hierarchies().every(({ folder }) => tree(folder).reverse().every(removeFolder)), {
    seconds: 10,
  });
}

function hierarchies(): { readonly parent: string; readonly folder: string }[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').trimEnd().split('\n');
  const parents = mounts.filter((line) => / - cgroup2? /.test(line)).map((line) => line.split(' ')[4]);
  return parents.map((parent) => ({ parent, folder: join(parent, cgroupRoot()) }));
}

/** A folder and all below it, parents first. */
function tree(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const children = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...children.flatMap(({ name }) => tree(join(folder, name)))];
}

/** A new cpuset of version 1 is empty, and nothing can run in it. */
function inherit(parent: string, folder: string, file: string): void {
  if (existsSync(join(folder, file)) && !lines(join(folder, file)).length) writeFileSync(join(folder, file), readFileSync(join(parent, file)));
}

/** Version 2 grants controllers downwards, level by level. */
function delegate(folder: string): void {
  const [controllers] = lines(join(folder, 'cgroup.controllers'));
  if (!controllers) return;
  const granted = controllers.split(' ').map((controller) => `+${controller}`);
  writeFileSync(join(folder, 'cgroup.subtree_control'), granted.join(' '));
}

function removeFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function lines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);
  } catch {
    return []; // another hierarchy, or gone meanwhile
  }
}
