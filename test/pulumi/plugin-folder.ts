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
  const server = join(folder, 'kubernetes.js');
  await build({
    entryPoints: [join(REPOSITORY, 'test/pulumi/plugins/kubernetes/main.ts')],
    outfile: server,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  addPlugin(folder, 'kubernetes', '"$NODE" "$SERVER"', { NODE: process.execPath, SERVER: server });
  // What ships with the command line: the server of the SDK that the program's folder has.
  const find = "require('node:path').resolve(require.resolve('@pulumi/pulumi/cmd/dynamic-provider'))";
  addPlugin(folder, 'pulumi-nodejs', '"$NODE" "$("$NODE" --print "$FIND")"', { NODE: process.execPath, FIND: find });
  return folder;
}

/** Removes what this run has made. */
export function removePlugins(): void {
  const folder = process.env[VARIABLE];
  if (folder) rmSync(folder, { recursive: true, force: true });
}

/** No program of the tests asks for a version that would not do. */
const VERSION = 'v4.34.2';

function addPlugin(folder: string, name: string, command: string, variables: Readonly<Record<string, string>>): void {
  const home = join(folder, `resource-${name}-${VERSION}`);
  mkdirSync(home);
  const values = Object.entries(variables).map(([variable, value]) => `${variable}='${value.replaceAll("'", "'\\''")}'`);
  writeFileSync(join(home, `pulumi-resource-${name}`), ['#!/bin/sh', ...values, `exec ${command} "$@"`, ''].join('\n'), { mode: 0o755 });
}
