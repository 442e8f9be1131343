import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, ClusterError } from '../../../src/cluster';
import { SimulatedCluster, SimulatedClusterProps } from '../../../src/cluster/simulated';
import { LifecycleEvent, PerformOptions, PlanOptions, performWith, planUpgradeOrInstall } from '../../../src/lifecycle';
import { guarded } from '../../../src/lifecycle/run/guard';
import { History, readContent } from '../../../src/release';
import { TextReporter } from '../../../src/report';
import { KubeObject } from '../../../src/vocabulary';
import { mostListeners } from '../../listeners';
import { file, job, withMetadata } from '../../release/manifests';
import { storyOf } from '../harness';
import { mortal } from '../mortal';
import { performed } from '../trial';

const MUTEX = 'cdk8s-lifecycle/mutex';
const LEASE = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: 'cdk8s-lifecycle-mutex.orders-db', namespace: 'default' };

const migrate = (mutex = 'orders-db'): KubeObject => withMetadata(job('migrate', { on: 'pre-install,pre-upgrade' }), { annotations: { [MUTEX]: mutex } });

/** A cluster with two namespaces, in each of which a release has a migration of 20 s. */
async function twoShops(props: SimulatedClusterProps = { jobs: { migrate: { for: '20s' } } }): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster(props);
  for (const name of ['shop', 'stock']) await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return cluster;
}

interface Deployed {
  readonly result: string;
  readonly events: readonly LifecycleEvent[];
  readonly story: readonly string[];
}

async function deploy(
  cluster: Cluster,
  namespace: string,
  hook = migrate(),
  options: PerformOptions = {},
  plan: Partial<PlanOptions> = {},
): Promise<Deployed> {
  const release = { release: 'web', namespace };
  const content = readContent([file('app.yaml', hook)], namespace);
  const events: LifecycleEvent[] = [];
  const { result } = await performed((report) => performWith(
    { ...release, operation: 'upgrade', plan: (history) => planUpgradeOrInstall(history, content, { ...release, ...plan }) },
    cluster,
    (event) => (events.push(event), report(event)),
    { host: 'build-7', ...options },
  ));
  return { result, events, story: storyOf(events).map((line) => line.replace(/\([-0-9a-f]{36}\)/, '(…)')) };
}

/** The most Pods that ran at once in all namespaces, and the names of their namespaces in the order in which they began; until the signal. */
async function running(cluster: SimulatedCluster, signal: AbortSignal): Promise<{ readonly most: number; readonly order: readonly string[] }> {
  const now = new Set<string>();
  const order: string[] = [];
  let most = 0;
  for await (const event of cluster.watch({ apiVersion: 'v1', kind: 'Pod' }, signal)) {
    if (event.kind === 'listed') continue;
    const { metadata: { uid, namespace }, status } = event.object;
    if (event.kind === 'deleted' || (status as { readonly phase?: string }).phase !== 'Running') {
      now.delete(uid!);
    } else if (!now.has(uid!)) {
      now.add(uid!);
      order.push(namespace!);
    }
    most = Math.max(most, now.size);
  }
  return { most, order };
}

async function jobRuns(cluster: SimulatedCluster, namespace: string): Promise<void> {
  const pods = async () => (await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })).length;
  while ((await pods()) === 0) await cluster.clock.sleep(100);
}

test('hooks of one mutex run one after the other, in whatever releases and namespaces, and who waits is told for whom', async () => {
  const cluster = await twoShops();
  const over = new AbortController();
  const pods = running(cluster, over.signal);
  const first = deploy(cluster, 'shop');
  await jobRuns(cluster, 'shop');
  const second = await deploy(cluster, 'stock');
  over.abort();
  expect([(await first).result, second.result, await pods]).toEqual(['succeeded', 'succeeded', { most: 1, order: ['shop', 'stock'] }]);
  expect(second.story.slice(1, 3)).toEqual([
    'pre-install migrate waits: mutex orders-db is held by install of revision 1 on build-7 (…), for Job/migrate of shop/web', 'pre-install migrate started',
  ]);
  expect(await cluster.get(LEASE)).toBeUndefined();
});

test('it looks as the docs show it', async () => {
  const [, shown] = /<!-- output of the mutex test: .* -->\n```\n([^]*?)\n```/.exec(readFileSync(join(__dirname, '../../../docs/runner.md'), 'utf8'))!;
  const cluster = await twoShops();
  const first = deploy(cluster, 'shop');
  await jobRuns(cluster, 'shop');
  const lines: string[] = [];
  const reporter = new TextReporter({ write: (line) => lines.push(line.replace(/\([-0-9a-f]{36}\)/, '(…)')) });
  for (const event of (await deploy(cluster, 'stock')).events) reporter.report(event);
  expect(lines.join('\n')).toBe(shown);
  await first;
});

test('without the mutex they run at the same time', async () => {
  const cluster = await twoShops();
  const over = new AbortController();
  const pods = running(cluster, over.signal);
  await Promise.all([deploy(cluster, 'shop', migrate('orders-db')), deploy(cluster, 'stock', migrate('stock/orders-db'))]);
  over.abort();
  expect((await pods).most).toBe(2);
});

test('two hooks of one release that could run side by side do not where they have one mutex', async () => {
  const cluster = await twoShops({ jobs: { a: { for: '10s' }, b: { for: '10s' } } });
  const over = new AbortController();
  const pods = running(cluster, over.signal);
  const free = (name: string) => withMetadata(job(name, { on: 'pre-install' }), { annotations: { [MUTEX]: 'orders-db', 'cdk8s-lifecycle/after': '' } });
  const release = { release: 'web', namespace: 'shop' };
  const content = readContent([file('app.yaml', free('a'), free('b'))], 'shop');
  const plan = (history: History) => planUpgradeOrInstall(history, content, release);
  expect((await performed((report) => performWith({ ...release, operation: 'install', plan }, cluster, report))).result).toBe('succeeded');
  over.abort();
  expect([await pods, await cluster.get(LEASE)]).toEqual([{ most: 1, order: ['shop', 'shop'] }, undefined]);
});

test('however many hooks wait for a mutex, Node sees no leak of listeners', async () => {
  const cluster = await twoShops({});
  const { signal: interrupt } = new AbortController();
  const most = mostListeners(interrupt);
  const hooks = Array.from({ length: 12 }, (_, index) => withMetadata(job(`m${index}`, { on: 'pre-install' }), { annotations: { [MUTEX]: 'orders-db', 'cdk8s-lifecycle/after': '' } }));
  const release = { release: 'web', namespace: 'shop' };
  const content = readContent([file('app.yaml', ...hooks)], 'shop');
  const plan = (history: History) => planUpgradeOrInstall(history, content, { ...release, parallelism: 12 });
  expect((await performed((report) => performWith({ ...release, operation: 'install', plan }, cluster, report, { interrupt }))).result).toBe('succeeded');
  expect(most()).toBeLessThanOrEqual(10);
});

test('the Lease names the hook that runs, by its UID', async () => {
  const cluster = await twoShops();
  const first = deploy(cluster, 'shop');
  await jobRuns(cluster, 'shop');
  const { metadata: { annotations } } = (await cluster.get(LEASE))!;
  const { metadata: { uid } } = (await cluster.get({ apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' }))!;
  expect(annotations).toEqual({
    'cdk8s-lifecycle/host': 'build-7',
    'cdk8s-lifecycle/operation': 'install',
    'cdk8s-lifecycle/revision': '1',
    'cdk8s-lifecycle/release': 'shop/web',
    'cdk8s-lifecycle/hook': JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop', uid }),
  });
  await first;
});

test('the mutex of a hook that failed is free when its Pods are gone', async () => {
  const cluster = await twoShops({ jobs: { migrate: { exitCode: 1 } } });
  expect((await deploy(cluster, 'shop')).result).toMatch(/^failed: Hook pre-install Job\/migrate failed/);
  expect(await cluster.get(LEASE)).toBeUndefined();
});

test('who waits for longer than a hook may take fails, and nothing was made', async () => {
  const cluster = await twoShops({ jobs: { migrate: { for: '2m' } } });
  const first = deploy(cluster, 'shop');
  await jobRuns(cluster, 'shop');
  const { result, story } = await deploy(cluster, 'stock', migrate(), {}, { timeoutSeconds: 30 });
  expect([result, story.at(-2)]).toEqual([
    expect.stringMatching(/^failed: Hook pre-install Job\/migrate timed out after 30 s, mutex orders-db is held by install .* of shop\/web \(after 30.0 s\)$/),
    'pre-install migrate timed-out',
  ]);
  expect(await cluster.list({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'stock' })).toEqual([]);
  expect((await first).result).toBe('succeeded');
});

test('who waits can be interrupted', async () => {
  const cluster = await twoShops();
  const first = deploy(cluster, 'shop');
  await jobRuns(cluster, 'shop');
  const stop = new AbortController();
  const second = deploy(cluster, 'stock', migrate(), { interrupt: stop.signal });
  await cluster.clock.sleep(3000);
  stop.abort();
  expect([(await second).result, (await first).result]).toEqual(['interrupted: The operation was interrupted', 'succeeded']);
});

test('what an interrupted hook has left running is over before the next one begins, which need not wait for the Lease to expire', async () => {
  const cluster = await twoShops();
  const over = new AbortController();
  const pods = running(cluster, over.signal);
  const stop = new AbortController();
  const first = deploy(cluster, 'shop', migrate(), { interrupt: stop.signal });
  await jobRuns(cluster, 'shop');
  stop.abort();
  expect((await first).result).toBe('interrupted: The operation was interrupted');
  const begun = cluster.clock.now().getTime();
  const { result, story } = await deploy(cluster, 'stock');
  over.abort();
  expect([result, await pods]).toEqual(['succeeded', { most: 1, order: ['shop', 'stock'] }]);
  expect(story[1]).toBe('pre-install migrate waits: what the last holder of mutex orders-db has left is being stopped');
  expect(cluster.clock.now().getTime() - begun).toBeLessThan(30_000);
  expect(await cluster.get(LEASE)).toBeUndefined();
});

test('wherever a holder dies, its hook is over before the next one begins, and the mutex is free in the end', async () => {
  const whole = mortal(await twoShops());
  expect((await deploy(whole.cluster, 'shop')).result).toBe('succeeded');
  const deaths = Array.from({ length: whole.calls() }, (_, call) => [{ call, moment: 'before' }, { call, moment: 'after' }] as const).flat();
  const bad: unknown[] = [];
  for (const death of deaths) {
    const cluster = await twoShops();
    const over = new AbortController();
    const pods = running(cluster, over.signal);
    const process = mortal(cluster, death);
    await Promise.race([deploy(process.cluster, 'shop'), process.died]);
    const { result } = await deploy(cluster, 'stock');
    over.abort();
    const { most } = await pods;
    if (result !== 'succeeded' || most > 1 || (await cluster.get(LEASE))) bad.push({ death, result, most });
  }
  expect(bad).toEqual([]);
}, 300_000);

test('who may not look at what a dead holder has left running does not go on, and says what to do; the Lease still names it', async () => {
  const cluster = await twoShops();
  const stop = new AbortController();
  const first = deploy(cluster, 'shop', migrate(), { interrupt: stop.signal });
  await jobRuns(cluster, 'shop');
  stop.abort();
  await first;
  const get: Cluster['get'] = (ref) => {
    if (ref.kind !== 'Job' || ref.namespace !== 'shop') return cluster.get(ref);
    return Promise.reject(new ClusterError('forbidden', { verb: 'get', target: 'Job/migrate in namespace shop' }, 'not yours'));
  };
  const stranger = { ...guarded(cluster, () => undefined), get };
  const left = (await cluster.get(LEASE))!.metadata.annotations!['cdk8s-lifecycle/hook'];
  const { result } = await deploy(stranger, 'stock');
  expect(result).toMatch(/^failed: Mutex orders-db was left by an operation that is over, and its Job\/migrate in namespace shop may still run: .*not yours/);
  expect((await cluster.get(LEASE))!.metadata.annotations!['cdk8s-lifecycle/hook']).toBe(left);
  expect(await cluster.list({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'stock' })).toEqual([]);
  expect((await deploy(cluster, 'stock')).result).toBe('succeeded');
});

test('an object that does not say that it runs under the mutex is not stopped, whatever the Lease says', async () => {
  const cluster = await twoShops();
  const { name, namespace } = LEASE;
  const innocent = { apiVersion: 'batch/v1', kind: 'Job', name: 'innocent', namespace: 'shop' };
  await cluster.create(withMetadata(job('innocent'), { namespace: 'shop' }));
  await cluster.create({
    apiVersion: LEASE.apiVersion,
    kind: LEASE.kind,
    metadata: { name, namespace, annotations: { 'cdk8s-lifecycle/hook': JSON.stringify(innocent) } },
    spec: { holderIdentity: '', leaseDurationSeconds: 15 },
  });
  expect((await deploy(cluster, 'stock')).result).toBe('succeeded');
  expect((await cluster.get(innocent))?.spec).not.toHaveProperty('activeDeadlineSeconds');
});
