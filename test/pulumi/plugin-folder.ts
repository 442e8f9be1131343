import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const REPOSITORY = resolve(__dirname, '../..');
const VARIABLE = 'CDK8S_LIFECYCLE_PULUMI_PLUGINS';

/** The plugins as Pulumi keeps what it has installed. Made once a run of the tests, for all of their processes. */
export function pluginFolder(): string {
  const folder = process.env[VARIABLE];
  if (!folder) throw new Error('The plugins are made by test/pulumi/global-setup.ts: run the tests with npm run test:pulumi');
  return folder;
}

/** Makes the plugins and returns their folder. */
export async function makePlugins(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-lifecycle-pulumi-plugins-'));
  process.env[VARIABLE] = folder;
  for (const [name, version] of Object.entries(BUILT)) {
    const server = join(folder, `${name}.js`);
    const entryPoints = [join(REPOSITORY, 'test/pulumi/plugins', name, 'main.ts')];
    await build({ entryPoints, outfile: server, bundle: true, platform: 'node', target: 'node20', logLevel: 'error' });
    addPlugin(folder, `${name}-${version}`, '"$NODE" "$SERVER"', { NODE: process.execPath, SERVER: server });
  }
  // What ships with the command line: the server of the SDK that the program's folder has.
  const find = "require('node:path').resolve(require.resolve('@pulumi/pulumi/cmd/dynamic-provider'))";
  addPlugin(folder, `pulumi-nodejs-${SDK_VERSION}`, '"$NODE" "$("$NODE" --print "$FIND")"', { NODE: process.execPath, FIND: find });
  return folder;
}

/** Removes what this run has made. */
export function removePlugins(): void {
  const folder = process.env[VARIABLE];
  if (folder) rmSync(folder, { recursive: true, force: true });
}

/** The plugins of `test/pulumi/plugins`, in the versions that the packages of programs ask for. */
const BUILT = { kubernetes: 'v4.34.2', command: 'v1.2.1' };

/** No program asks for another. */
const SDK_VERSION = 'v4.34.2';

function addPlugin(folder: string, plugin: string, command: string, variables: Readonly<Record<string, string>>): void {
  const name = plugin.replace(/-v[0-9.]+$/, '');
  const home = join(folder, `resource-${plugin}`);
  mkdirSync(home);
  const values = Object.entries(variables).map(([variable, value]) => `${variable}='${value.replaceAll("'", "'\\''")}'`);
  writeFileSync(join(home, `pulumi-resource-${name}`), ['#!/bin/sh', ...values, `exec ${command} "$@"`, ''].join('\n'), { mode: 0o755 });
}
