import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { configMap, hook } from '../conformance/manifests';
import { CLI, Ran, runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { createNamespace, deleteNamespace } from './namespace';

/* No telemetry and no update check: whatever a command does, it talks to the API server and to nobody else. */

const RECORD = resolve(__dirname, 'preload/record-connections.js');

let namespace: string;
let folder: string;
let kubeconfig: string;

beforeAll(async () => {
  namespace = await createNamespace('connections');
  folder = mkdtempSync(join(tmpdir(), 'connections-'));
  kubeconfig = (await testCluster()).kubeconfig;
  writeFileSync(file(), [configMap('settings'), hook('migrate', { on: 'post-install,pre-upgrade,pre-rollback,pre-delete,test' })].map((each) => JSON.stringify(each)).join('\n---\n'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await deleteNamespace(namespace);
});

function file(): string {
  return join(folder, 'web.yaml');
}

/** Runs a program under watch; returns how it ended, and each thing that it did towards the network once. */
async function watched(args: readonly string[]): Promise<{ readonly ran: Ran; readonly did: readonly string[] }> {
  const log = join(mkdtempSync(join(folder, 'log-')), 'connections');
  writeFileSync(log, '');
  const ran = await runProgram(process.execPath, ['--require', RECORD, ...args], { env: { KUBECONFIG: kubeconfig, RECORD_CONNECTIONS: log } });
  return { ran, did: [...new Set(readFileSync(log, 'utf8').split('\n').filter(Boolean))].sort() };
}

async function apiServer(): Promise<string> {
  const { clusters } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as { readonly clusters: readonly { readonly cluster: { readonly server: string } }[] };
  return `tcp ${new URL(clusters[0].cluster.server).host}`;
}

/** Every command that needs a cluster, with arguments that make it do its work, in an order in which they can. */
const COMMANDS: readonly (readonly [name: string, args: () => readonly string[]])[] = [
  ['rbac', () => ['rbac', 'web', file()]],
  ['plan', () => ['plan', 'web', file()]],
  ['install', () => ['install', 'web', file()]],
  ['upgrade', () => ['upgrade', 'web', file()]],
  ['test', () => ['test', 'web']],
  ['diff', () => ['diff', 'web', file()]],
  ['status', () => ['status', 'web']],
  ['history', () => ['history', 'web']],
  ['get', () => ['get', 'all', 'web']],
  ['logs', () => ['logs', 'web']],
  ['rollback', () => ['rollback', 'web', '1']],
  ['uninstall', () => ['uninstall', 'web']],
];

test.each(COMMANDS)('%s talks to the API server and to nobody else', async (_, args) => {
  const { ran, did } = await watched([CLI, ...args(), '-n', namespace]);
  succeeded(ran);
  expect(did).toEqual([await apiServer()]);
});

test.each(['--version', '--help'])('%s talks to nobody', async (flag) => {
  const { ran, did } = await watched([CLI, flag]);
  succeeded(ran);
  expect(did).toEqual([]);
});

test('lint reads manifests and talks to nobody', async () => {
  const { ran, did } = await watched([CLI, 'lint', file()]);
  expect([ran.stderr, ran.stdout.length > 0, did]).toEqual(['', true, []]);
});

test('every command is watched', async () => {
  const help = succeeded(await runProgram(process.execPath, [CLI, '--help']));
  const commands = [...help.slice(help.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(([, name]) => name).filter((name) => name !== 'help');
  expect([...COMMANDS.map(([name]) => name), 'lint'].sort()).toEqual(commands.sort());
});

test('whoever watches sees connections, names, datagrams and processes', async () => {
  const script = join(folder, 'talkative.js');
  writeFileSync(script, `
    require('net').connect(9, '127.0.0.1').on('error', () => undefined);
    require('https').get('https://127.0.0.1:9').on('error', () => undefined);
    fetch('http://localhost:65500').catch(() => undefined);
    require('dgram').createSocket('udp4').send('x', 9, '127.0.0.1', function () { this.close(); });
    require('child_process').spawn('true');
  `);
  const { did } = await watched([script]);
  expect(did).toEqual(expect.arrayContaining(['dns localhost', 'process true', 'tcp 127.0.0.1:9', 'tcp localhost:65500', 'udp']));
});
