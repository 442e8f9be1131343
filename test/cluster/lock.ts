import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, ProcessIdentity, processWithId } from './process-identity';
import { stateFolder } from './state';
import { waitUntil } from './wait';

const PATIENCE = 120;

/**
 * Does something to the whole cluster while nobody else does.
 *
 * @throws an error if another process is at it for too long
 */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const file = `${stateFolder()}.lock`; // beside the folder, which is removed and made anew meanwhile
  await waitUntil(`the process named in ${file} has brought the cluster up or down`, () => take(file), { seconds: PATIENCE });
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  const holder = readHolder(file);
  if (holder && isAlive(holder)) return false;
  rmSync(file, { force: true });
  // Written elsewhere first: a lock is never seen without its holder.
  const ours = `${file}.${process.pid}`;
  writeFileSync(ours, JSON.stringify(processWithId(process.pid)));
  try {
    linkSync(ours, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(ours);
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
