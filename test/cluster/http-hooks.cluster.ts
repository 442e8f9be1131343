import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { CacheWarmHook, CleanupHook, HealthCheckHook, HookEvent, HookJob, HookPod, NotificationHook, SeedHook, TestHook, WaitFor } from '../../src';
import { Server, serve } from '../hooks/run-container';
import { Ran, lifecycle, runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { apply, getObject, kubectl } from './kubectl';
import { createNamespace, deleteNamespace, restrict } from './namespace';
import { waitUntil } from './wait';

/* What speaks HTTP and TCP, in real containers that the restricted Pod Security profile admits, against a server of this machine and the real API server. */

let namespace: string;
let folder: string;
let server: Server;
let host: string;

beforeAll(async () => {
  namespace = await createNamespace('http-hooks');
  await restrict(namespace);
  folder = mkdtempSync(join(tmpdir(), 'http-hooks-'));
  host = (await testCluster()).hostAddress;
  server = await serve({ '/healthz': [503, 200], '/a': [200], '/b': [200], '/chat': [200] }, '0.0.0.0');
  await apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'chat' }, stringData: { url: `http://${host}:${server.port}/chat\n` } }], namespace);
});

afterAll(async () => {
  await server?.close();
  await deleteNamespace(namespace);
  rmSync(folder, { recursive: true, force: true });
});

function manifests(name: string, add: (chart: Chart) => void): string {
  const app = new App();
  add(new Chart(app, name, { disableResourceNameHashes: true }));
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, app.synthYaml());
  return file;
}

async function ours(...args: string[]): Promise<Ran> {
  return lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
}

test('a release is checked, warmed and told of, by containers that wait first', async () => {
  const url = `http://${host}:${server.port}`;
  const file = manifests('shop', (chart) => {
    const waitFor = [WaitFor.tcp(host, server.port)];
    const healthy = new HealthCheckHook(chart, 'healthy', { url: `${url}/healthz`, expectStatus: 200, interval: Duration.seconds(1), waitFor });
    const port = new HealthCheckHook(chart, 'port', { tcp: { host, port: server.port } });
    const warm = new CacheWarmHook(chart, 'warm', { urls: [`${url}/a`, `${url}/b`], required: true });
    const secret = kplus.Secret.fromSecretName(chart, 'chat', 'chat');
    const notify = new NotificationHook(chart, 'notify', { slack: { secret, key: 'url' }, message: 'shop "1.0.0" is live', required: true });
    warm.after(healthy, port);
    notify.after(warm);
    const busybox = { image: 'docker.io/library/busybox:1.35', user: 65534 };
    new SeedHook(chart, 'seed', { ...busybox, command: ['echo', 'seeded'] });
    new CleanupHook(chart, 'cleanup', { ...busybox, command: ['echo', 'cleaned up'] });
    new TestHook(chart, 'test', { ...busybox, command: ['true'] });
    new HookPod(chart, 'pod', { ...busybox, on: [HookEvent.TEST], command: ['true'] });
  });
  expect(succeeded(await ours('install', 'shop', file, '--hook-logs', 'all'))).toContain('seeded');
  expect(server.requests.filter(({ path }) => path !== '/healthz').map(({ path, body }) => [path, body])).toEqual(
    expect.arrayContaining([['/a', ''], ['/b', ''], ['/chat', '{"text":"shop \\"1.0.0\\" is live"}']]),
  );
  expect(server.requests.filter(({ path }) => path === '/healthz')).toHaveLength(2);
  expect(succeeded(await ours('test', 'shop'))).toContain('succeeded');
  expect(succeeded(await ours('uninstall', 'shop'))).toContain('cleaned up');
});

/** Installs by one of the programs that could. */
async function install(program: 'ours' | 'helm3' | 'helm4', release: string, file: string): Promise<Ran> {
  if (program === 'ours') return ours('install', release, file);
  const chart = join(folder, `${program}-${release}`);
  mkdirSync(join(chart, 'templates'), { recursive: true });
  copyFileSync(file, join(chart, 'templates/all.yaml'));
  writeFileSync(join(chart, 'Chart.yaml'), `apiVersion: v2\nname: ${release}\nversion: 1.0.0\n`);
  const cluster = await testCluster();
  return runProgram(cluster[program], ['install', release, chart, '-n', namespace], { env: { KUBECONFIG: cluster.kubeconfig } });
}

test.each(['ours', 'helm3', 'helm4'] as const)('a pre-install Job brings its account and its role, waits for another Job by them, and leaves neither behind: %s', async (program) => {
  const { hostname, port } = new URL(await kubectl(['config', 'view', '--minify', '--output=jsonpath={.clusters[0].cluster.server}']));
  const release = `setup-${program}`;
  const file = manifests(release, (chart) => {
    const job = { on: [HookEvent.PRE_INSTALL], image: 'docker.io/library/busybox:1.35', user: 65534, command: ['true'] };
    const first = new HookJob(chart, 'first', job);
    const serviceAccount = new kplus.ServiceAccount(chart, 'account');
    const role = new kplus.Role(chart, 'role');
    role.allowRead(kplus.ApiResource.JOBS);
    role.bind(serviceAccount);
    const second = new HookJob(chart, 'second', { ...job, serviceAccount, waitFor: [WaitFor.job(`${release}-first`)] });
    const [{ env }] = second.job.initContainers; // this cluster has no proxy for Services
    env.addVariable('KUBERNETES_SERVICE_HOST', kplus.EnvValue.fromValue(hostname));
    env.addVariable('KUBERNETES_SERVICE_PORT', kplus.EnvValue.fromValue(port));
    second.after(first);
    second.bringsItsOwn();
  });
  succeeded(await install(program, release, file));
  expect(await kubectl(['logs', `job/${release}-second`, '-c', `wait-for-job-${release}-first`], { namespace })).toBe(`Job ${release}-first is there\n`);
  const left = await getObject<{ items: { kind: string; metadata: { name: string } }[] }>('serviceaccounts,roles,rolebindings', namespace);
  expect(left.items.map(({ kind, metadata }) => `${kind}/${metadata.name}`).filter((each) => each !== 'ServiceAccount/default')).toEqual([]);
});

test('who waits in vain fails the hook with what was missing', async () => {
  const file = manifests('late', (chart) => {
    const waitFor = [WaitFor.tcp(host, 1, { timeout: Duration.seconds(2), interval: Duration.seconds(1) })];
    new HookJob(chart, 'late', { on: [HookEvent.PRE_INSTALL], image: 'docker.io/library/busybox:1.35', user: 65534, command: ['true'], waitFor });
  });
  const ran = await ours('install', 'late', file);
  expect(ran.code).not.toBe(0);
  expect(ran.stdout + ran.stderr).toMatch(new RegExp(`waited \\d+ s for ${host}:1: Failed to connect`));
});

test('a Pod that waits ends as soon as it is deleted', async () => {
  const file = manifests('deleted', (chart) => {
    const waitFor = [WaitFor.tcp(host, 1, { interval: Duration.seconds(30) })];
    new HookPod(chart, 'pod', { on: [HookEvent.TEST], image: 'docker.io/library/busybox:1.35', user: 65534, command: ['true'], waitFor });
  });
  await kubectl(['create', `--filename=${file}`], { namespace });
  const said = () => kubectl(['logs', 'deleted-pod', `--container=wait-for-${host.replaceAll('.', '-')}-1`], { namespace }).catch(() => ''); // it has not begun
  await waitUntil('it waits', async () => (await said()).includes('waiting for'), { seconds: 60 });
  const before = Date.now();
  await kubectl(['delete', 'pod', 'deleted-pod'], { namespace });
  expect(Date.now() - before).toBeLessThan(10_000); // Kubernetes kills it after thirty
});
