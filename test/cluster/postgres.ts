import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCluster } from './cluster';
import { run } from './command';
import { freePorts } from './network';
import { endProcess, startProcess } from './processes';
import { makeStateFolders, statePath } from './state';
import { waitUntil } from './wait';

/** Where a server lives. */
export interface PostgresOptions {
  /**
   * The address it listens on.
   *
   * @default - the one at which pods reach this machine
   */
  readonly address?: string;
  /**
   * The folder of its data, which is made, and removed by `stop`.
   *
   * @default - one in the state folder
   */
  readonly folder?: string;
}

/** A PostgreSQL server of this machine. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** A superuser. */
  readonly user: string;
  readonly password: string;
  /** The file of what it logs. */
  readonly log: string;
  /** Runs statements and returns their rows: a line each, columns separated by `|`. */
  sql(statements: string, database?: string): Promise<string>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

const USER = 'postgres';

/** Starts a PostgreSQL server with data of its own; `cluster down` ends it too. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const cluster = await testCluster();
  const host = options.address ?? cluster.hostAddress;
  const bin = cluster.postgresBin();
  const name = `postgres-${randomBytes(3).toString('hex')}`;
  const folder = options.folder ?? statePath('postgres', name);
  const data = join(folder, 'data');
  const password = randomBytes(12).toString('hex');
  await createData(bin, folder, data, password);

  const { port } = await freePorts(host, 'port');
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const server = startProcess({
    name,
    command: [...AS_USER, join(bin, 'postgres'), '-D', data, '-h', host, '-p', String(port), '-k', '', ...settings],
    stopSignal: 'SIGQUIT', // at once, and yet it removes its shared memory
  });
  const connection = ['--host', host, '--port', String(port), '--username', USER];
  const isReady = () => run(join(bin, 'pg_isready'), connection).then(() => true, () => false);
  const stop = async () => {
    await endProcess(name);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntil('PostgreSQL answers', isReady, { seconds: 30, process: server });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    host,
    port,
    user: USER,
    password,
    log: server.log,
    sql: async (statements, database = 'postgres') => {
      const plain = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1', '--dbname', database];
      const rows = await run(join(bin, 'psql'), [...connection, ...plain], { input: statements, env: { ...process.env, PGPASSWORD: password } });
      return rows.trimEnd();
    },
    stop,
  };
}

// The server refuses to run as root. Without a fork, unlike runuser: the process that registered itself is the server.
const AS_USER = ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--init-groups', '--'];

const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'dynamic_shared_memory_type=mmap', // in its data folder: /dev/shm would keep it after a crash
  'max_connections=50',
  'shared_buffers=16MB',
];

async function createData(bin: string, folder: string, data: string, password: string): Promise<void> {
  makeStateFolders();
  mkdirSync(folder, { recursive: true });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  await run('chown', [`${USER}:${USER}`, folder, passwordFile]);
  const [asUser, ...userArgs] = AS_USER;
  const access = [`--username=${USER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const init = ['-D', data, ...access, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  await run(asUser, [...userArgs, join(bin, 'initdb'), ...init], { cwd: '/' });
  appendFileSync(join(data, 'pg_hba.conf'), 'host all all all scram-sha-256\n');
}
