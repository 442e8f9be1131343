import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Remembers which sources `lib/` and `bin/` were made from, so that nobody has to know when to compile. It lies beside them: work trees may share node_modules. */
const STAMP = 'lib/.compiled';
const INPUTS = ['src', 'projenrc', 'package.json', 'package-lock.json', 'tsconfig.json'];
const OUTPUTS = ['lib/index.js', 'lib/runner.js', 'bin/cdk8s-lifecycle.js', '.jsii'];

function digest(): string {
  const hash = createHash('sha256');
  const add = (path: string, isFolder: boolean) => {
    if (!isFolder) return void hash.update(path).update('\0').update(readFileSync(path)).update('\0');
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) add(join(path, entry.name), entry.isDirectory());
  };
  for (const input of INPUTS) add(input, !input.includes('.'));
  return hash.digest('hex');
}

function stamped(): string {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
}

if (process.argv[2] === 'stamp') {
  writeFileSync(STAMP, digest());
} else if (process.argv[2] === 'clean') {
  rmSync('lib', { recursive: true, force: true }); // what no source makes any more must not be published
} else if (stamped() !== digest() || !OUTPUTS.every((file) => existsSync(file))) {
  // Standard output belongs to whoever asked for the compilation: `cdk8s synth -p`, say.
  const { status } = spawnSync(process.execPath, [require.resolve('projen/bin/projen'), 'compile'], { stdio: ['ignore', 2, 2] });
  process.exitCode = status ?? 1;
}
