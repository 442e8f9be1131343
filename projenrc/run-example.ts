import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** Runs a program of examples/ on the sources as they are: the package's own names lead to src/, so nothing has to be compiled before. */
const [, , program, ...args] = process.argv;
const outfile = join('node_modules/.cache/cdk8s-lifecycle', program.replace(/[^\w]+/g, '-').concat('.js'));

buildSync({
  entryPoints: [program],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  packages: 'external',
  define: { __dirname: JSON.stringify(resolve(dirname(program))) }, // the example's folder, where its SQL is, not that of the bundle
  alias: { 'cdk8s-lifecycle/runner': resolve('src/runner.ts'), 'cdk8s-lifecycle': resolve('src/index.ts') },
  logLevel: 'warning',
});

const { status } = spawnSync(process.execPath, ['--enable-source-maps', outfile, ...args], { stdio: 'inherit' });
process.exitCode = status ?? 1;
