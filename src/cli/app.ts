import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { BadInputError } from '../release';
import { messageOf } from '../vocabulary';
import { ManifestInput, readManifestFiles } from './manifest-files';
import { shellWords } from './shell-words';

function isMissing(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Runs a cdk8s program and reads what it synthesized. There is no shell in between, and its own output goes to standard error. */
export function synthesize(command: string): ManifestInput {
  const [program, ...args] = shellWords(command);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-lifecycle-'));
  try {
    const { error, status, signal } = spawnSync(program, args, { env: { ...process.env, CDK8S_OUTDIR: folder }, stdio: ['ignore', 2, 2] });
    const failure = error ? (isMissing(error) ? `there is no program ${program}` : messageOf(error)) : status === 0 ? undefined : signal ? `it was ended by ${signal}` : `it exited ${status}`;
    if (failure !== undefined) throw new BadInputError([{ message: `the program of --app failed: ${failure}`, remedy: `Run it by itself: ${command}` }], error);
    const { files, chart } = readManifestFiles([folder]);
    return { files: files.map(({ path, text }) => ({ path: relative(folder, path), text })), chart };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
