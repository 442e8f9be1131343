import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pluginFolder } from './plugin-folder';

const REPOSITORY = resolve(__dirname, '../..');

/** The packages that a user's project has; providers are resolved from its folder. */
const INSTALLED = ['@kubernetes/client-node', '@pulumi/kubernetes', '@pulumi/pulumi', 'cdk8s', 'cdk8s-plus-27', 'constructs'];

/** Name of the project of every stack. */
export const PROJECT = 'shop';

/** A user's project, and what Pulumi keeps of it, all in one temporary folder. */
export interface ProjectFolder {
  readonly root: string;
  /** Where `pulumi` is run. */
  readonly program: string;
  /** PULUMI_HOME */
  readonly home: string;
  /** What the backend keeps: states, their history, locks. */
  readonly backend: string;
  /** Logs that only the tests ask for. */
  readonly logs: string;
}

/** Makes the folder; `cdk8s-lifecycle` is the compiled package of this repository, behind its `exports`. */
export function createProjectFolder(): ProjectFolder {
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-lifecycle-pulumi-'));
  const folder = { root, program: join(root, 'program'), home: join(root, 'home'), backend: join(root, 'backend'), logs: join(root, 'logs') };
  for (const path of [folder.program, folder.home, folder.backend, folder.logs]) mkdirSync(path);
  symlinkSync(pluginFolder(), join(folder.home, 'plugins'));
  writeFileSync(join(folder.program, 'Pulumi.yaml'), `name: ${PROJECT}\nruntime: nodejs\n`);
  install(folder.program, 'cdk8s-lifecycle', REPOSITORY);
  for (const name of INSTALLED) install(folder.program, name, join(REPOSITORY, 'node_modules', name));
  return folder;
}

function install(program: string, name: string, source: string): void {
  const link = join(program, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(source, link);
}
