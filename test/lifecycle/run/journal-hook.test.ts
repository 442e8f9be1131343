import { Cluster, ClusterError } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { LifecycleEvent, PerformRequest, performWith, planUpgrade } from '../../../src/lifecycle';
import { JournaledHook, journalName, readJournalSecret } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { content, job, object } from '../../release/manifests';
import { Shop } from '../harness';
import { FaultyCluster } from './faulty-cluster';

async function journaled(shop: Shop, revision = 1): Promise<readonly JournaledHook[]> {
  return readJournalSecret((await shop.get('Secret', journalName('web', revision)))!).hooks;
}

const lines = ({ log }: JournaledHook) => log?.parts.flatMap((part) => part.lines);

test('the end of a hook is in the journal: its verdict, its time and what it printed last', async () => {
  const shop = await Shop.open({ jobs: { good: { logs: ['done'] }, bad: { logs: ['no such table', 'giving up'], exitCode: 3 } } });
  await shop.install([job('good', { on: 'pre-install', weight: -1 }), job('bad', { on: 'pre-install' })]);
  const source = { pod: expect.stringMatching(/^(good|bad)-0-/) as string, container: 'main' };
  expect(await journaled(shop)).toMatchObject([
    { state: 'succeeded', verdict: 'succeeded', completedAt: '2026-01-01T00:00:02.000Z', log: { parts: [{ ...source, lines: ['done'] }] } },
    { state: 'failed', verdict: 'failed: container "main" exited 3', completedAt: '2026-01-01T00:00:04.000Z', log: { parts: [{ ...source, lines: ['no such table', 'giving up'] }] } },
  ]);
});

test('so it is for a hook that is stopped', async () => {
  const shop = await Shop.open({ jobs: { slow: { for: '1h', logs: Array.from({ length: 3599 }, (_, index) => `second ${index + 1}`) } } });
  await shop.install([job('slow', { on: 'pre-install' })], { timeoutSeconds: 5 });
  const [entry] = await journaled(shop);
  expect(entry).toMatchObject({ state: 'failed', verdict: 'timed out after 5 s' });
  expect(lines(entry)).toContain('second 3');
});

test('and for one whose object could not be made', async () => {
  const cluster = new FaultyCluster();
  cluster.refuse('create', /^Job/);
  const shop = await Shop.in(cluster);
  await shop.install([job('m', { on: 'pre-install' })]);
  const [entry] = await journaled(shop);
  expect([entry.verdict, entry.log]).toEqual(['failed: cannot create Job/m: it was refused', undefined]);
});

test('verdict and log are masked', async () => {
  const shop = await Shop.open({ jobs: { m: { logs: ['the password is swordfish'], exitCode: 1 } } });
  await shop.install([object('v1', 'Secret', 's', { stringData: { a: 'swordfish' } }), job('m', { on: 'pre-install' })]);
  expect((await journaled(shop)).map(lines)).toEqual([['the password is ***']]);
});

function upgrade(...objects: readonly KubeObject[]): PerformRequest {
  const options = { release: 'web', namespace: 'shop' };
  return { ...options, operation: 'upgrade', plan: (history) => planUpgrade(history, content(...objects), options) };
}

const PASSWORD = object('v1', 'Secret', 's', { stringData: { a: 'swordfish' } });

/** The cluster as a process sees it whose writes reach it only while the gate is open. */
function cutOff(cluster: SimulatedCluster, gate: { readonly open: boolean }): Cluster {
  return new Proxy(cluster, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const call = (member as (...args: unknown[]) => unknown).bind(target);
      if (!['create', 'apply', 'replace', 'patch', 'delete'].includes(String(name))) return call;
      return (...args: unknown[]) => (gate.open ? call(...args) : new Promise(() => undefined));
    },
  });
}

/** A release whose upgrade died while its hook ran. */
async function leftRunning(cluster: SimulatedCluster): Promise<Shop> {
  const shop = await Shop.in(cluster);
  await shop.install([PASSWORD]);
  const request = upgrade(PASSWORD, job('old', { on: 'pre-upgrade' }));
  // It is cut off from the cluster for good ten seconds after it began.
  const gate = { open: true };
  void performWith(request, cutOff(cluster, gate), () => undefined);
  await cluster.clock.sleep(10_000);
  gate.open = false;
  return shop;
}

test('the operation that takes over keeps what the hook has printed, before it stops it', async () => {
  const cluster = new SimulatedCluster({ jobs: { old: { for: '1h', logs: Array.from({ length: 3599 }, () => 'swordfish') } } });
  const shop = await leftRunning(cluster);
  expect(await journaled(shop, 2)).toMatchObject([{ state: 'running' }]);
  await performWith(upgrade(PASSWORD), cluster, () => undefined);
  const [entry] = await journaled(shop, 2);
  expect([entry.state, entry.verdict, lines(entry)!.length > 5, new Set(lines(entry))]).toEqual(['failed', 'failed: its operation died, and a later one stopped it', true, new Set(['***'])]);
});

test('a log that cannot be read then is a warning', async () => {
  const cluster = new FaultyCluster({ jobs: { old: { for: '1h' } } });
  const shop = await leftRunning(cluster);
  jest.spyOn(cluster, 'logs').mockImplementation(() => {
    throw new ClusterError('forbidden', { verb: 'get', target: 'the log' }, 'no');
  });
  const events: LifecycleEvent[] = [];
  await performWith(upgrade(PASSWORD), cluster, (event) => events.push(event));
  expect(events.filter(({ kind }) => kind === 'warning')).toMatchObject([{ message: 'The log of Job/old is not kept: cannot get the log: no' }]);
  expect((await journaled(shop, 2))[0].state).toBe('failed');
});
