import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { HIDDEN_FOLDERS } from './container-runtime';
import { BUSYBOX, CNI_PLUGINS } from './host-files';
import { postgresFolders } from './postgres-binaries';
import { stateFolder } from './state';
import { toolsFolder } from './tool-cache';

const PACKAGES = 'apt-get install containerd runc containernetworking-plugins busybox-static curl postgresql tmux';

/**
 * Checks that a cluster can be run on this machine.
 *
 * @throws an error that says in one sentence what is missing and how to get it
 */
export function requireHost(): void {
  if (process.platform !== 'linux') throw new Error('The test cluster runs on Linux: set CDK8S_LIFECYCLE_KUBECONFIG to use a cluster elsewhere.');
  requireRoot();
  requireGo();
  requirePackages();
  requireVisible(stateFolder(), 'CDK8S_LIFECYCLE_CLUSTER_DIR');
  requireVisible(toolsFolder(), 'XDG_CACHE_HOME');
}

/** Checks that this process may start and end containers. */
export function requireRoot(): void {
  if (process.getuid?.() !== 0) throw new Error('The test cluster needs root, for containers and a network bridge: run it as root or with sudo -E.');
}

/** Checks that programs can be built from Go modules. */
export function requireGo(): void {
  if (!onPath('go')) throw new Error('Go 1.26 or newer is missing: install it from https://go.dev/dl and put it on the PATH.');
}

/** Checks that programs can be had from Maven Central. */
export function requireMaven(): void {
  if (!onPath('mvn')) throw new Error('Maven is missing: apt-get install maven');
}

function requirePackages(): void {
  const missing = [
    ...['containerd', 'ctr', 'runc', 'ip', 'unshare', 'curl', 'tmux'].filter((program) => !onPath(program)),
    ...[...['bridge', 'host-local', 'loopback'].map((plugin) => join(CNI_PLUGINS, plugin)), BUSYBOX].filter((path) => !existsSync(path)),
    ...(postgresFolders().length ? [] : ['PostgreSQL']),
  ];
  if (missing.length) throw new Error(`${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing: ${PACKAGES}`);
}

function requireVisible(folder: string, variable: string): void {
  const hiding = HIDDEN_FOLDERS.find((hidden) => folder.startsWith(`${hidden}/`));
  if (hiding) throw new Error(`The node's programs do not see ${hiding}, and ${folder} is there: set ${variable} to a folder elsewhere.`);
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(resolve(folder, program)));
}
