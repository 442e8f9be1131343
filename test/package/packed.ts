import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';

/** The repository. */
export const ROOT = resolve(__dirname, '../..');

/** A folder for the length of a test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-lifecycle-package-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment without what the npm that started the tests says about this repository. */
function environment(): NodeJS.ProcessEnv {
  const ofThisPackage = /^(npm_(package|lifecycle|config_local_prefix)|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisPackage.test(name)));
}

/** Runs a program to its end and returns what it printed; both its streams are in the error if it fails. */
export function run(command: string, args: readonly string[], { cwd, env }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }): string {
  const { error, status, stdout, stderr } = spawnSync(command, args, { cwd, env: { ...environment(), ...env }, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Every file below a folder, with `/` between the parts of its path. */
export function filesBelow(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => statSync(join(folder, path)).isFile()).map((path) => path.split(sep).join('/')).sort();
}

/** The package as npm would publish it. */
export interface Packed {
  readonly tarball: string;
  readonly bytes: number;
  /** Paths inside of the package. */
  readonly files: readonly string[];
  readonly read: (file: string) => Buffer;
}

/** Packs what is compiled now. */
export function pack(into: string): Packed {
  const [{ filename, size }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', into], { cwd: ROOT })) as [{ filename: string; size: number }];
  const tarball = join(into, filename);
  const unpacked = join(into, 'unpacked');
  mkdirSync(unpacked);
  run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'], { cwd: into });
  return { tarball, bytes: size, files: filesBelow(unpacked), read: (file) => readFileSync(join(unpacked, file)) };
}
