import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The command line as one file that needs no node_modules, and beside it the licences of what went into it. */
const OUTFILE = 'bin/cdk8s-lifecycle.js';
const NOTICES = 'bin/THIRD_PARTY_LICENSES.txt';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

function readPackage(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function bundledFolders(inputs: readonly string[]): string[] {
  const folders = inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

function notice(folder: string): string {
  const { name, version, license } = readPackage(folder);
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : 'The package ships no licence file; its package.json names the licence above.';
  if (!license) throw new Error(`${name} names no licence, so it cannot go into ${OUTFILE}`);
  return `${name} ${version} (${license})\n\n${text}\n`;
}

rmSync('bin', { recursive: true, force: true });
const { metafile } = buildSync({
  entryPoints: ['src/cli/main.ts'],
  outfile: OUTFILE,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  banner: { js: '#!/usr/bin/env node' },
  define: { 'process.env.CDK8S_LIFECYCLE_VERSION': JSON.stringify(readPackage('.').version) },
  metafile: true,
  logLevel: 'warning',
});
chmodSync(OUTFILE, 0o755);

const folders = bundledFolders(Object.keys(metafile.inputs)).filter((folder) => existsSync(join(folder, 'package.json')));
writeFileSync(NOTICES, `bin/cdk8s-lifecycle.js contains these packages.\n\n${folders.map(notice).join(`\n${'-'.repeat(80)}\n\n`)}`);
