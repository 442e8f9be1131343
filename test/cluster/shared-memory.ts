import { existsSync, readFileSync } from 'node:fs';
import { run } from './command';

const SEGMENTS = '/proc/sysvipc/shm';

/** Removes the System V shared memory that a killed process left behind: a PostgreSQL server's interlock outlives it. */
export async function removeSharedMemory(creator: number): Promise<void> {
  if (!existsSync(SEGMENTS) || creator === 0) return;
  const [header, ...rows] = readFileSync(SEGMENTS, 'utf8').trimEnd().split('\n').map((line) => line.trim().split(/\s+/));
  const [id, createdBy] = [header.indexOf('shmid'), header.indexOf('cpid')];
  for (const row of rows) {
    if (Number(row[createdBy]) === creator) await run('ipcrm', ['--shmem-id', row[id]]);
  }
}
