import { SimulatedCluster, SimulatedClusterProps } from '../../../src/cluster/simulated';
import { LogItem, LogsRequest, OperationName, PerformOptions, followReleaseLogs, performWith, planUninstall, planUpgradeOrInstall } from '../../../src/lifecycle';
import { History } from '../../../src/release';
import { KubeObject, describeRef } from '../../../src/vocabulary';
import { configMap, content, job, object, withMetadata } from '../../release/manifests';

const WEB = { release: 'web', namespace: 'shop' };
const SECRET = object('v1', 'Secret', 'creds', { stringData: { password: 'swordfish' } });

async function open(props: SimulatedClusterProps = {}): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster(props);
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  return cluster;
}

function perform(cluster: SimulatedCluster, objects: readonly KubeObject[], operation: OperationName = 'upgrade', options: PerformOptions = {}) {
  const planner = (history: History) => (operation === 'uninstall' ? planUninstall(history, WEB) : planUpgradeOrInstall(history, content(...objects), WEB));
  const request = { ...WEB, operation, plan: planner };
  return performWith(request, cluster, () => undefined, options);
}

function tell(item: LogItem): string {
  switch (item.kind) {
    case 'hook':
      return `${item.event} ${describeRef(item.hook)} ${item.verdict ?? item.state.replace('creating', 'running')}`;
    case 'line':
      return `${item.beside ? `${item.hook.name}| ` : ''}${item.line}`;
    case 'note':
      return `note: ${item.message}`;
  }
}

/** What is followed, and when the first of it came. */
async function follow(cluster: SimulatedCluster, request: Partial<LogsRequest> = {}): Promise<{ readonly told: string[]; readonly times: number[] }> {
  const [told, times]: [string[], number[]] = [[], []];
  for await (const item of followReleaseLogs({ ...WEB, ...request }, cluster)) {
    told.push(tell(item));
    times.push((cluster.clock.now().getTime() - Date.parse('2026-01-01T00:00:00Z')) / 1000);
  }
  return { told, times };
}

const MIGRATE = job('migrate', { on: 'pre-install,pre-upgrade', policies: 'before-hook-creation,hook-succeeded' });
const SEED = job('seed', { on: 'post-install,post-upgrade' });
const OBJECTS = [SECRET, configMap('a'), MIGRATE, SEED];
const JOBS = { jobs: { migrate: { for: '8s', logs: ['one', 'swordfish', 'three'] }, seed: { for: '4s', logs: ['seeded'], exitCode: 2 } } };

test('the hooks of a running operation are followed while they print, one after the other, until the last has ended', async () => {
  const cluster = await open(JOBS);
  const operation = perform(cluster, OBJECTS);
  await cluster.clock.sleep(2000);
  const { told, times } = await follow(cluster);
  expect(told).toEqual([
    'pre-install Job/migrate running', 'one', '***', 'three', 'pre-install Job/migrate succeeded',
    'post-install Job/seed running', 'seeded', 'post-install Job/seed failed: container "main" exited 2',
  ]);
  expect([times[0] < 3, times[1] < 4, times[2] > times[1], (await operation).status]).toEqual([true, true, true, 'failed']);
});

const free = (name: string, after = '') => withMetadata(job(name, { on: 'pre-install' }), { annotations: { 'cdk8s-lifecycle/after': after } });

test('hooks that run side by side are followed at once, and each line says whose it is from when the second has begun', async () => {
  const cluster = await open({ jobs: { a: { for: '12s', logs: ['a1', 'a2', 'a3'] }, b: { for: '8s', logs: ['b1', 'b2'] }, c: { for: '3s', logs: ['c1'] } } });
  const operation = perform(cluster, [free('a'), free('b'), job('c', { on: 'post-install' })]);
  await cluster.clock.sleep(1000);
  const { told } = await follow(cluster);
  expect(told).toEqual([
    'pre-install Job/a running', 'pre-install Job/b running', 'b| b1', 'a| a1', 'b| b2', 'a| a2', 'pre-install Job/b succeeded', 'a| a3', 'pre-install Job/a succeeded',
    'post-install Job/c running', 'c1', 'post-install Job/c succeeded',
  ]);
  expect((await operation).status).toBe('succeeded');
});

test('one that begins while another runs on is followed from its first line', async () => {
  const cluster = await open({ jobs: { a: { for: '12s', logs: ['a1', 'a2', 'a3'] }, b: { for: '2s', logs: ['b1'] }, c: { for: '2s', logs: ['c1'] } } });
  const operation = perform(cluster, [free('a'), free('b'), free('c', 'Job/b')]);
  await cluster.clock.sleep(1000);
  const { told } = await follow(cluster);
  expect(told.filter((line) => !line.startsWith('a| '))).toEqual([
    'pre-install Job/a running', 'pre-install Job/b running', 'b| b1', 'pre-install Job/b succeeded',
    'pre-install Job/c running', 'c| c1', 'pre-install Job/c succeeded', 'pre-install Job/a succeeded',
  ]);
  expect(told.indexOf('a| a3')).toBeGreaterThan(told.indexOf('pre-install Job/c succeeded'));
  await operation;
});

test('of one hook alone, which has not begun yet', async () => {
  const cluster = await open(JOBS);
  const operation = perform(cluster, OBJECTS);
  await cluster.clock.sleep(2000);
  expect((await follow(cluster, { hook: 'seed' })).told).toEqual(['post-install Job/seed running', 'seeded', 'post-install Job/seed failed: container "main" exited 2']);
  await operation;
});

test('who comes late sees what was printed before', async () => {
  const cluster = await open(JOBS);
  const operation = perform(cluster, OBJECTS);
  await cluster.clock.sleep(12_000);
  expect((await follow(cluster)).told.slice(0, 6)).toEqual([
    'pre-install Job/migrate succeeded', 'note: The Pods of Job/migrate are gone; this is what was kept of the log', 'one', '***', 'three', 'post-install Job/seed running',
  ]);
  await operation;
});

test('an older revision is read, and not followed', async () => {
  const cluster = await open({ jobs: { migrate: { logs: ['again'] }, seed: { logs: ['seeded'] } } });
  await perform(cluster, OBJECTS);
  const operation = perform(cluster, OBJECTS);
  await cluster.clock.sleep(1500);
  expect((await follow(cluster, { revision: 1 })).told).toEqual(expect.arrayContaining(['pre-install Job/migrate succeeded', 'post-install Job/seed succeeded']));
  await operation;
});

test('an uninstall is followed until the release is gone', async () => {
  const cluster = await open({ jobs: { bye: { for: '5s', logs: ['bye'] } } });
  const objects = [configMap('a'), job('bye', { on: 'pre-delete' })];
  await perform(cluster, objects);
  const operation = perform(cluster, objects, 'uninstall');
  await cluster.clock.sleep(2000);
  expect((await follow(cluster)).told).toEqual(['pre-delete Job/bye running', 'bye', 'pre-delete Job/bye succeeded']);
  expect((await operation).status).toBe('succeeded');
});

test('an operation that is interrupted ends what follows it', async () => {
  const cluster = await open({ jobs: { migrate: { for: '1h', logs: ['one'] } } });
  const interrupt = new AbortController();
  const operation = perform(cluster, OBJECTS, 'upgrade', { interrupt: interrupt.signal });
  cluster.at('5s', () => interrupt.abort());
  await cluster.clock.sleep(2000);
  expect((await follow(cluster)).told.at(-1)).toBe('pre-install Job/migrate interrupted');
  expect((await operation).status).toBe('interrupted');
});

test('an operation that has died is waited for as long as a lock holds, and no longer', async () => {
  const cluster = await open({ jobs: { migrate: { for: '2m', logs: Array.from({ length: 119 }, (_, index) => `${index}`) } } });
  const writes = ['create', 'apply', 'replace', 'patch', 'delete'];
  const dying = new Proxy(cluster, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const call = (member as (...args: unknown[]) => unknown).bind(target);
      const dead = () => target.clock.now().getTime() >= Date.parse('2026-01-01T00:00:10Z');
      return writes.includes(String(name)) ? (...args: unknown[]) => (dead() ? new Promise(() => undefined) : call(...args)) : call;
    },
  });
  void perform(dying, OBJECTS);
  await cluster.clock.sleep(12_000);
  const { told, times } = await follow(cluster);
  expect(told.at(-1)).toBe('pre-install Job/migrate running');
  expect(times.at(-1)).toBeLessThan(60);
});
