import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where built and installed programs are kept, each in a folder named after what it is made of. */
export function toolsFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-lifecycle', 'tools');
}

/** The folder of what is made of these texts. */
export function cacheFolder(name: string, ...sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(source);
  return join(toolsFolder(), `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** Makes a folder of the cache, unless it is there: under another name until it is whole. */
export async function makeOnce(folder: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    await make(unfinished);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
