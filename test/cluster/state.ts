import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What is known of a running cluster: the content of `state.json`, written when everything is ready. */
export interface ClusterState {
  readonly started: string;
  /** Kubeconfig of a cluster administrator. */
  readonly kubeconfig: string;
  readonly auditLog: string;
  /** Address of this machine as pods see it; the bridge they are attached to. */
  readonly hostAddress: string;
  readonly bridge: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly nodes: { readonly real: string; readonly fake: string };
  /** Process ids by component; what `down` trusts is `processes/`, where each process registers itself. */
  readonly pids: Readonly<Record<string, number>>;
  /** Folder with `kubectl`, `helm3` and `helm4`, to be put on the PATH. */
  readonly bin: string;
}

/** The folder everything of the cluster lives in. */
export function stateFolder(): string {
  return resolve(process.env.CDK8S_LIFECYCLE_CLUSTER_DIR || join(tmpdir(), 'cdk8s-lifecycle-cluster'));
}

/** A path in the state folder. */
export function statePath(...segments: string[]): string {
  return join(stateFolder(), ...segments);
}

/** A name for things outside the folder (bridge, cgroup) that tells clusters of different folders apart and survives a lost `state.json`. */
export function stateName(prefix: string): string {
  return `${prefix}-${createHash('sha256').update(stateFolder()).digest('hex').slice(0, 8)}`;
}

/** Makes the state folder and folders in it. */
export function makeStateFolders(...names: string[]): void {
  mkdirSync(stateFolder(), { recursive: true });
  const { uid } = lstatSync(stateFolder());
  if (uid !== process.getuid?.()) {
    throw new Error(`${stateFolder()} belongs to another user: set CDK8S_LIFECYCLE_CLUSTER_DIR to a folder of your own.`);
  }
  for (const name of names) mkdirSync(statePath(name), { recursive: true });
}

/** The cluster that was brought up last, unless it has been taken down since. */
export function readState(): ClusterState | undefined {
  const file = statePath('state.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ClusterState) : undefined;
}

/** Declares the cluster up. */
export function writeState(state: ClusterState): void {
  writeFileSync(statePath('state.json.new'), JSON.stringify(state, undefined, 2), { mode: 0o600 });
  renameSync(statePath('state.json.new'), statePath('state.json'));
}
