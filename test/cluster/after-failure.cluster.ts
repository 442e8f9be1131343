import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HookEvent, HookJob, MigrationHook, NotificationHook } from '../../src';
import { Server, serve } from '../hooks/run-container';
import { Background } from './background';
import { lifecycle, runProgram, succeeded } from './cli';
import { TestCluster, testCluster } from './cluster';
import { apply, getObject } from './kubectl';
import { withNamespace } from './namespace';
import { waitUntil } from './wait';

/* A maintenance page around an upgrade that fails, or is interrupted: real containers ask a server of this machine to put it up and to take it down. */

let cluster: TestCluster;
let folder: string;
let server: Server;

beforeAll(async () => {
  cluster = await testCluster();
  folder = mkdtempSync(join(tmpdir(), 'after-failure-'));
});

beforeEach(async () => {
  server = await serve({ '/up': [200], '/chat': [200], '/down': [200] }, '0.0.0.0');
});

afterEach(() => server.close());

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BUSYBOX = { image: 'docker.io/library/busybox:1.35', user: 65534 };

/** A shop whose upgrades show a page meanwhile; without a migration nothing of it can fail. */
function manifests(version: string, migration?: string): string {
  const url = `http://${cluster.hostAddress}:${server.port}`;
  const asks = (path: string) => ({ ...BUSYBOX, command: ['wget', '-q', '-O-', '--post-data=', `${url}${path}`] });
  const app = new App();
  const chart = new Chart(app, 'shop', { disableResourceNameHashes: true });
  new kplus.ConfigMap(chart, 'settings', { metadata: { name: 'settings' }, data: { version } });
  if (migration !== undefined) {
    const up = new HookJob(chart, 'page-up', { ...asks('/up'), on: [HookEvent.PRE_UPGRADE] });
    const migrate = new MigrationHook(chart, 'migrate', { ...BUSYBOX, on: [HookEvent.PRE_UPGRADE], command: ['sh', '-c', migration] });
    migrate.after(up);
    const webhook = { secret: kplus.Secret.fromSecretName(chart, 'chat', 'chat'), key: 'url' };
    new NotificationHook(chart, 'notify', { webhook, message: `${version} has failed`, required: true, on: [HookEvent.ON_FAILURE] });
    new HookJob(chart, 'page-down', { ...asks('/down'), on: [HookEvent.POST_UPGRADE], always: true });
  }
  const file = join(folder, `shop-${version}.yaml`);
  writeFileSync(file, app.synthYaml());
  return file;
}

const asked = () => server.requests.map(({ path }) => path);

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime: string;
}

interface Job {
  readonly metadata: { readonly name: string };
  readonly status: { readonly conditions?: readonly Condition[]; readonly startTime: string };
}

/** A Job that is there; its end is that of its Pods, too. */
interface Found {
  readonly name: string;
  readonly started: string;
  readonly end?: Condition;
}

/** The Jobs that are there, in the order in which they started. */
async function jobs(namespace: string): Promise<readonly Found[]> {
  const { items } = await getObject<{ readonly items: readonly Job[] }>('jobs', namespace);
  const endOf = ({ conditions = [] }: Job['status']) => conditions.find(({ type, status }) => ['Complete', 'Failed'].includes(type) && status === 'True');
  const found = items.map(({ metadata: { name }, status }) => ({ name, started: status.startTime, end: endOf(status) }));
  return found.sort((a, b) => a.started.localeCompare(b.started));
}

const told = ({ name, end }: Found) => `${name} ${end?.type ?? 'runs'}`;

async function shop(work: (namespace: string, run: (...args: readonly string[]) => ReturnType<typeof lifecycle>) => Promise<void>): Promise<void> {
  await withNamespace('after-failure', async (namespace) => {
    const run = (...args: readonly string[]) => lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: cluster.kubeconfig } });
    const url = `http://${cluster.hostAddress}:${server.port}/chat`;
    await apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'chat' }, stringData: { url } }], namespace);
    succeeded(await run('install', 'shop', manifests('1.0.0')));
    await work(namespace, run);
  });
}

test('an upgrade whose migration fails tells people and takes the page down; both helms read its record', () =>
  shop(async (namespace, run) => {
    const file = manifests('2.0.0', 'echo column is missing; exit 3');
    expect(succeeded(await run('plan', 'shop', file))).toMatch(/shop-page-down +\(in any case\)\n(.*\n)*hooks if it fails\n +on-failure +0 +Job\/shop-notify/);
    const { code, stdout } = await run('upgrade', 'shop', file);
    expect([code, asked()]).toEqual([1, ['/up', '/chat', '/down']]);
    expect(stdout).toMatch(/Hook pre-upgrade Job\/shop-migrate failed: container "main" exited 3/);
    // That of the notification goes when it has succeeded.
    expect((await jobs(namespace)).map(told)).toEqual(['shop-page-up Complete', 'shop-migrate Failed', 'shop-page-down Complete']);
    for (const helm of ['helm3', 'helm4'] as const) {
      const json = succeeded(await runProgram(cluster[helm], ['history', 'shop', '-n', namespace, '-o', 'json'], { env: { KUBECONFIG: cluster.kubeconfig } }));
      const history = JSON.parse(json) as readonly { readonly status: string; readonly description: string }[];
      expect(history.map(({ status }) => status)).toEqual(['deployed', 'failed']);
      expect(history[1].description).toMatch(/^Upgrade "shop" failed: pre-upgrade hooks failed: Hook pre-upgrade Job\/shop-migrate failed/);
    }
  }));

test('an upgrade that is interrupted takes the page down once its migration has ended, and tells nobody', () =>
  shop(async (namespace) => {
    const file = manifests('2.0.0', 'trap "echo stopped; sleep 3; exit 1" TERM; sleep 1000 & wait');
    const upgrade = new Background(['upgrade', 'shop', file, '-n', namespace], { env: { KUBECONFIG: cluster.kubeconfig } });
    await waitUntil('the migration runs', async () => (await jobs(namespace)).map(told).includes('shop-migrate runs'), { seconds: 60 });
    upgrade.signal('SIGINT');
    const { code } = await upgrade.ended;
    expect([code, asked()]).toEqual([130, ['/up', '/down']]);
    const [up, migration, down] = await jobs(namespace);
    expect([up, migration, down].map(told)).toEqual(['shop-page-up Complete', 'shop-migrate Failed', 'shop-page-down Complete']);
    expect(Date.parse(down.started)).toBeGreaterThanOrEqual(Date.parse(migration.end!.lastTransitionTime));
  }));
