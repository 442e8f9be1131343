import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { BackupHook, CacheWarmHook, Database, DatabaseSetupHook, HealthCheckHook, HookEvent, HookJob, NotificationHook, RestoreHook, WaitFor } from '../../src';
import { Container, SHELLS, podOf, refusingPort, startContainer } from '../hooks/run-container';
import { newChart } from '../hooks/synth';
import { runProgram, succeeded } from './cli';
import { startPostgres } from './postgres';
import { postgresFolder } from './postgres-binaries';
import { waitUntil } from './wait';

/* What a Pod does that is deleted while its script waits: Kubernetes sends TERM to the first process of a container, and kills it 30 seconds later. */

/** A server that accepts connections, says nothing, and knows how many there were. */
interface SilentServer {
  readonly port: number;
  readonly asked: () => number;
  readonly close: () => void;
}

async function silentServer(): Promise<SilentServer> {
  let asked = 0;
  const server = createServer((socket) => {
    asked += 1;
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, asked: () => asked, close: () => server.close() };
}

/** A hook, and where it waits: a port that refuses, or a server that does not answer. */
type Case = readonly [string, 'refused' | 'silent', (chart: Chart, port: number) => void];

const claim = (chart: Chart) => kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'dumps');
const secret = (chart: Chart) => kplus.Secret.fromSecretName(chart, 'secret', 'secret');
const database = (chart: Chart, port: number, name = 'shop') =>
  Database.postgres({ host: '127.0.0.1', port, name, user: name, password: { secret: kplus.Secret.fromSecretName(chart, name, name), key: 'password' } });
const waitsFor = (chart: Chart, waitFor: WaitFor) => void new HookJob(chart, 'hook', { on: [HookEvent.TEST], image: 'shop:1', waitFor: [waitFor] });

const CASES: readonly Case[] = [
  ['WaitFor.tcp between two attempts', 'refused', (chart, port) => waitsFor(chart, WaitFor.tcp('127.0.0.1', port, { interval: Duration.seconds(20) }))],
  ['WaitFor.http that gets no answer', 'silent', (chart, port) => waitsFor(chart, WaitFor.http(`http://127.0.0.1:${port}`))],
  ['WaitFor.postgres that gets no answer', 'silent', (chart, port) => waitsFor(chart, WaitFor.postgres(database(chart, port)))],
  ['HealthCheckHook', 'silent', (chart, port) => void new HealthCheckHook(chart, 'hook', { url: `http://127.0.0.1:${port}` })],
  ['CacheWarmHook', 'silent', (chart, port) => void new CacheWarmHook(chart, 'hook', { urls: [`http://127.0.0.1:${port}`] })],
  ['NotificationHook', 'silent', (chart) => void new NotificationHook(chart, 'hook', { webhook: { secret: secret(chart), key: 'url' }, message: 'live' })],
  ['DatabaseSetupHook', 'silent', (chart, port) => void new DatabaseSetupHook(chart, 'hook', { database: database(chart, port), admin: database(chart, port, 'admin') })],
  ['BackupHook', 'silent', (chart, port) => void new BackupHook(chart, 'hook', { database: database(chart, port), destination: claim(chart) })],
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'termination-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The container that runs first, with its dumps in a folder of this machine. */
function firstContainer(add: (chart: Chart, port: number) => void, port: number): Container {
  const chart = newChart();
  add(chart, port);
  const { initContainers = [], containers } = podOf(chart, 'web-hook');
  const [{ env = [], ...container }] = [...initContainers, ...containers];
  return { ...container, env: env.map((each) => (each.name === 'BACKUPS' ? { ...each, value: folder } : each)) };
}

/** Starts the script as the first process of a container is started: for others it is the kernel that ends them. */
function startFirstProcess(container: Container, shell: readonly string[], others: Readonly<Record<string, string>>): ChildProcess {
  return startContainer(container, ['unshare', '--pid', '--fork', '--kill-child', ...shell], others);
}

function childOf({ pid }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
}

/** Deletes the Pod of a script, as far as it notices, and lets it end in time. */
async function terminate(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  const before = Date.now();
  process.kill(childOf(child), 'SIGTERM');
  expect(await ended).toEqual([143, null]);
  expect(Date.now() - before).toBeLessThan(2000);
}

describe.each(SHELLS)('%s', (_, shell) => {
  test.each(CASES)('%s ends at once when its Pod is deleted', async (__, place, add) => {
    const server = await silentServer();
    const port = place === 'silent' ? server.port : await refusingPort();
    const others = { URL: `http://127.0.0.1:${port}`, PGPASSWORD: 'x', NEW_PASSWORD: 'x' };
    const child = startFirstProcess(firstContainer(add, port), shell, others);
    try {
      let stdout = '';
      child.stdout!.on('data', (chunk) => void (stdout += String(chunk)));
      await waitUntil('it waits', () => (place === 'silent' ? server.asked() > 0 : stdout.includes('waiting for ')), { seconds: 10 });
      await terminate(child);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      child.kill('SIGKILL');
      server.close();
    }
  }, 20_000);

  test('RestoreHook ends at once when its Pod is deleted, and has changed nothing', async () => {
    const postgres = await startPostgres({ address: '127.0.0.1' });
    const env = { PGHOST: postgres.host, PGPORT: String(postgres.port), PGUSER: postgres.user, PGPASSWORD: postgres.password, PGDATABASE: 'shop' };
    const children: ChildProcess[] = [];
    try {
      await postgres.sql('CREATE DATABASE shop');
      await postgres.sql('CREATE TABLE visitors (id int); INSERT INTO visitors VALUES (1)', 'shop');
      const dump = join(folder, 'shop.dump');
      succeeded(await runProgram(join(postgresFolder(), 'pg_dump'), ['--format=custom', `--file=${dump}`], { env }));
      const lock = ['--quiet', '--command=BEGIN', '--command=LOCK TABLE visitors', '--command=SELECT pg_sleep(60)'];
      children.push(spawn(join(postgresFolder(), 'psql'), lock, { env: { ...process.env, ...env }, stdio: 'ignore' }));
      const waits = (words: string) => postgres.sql(`SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop' AND ${words}`);
      await waitUntil('the table is locked', async () => (await waits("query LIKE 'SELECT pg_sleep%'")) === '1', { seconds: 10 });

      const restore = (chart: Chart, port: number) => void new RestoreHook(chart, 'hook', { database: database(chart, port), source: claim(chart), dump: 'shop.dump' });
      const { env: own = [], ...container } = firstContainer(restore, postgres.port);
      const connected = { ...container, env: own.filter(({ name }) => !name.startsWith('PG')) };
      children.push(startFirstProcess(connected, shell, { ...env, PATH: `${postgresFolder()}:${process.env.PATH}` }));
      await waitUntil('the restore waits for the table', async () => (await waits("wait_event_type = 'Lock'")) === '1', { seconds: 10 });
      await terminate(children[1]);
      await postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"); // it lets go of the table
      await waitUntil('nobody is connected', async () => (await waits('true')) === '0', { seconds: 10 });
      expect(await postgres.sql('SELECT count(*) FROM visitors', 'shop')).toBe('1');
    } finally {
      for (const child of children) child.kill('SIGKILL');
      await postgres.stop();
      rmSync(join(folder, 'shop.dump'), { force: true });
    }
  }, 60_000);
});
