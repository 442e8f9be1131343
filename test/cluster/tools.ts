import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './command';
import { cacheFolder, makeOnce } from './tool-cache';

/** Programs built together from one Go module of `test/tools/`. */
export interface ToolGroup {
  /** Folder under `test/tools/`. */
  readonly name: string;
  /** The module that decides the version of its programs. */
  readonly module: string;
  /** Name of a program → the package it is built from. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variables that carry the version; without them the programs call themselves v0.0.0. */
  readonly stamps?: (tag: string) => Readonly<Record<string, string>>;
  /** Build constraints to satisfy. */
  readonly tags?: readonly string[];
  /** How long the first build takes on two cores. */
  readonly minutes: number;
}

/** Every program that the test cluster needs and Debian does not package. */
const TOOL_GROUPS: readonly ToolGroup[] = [
  {
    name: 'kubernetes',
    module: 'k8s.io/kubernetes',
    programs: Object.fromEntries(
      ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kubectl'].map((name) => [name, `k8s.io/kubernetes/cmd/${name}`]),
    ),
    stamps: (tag) => {
      const [major, minor] = tag.slice(1).split('.');
      const variable = 'k8s.io/component-base/version';
      return { [`${variable}.gitVersion`]: tag, [`${variable}.gitMajor`]: major, [`${variable}.gitMinor`]: minor };
    },
    minutes: 6,
  },
  { name: 'etcd', module: 'go.etcd.io/etcd/server/v3', programs: { etcd: 'go.etcd.io/etcd/server/v3' }, minutes: 1 },
  {
    name: 'kwok',
    module: 'sigs.k8s.io/kwok',
    programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
    minutes: 2,
  },
  {
    name: 'helm3',
    module: 'helm.sh/helm/v3',
    programs: { helm3: 'helm.sh/helm/v3/cmd/helm' },
    stamps: (tag) => ({ 'helm.sh/helm/v3/internal/version.version': tag }),
    minutes: 2,
  },
  {
    name: 'helm4',
    module: 'helm.sh/helm/v4',
    programs: { helm4: 'helm.sh/helm/v4/cmd/helm' },
    stamps: (tag) => ({ 'helm.sh/helm/v4/internal/version.version': tag }),
    minutes: 2,
  },
];

/** Path of every built program by its name. */
export type Tools = Readonly<Record<string, string>>;

/** Builds what is not in the cache yet, one program at a time, and says so. */
export async function buildTools(say: (line: string) => void = console.error): Promise<Tools> {
  for (const group of TOOL_GROUPS) await buildGroup(group, say);
  return tools();
}

/** Where the programs are, whether or not they are built yet. */
export function tools(): Tools {
  const paths = TOOL_GROUPS.flatMap((group) => Object.keys(group.programs).map((program) => [program, join(groupFolder(group), program)]));
  return Object.fromEntries(paths);
}

/** Builds the programs of a group, unless they are in the cache, and returns their folder. */
export async function buildGroup(group: ToolGroup, say: (line: string) => void): Promise<string> {
  const folder = groupFolder(group);
  if (!existsSync(folder)) say(`building ${group.name} ${version(group)} (once; about ${group.minutes} min on two cores)`);
  await makeOnce(folder, async (unfinished) => {
    for (const [program, source] of Object.entries(group.programs)) {
      const start = Date.now();
      const flags = ['-trimpath', '-buildvcs=false', '-ldflags', linkerFlags(group), ...(group.tags ? ['-tags', group.tags.join()] : [])];
      const args = ['build', ...flags, '-o', join(unfinished, program), source];
      await run('nice', ['go', ...args], { cwd: moduleFolder(group), env: { ...process.env, CGO_ENABLED: '0' } });
      say(`  ${program} ${Math.round((Date.now() - start) / 1000)} s`);
    }
  });
  return folder;
}

/** The folder of the cache that a group is built into. */
export function groupFolder(group: ToolGroup): string {
  return cacheFolder(group.name, moduleFile(group, 'go.mod'), moduleFile(group, 'go.sum'), linkerFlags(group), ...(group.tags ?? []));
}

function linkerFlags(group: ToolGroup): string {
  const stamps = Object.entries(group.stamps?.(version(group)) ?? {});
  return ['-s', '-w', ...stamps.map(([variable, value]) => `-X ${variable}=${value}`)].join(' ');
}

function version(group: ToolGroup): string {
  const required = moduleFile(group, 'go.mod')
    .split('\n')
    .map((line) => line.trim().split(' '))
    .find(([module]) => module === group.module);
  if (!required) throw new Error(`${join(moduleFolder(group), 'go.mod')} does not require ${group.module}`);
  return required[1];
}

function moduleFile(group: ToolGroup, name: string): string {
  return readFileSync(join(moduleFolder(group), name), 'utf8');
}

function moduleFolder(group: ToolGroup): string {
  return resolve(__dirname, '..', 'tools', group.name);
}
