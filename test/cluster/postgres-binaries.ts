import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const VERSIONS = '/usr/lib/postgresql';

/** Folders that hold a PostgreSQL server and its clients, the newest first; what Debian puts on the PATH are wrappers in Perl. */
export function postgresFolders(): string[] {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => join(VERSIONS, version, 'bin'));
  return folders.filter((folder) => ['postgres', 'psql', 'pg_dump'].every((name) => existsSync(join(folder, name))));
}

/**
 * The folder of the newest PostgreSQL on this machine.
 *
 * @throws an error that says what to install
 */
export function postgresFolder(): string {
  const [folder] = postgresFolders();
  if (!folder) throw new Error('PostgreSQL is missing: apt-get install postgresql (on Debian 12: postgresql-15, with postgresql-client-15)');
  return folder;
}
