import { ClusterError } from '../../../src/cluster';
import { LifecycleEvent, Outcome, PerformOptions, PerformRequest, performWith, planInstall, planUninstall, planUpgrade } from '../../../src/lifecycle';
import { journalName, readJournalSecret, recordSecret } from '../../../src/release';
import { mortal } from '../../../src/testing/mortal';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job } from '../../release/manifests';
import { Shop, storyOf } from '../harness';
import { FaultyCluster } from './faulty-cluster';

const OPTIONS = { release: 'web', namespace: 'shop' };
const LEASES = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };

function upgrade(...objects: readonly KubeObject[]): PerformRequest {
  return { ...OPTIONS, operation: 'upgrade', plan: (history) => planUpgrade(history, content(...objects), OPTIONS) };
}

interface Performed {
  readonly outcome: Outcome;
  readonly story: readonly string[];
}

async function perform(shop: Shop, request: PerformRequest, options?: PerformOptions): Promise<Performed> {
  const events: LifecycleEvent[] = [];
  const outcome = await performWith(request, shop.cluster, (event) => events.push(event), options);
  return { outcome, story: storyOf(events) };
}

async function journal(shop: Shop, revision: number): Promise<string[] | undefined> {
  const secret = await shop.get('Secret', journalName('web', revision));
  return secret && readJournalSecret(secret).hooks.map(({ event, hook, state, uid }) => `${event} ${hook.name} ${state}${uid ? '' : ' without UID'}`);
}

/** How the hooks of a revision ran, by its record. */
async function phases(shop: Shop, revision: number): Promise<(string | undefined)[]> {
  const { record } = (await shop.history()).find((stored) => stored.record.version === revision)!;
  return record.hooks.map(({ last_run: run }) => run?.phase);
}

/** Lets an operation run for a while and then die: from then on it reaches no server. */
async function died(shop: Shop, request: PerformRequest, after: number): Promise<void> {
  const cluster = new Proxy(shop.cluster, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      const end = Date.parse('2026-01-01T00:00:00Z') + after;
      if (typeof member !== 'function') return member;
      const call = (member as (...args: unknown[]) => unknown).bind(target);
      return ['create', 'apply', 'replace', 'patch', 'delete'].includes(String(name))
        ? (...args: unknown[]) => (target.clock.now().getTime() < end ? call(...args) : new Promise(() => undefined))
        : call;
    },
  });
  void performWith(request, cluster, () => undefined);
  await shop.cluster.clock.sleep(after);
}

test('the records are listed before the lock is taken, under it, and before they are written: never twice for one reason', async () => {
  const shop = await Shop.open({});
  await shop.install([configMap('a')]);
  const list = jest.spyOn(shop.cluster, 'list');
  await perform(shop, upgrade(configMap('a', { x: '1' })));
  const ofRecords = list.mock.calls.filter(([{ kind, labels }]) => kind === 'Secret' && labels?.owner === 'helm');
  expect(ofRecords).toHaveLength(3);
});

test('before the object of a hook is there, the record and the journal tell of it', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '5s' } } });
  await shop.install([configMap('a')]);
  const create = shop.cluster.create.bind(shop.cluster);
  const told: unknown[] = [];
  jest.spyOn(shop.cluster, 'create').mockImplementation(async (object) => {
    if (object.kind === 'Job') told.push(await phases(shop, 2), await journal(shop, 2));
    return create(object);
  });
  await perform(shop, upgrade(configMap('a'), job('m', { on: 'pre-upgrade' })));
  expect(told).toEqual([['Running'], ['pre-upgrade m creating without UID']]);
});

test('an operation holds the lock of its release, and writes down its hooks', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '5s' } } });
  await shop.install([configMap('a')]);
  const seen: unknown[] = [];
  shop.cluster.at('3s', async () => seen.push((await shop.cluster.list(LEASES)).map(({ metadata }) => metadata.name), await journal(shop, 2)));
  const { outcome, story } = await perform(shop, upgrade(configMap('a'), job('m', { on: 'pre-upgrade' })));
  expect([outcome.status, story[0]]).toEqual(['succeeded', 'record 2 pending-upgrade']);
  expect(seen).toEqual([['cdk8s-lifecycle.web'], ['pre-upgrade m running']]);
  expect([await shop.cluster.list(LEASES), await journal(shop, 2)]).toEqual([[], ['pre-upgrade m succeeded']]);
});

test('the lock is given back when the operation fails, and when it does not fit the release', async () => {
  const shop = await Shop.open({ jobs: { m: { exitCode: 1 } } });
  await expect(perform(shop, upgrade(configMap('a')))).rejects.toMatchObject({ code: 'refused' });
  expect(await shop.cluster.list(LEASES)).toEqual([]);
  await shop.install([configMap('a')]);
  expect((await perform(shop, upgrade(job('m', { on: 'pre-upgrade' }), configMap('a')))).outcome.status).toBe('failed');
  expect([await shop.cluster.list(LEASES), await journal(shop, 2)]).toEqual([[], ['pre-upgrade m failed']]);
});

test('a release that another operation holds is waited for as long as one is patient, and then planned anew', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '20s' } } });
  await shop.install([configMap('a')]);
  const first = perform(shop, upgrade(job('m', { on: 'pre-upgrade' }), configMap('a')), { host: 'ci-1' });
  await shop.cluster.clock.sleep(2000);
  await expect(perform(shop, upgrade(configMap('a')))).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('upgrade of revision 2 on ci-1') as string });
  const { outcome, story } = await perform(shop, upgrade(configMap('a')), { lockTimeoutSeconds: 60 });
  expect(story[0]).toMatch(/^held by upgrade of revision 2 on ci-1 \(/);
  expect([(await first).outcome.status, outcome.status, outcome.revision]).toEqual(['succeeded', 'succeeded', 3]);
  expect(await shop.statuses()).toEqual(['1 superseded', '2 superseded', '3 deployed']);
});

test('what an operation left that died is stopped and recorded before the next begins', async () => {
  const shop = await Shop.open({ jobs: { old: { for: '1h' } } });
  await shop.install([configMap('a')]);
  await died(shop, upgrade(configMap('a'), job('done', { on: 'pre-upgrade', weight: -1 }), job('old', { on: 'pre-upgrade' })), 10_000);
  expect(await journal(shop, 2)).toEqual(['pre-upgrade done succeeded', 'pre-upgrade old running']);
  const { outcome, story } = await perform(shop, upgrade(configMap('a'), job('new', { on: 'pre-upgrade' })));
  expect(story.slice(1, 5)).toEqual([
    'pre-upgrade old waits: it was left running and is being stopped', 'recovered 2 pending-upgrade', 'record 3 pending-upgrade', 'pre-upgrade new started',
  ]);
  expect([outcome.status, await shop.statuses()]).toEqual(['succeeded', ['1 superseded', '2 failed', '3 deployed']]);
  expect(await shop.get('Job', 'old')).toMatchObject({ spec: { activeDeadlineSeconds: 1 }, status: { conditions: [{ type: 'FailureTarget' }, { type: 'Failed' }] } });
});

test('a hook whose operation died before it could write down its UID is stopped, and goes with the release', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '1h' } } });
  await shop.install([configMap('a')]);
  const create = shop.cluster.create.bind(shop.cluster);
  let isMade = false;
  jest.spyOn(shop.cluster, 'create').mockImplementation(async (object) => create(object).finally(() => (isMade ||= object.kind === 'Job')));
  const process = mortal(shop.cluster, ({ when }, die) => (when === 'after' && isMade ? die() : undefined));
  void performWith(upgrade(configMap('a'), job('m', { on: 'pre-upgrade' })), process.cluster, () => undefined);
  await process.died;
  expect(await journal(shop, 2)).toEqual(['pre-upgrade m creating without UID']);
  await shop.cluster.clock.sleep(60_000);
  const { outcome, story } = await perform(shop, { ...OPTIONS, operation: 'uninstall', plan: (history) => planUninstall(history, OPTIONS) });
  expect([outcome.status, story.includes('pre-upgrade m waits: it was left running and is being stopped')]).toEqual(['succeeded', true]);
  expect(await shop.get('Job', 'm')).toBeUndefined();
});

test('of what was left, only what still ran is told as stopped', async () => {
  const shop = await Shop.open({ jobs: { old: { for: '1h' } } });
  await shop.install([configMap('a')]);
  await died(shop, upgrade(configMap('a'), job('done', { on: 'pre-upgrade', weight: -1 }), job('old', { on: 'pre-upgrade' })), 10_000);
  const events: LifecycleEvent[] = [];
  await performWith(upgrade(configMap('a')), shop.cluster, (event) => events.push(event));
  expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ revision: 2, was: 'pending-upgrade', stopped: ['Job/old'] });
});

test('an uninstall that died in its pre-delete hook leaves the release deployed, and its hook is stopped by the next operation', async () => {
  const shop = await Shop.open({ jobs: { bye: { for: '1h' } } });
  await shop.install([configMap('a'), job('bye', { on: 'pre-delete' })]);
  await died(shop, { ...OPTIONS, operation: 'uninstall', plan: (history) => planUninstall(history, OPTIONS) }, 10_000);
  const { outcome, story } = await perform(shop, upgrade(configMap('a')));
  expect([outcome.status, story.includes('pre-delete bye waits: it was left running and is being stopped')]).toEqual(['succeeded', true]);
});

test('a hook that went on and succeeded after its operation had died is recorded as one that succeeded', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '20s' } } });
  await shop.install([configMap('a')]);
  await died(shop, upgrade(configMap('a'), job('m', { on: 'pre-upgrade' })), 10_000);
  await shop.cluster.clock.sleep(60_000);
  const events: LifecycleEvent[] = [];
  await performWith(upgrade(configMap('a')), shop.cluster, (event) => events.push(event));
  expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ was: 'pending-upgrade', stopped: [] });
  expect([await phases(shop, 2), await journal(shop, 2)]).toEqual([['Succeeded'], ['pre-upgrade m succeeded']]);
});

test('a pre-delete hook that was left running no longer runs in the record either', async () => {
  const shop = await Shop.open({ jobs: { bye: { for: '1h' } } });
  await shop.install([configMap('a'), job('bye', { on: 'pre-delete' })]);
  await died(shop, { ...OPTIONS, operation: 'uninstall', plan: (history) => planUninstall(history, OPTIONS) }, 10_000);
  expect(await phases(shop, 1)).toEqual(['Running']);
  await perform(shop, upgrade(configMap('a')));
  expect([await phases(shop, 1), await shop.statuses()]).toEqual([['Failed'], ['1 superseded', '2 deployed']]);
});

test('a revision whose journal cannot be made has failed, and is not pending for ever', async () => {
  const cluster = new FaultyCluster();
  const shop = await Shop.in(cluster);
  await shop.install([configMap('a')]);
  cluster.refuse('create', /^Secret\/cdk8s-lifecycle/);
  expect((await perform(shop, upgrade(configMap('b')))).outcome).toMatchObject({ status: 'failed', error: { reason: 'forbidden' } });
  expect(await shop.statuses()).toEqual(['1 deployed', '2 failed']);
});

test('a hook that nobody waits for any more, since its operation cannot go on, is stopped', async () => {
  const cluster = new FaultyCluster({ jobs: { m: { for: '1h' } } });
  const shop = await Shop.in(cluster);
  await shop.install([configMap('a')]);
  const { watch } = cluster;
  const broken = new ClusterError('unreachable', { verb: 'watch', target: 'Jobs' }, 'it broke');
  cluster.watch = async function* (query, signal) {
    for await (const event of watch.call(cluster, query, signal)) {
      if (query.kind === 'Pod' && event.kind === 'modified') throw broken;
      yield event;
    }
  };
  const { outcome, story } = await perform(shop, upgrade(job('m', { on: 'pre-upgrade' }), configMap('a')));
  expect([outcome.error, await shop.statuses(), story.includes('pre-upgrade m waits: it is being stopped')]).toEqual([broken, ['1 deployed', '2 failed'], true]);
  expect(await shop.get('Job', 'm')).toMatchObject({ spec: { activeDeadlineSeconds: 1 } });
});

test('a pending revision of Helm is left alone, and refused', async () => {
  const shop = await Shop.open();
  const { record } = planInstall([], content(configMap('a')), OPTIONS);
  await shop.cluster.create(recordSecret({ record, labels: {} }, shop.cluster.clock.now()));
  await expect(perform(shop, upgrade(configMap('a')))).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('revision 1 is pending-install') as string });
  expect(await shop.statuses()).toEqual(['1 pending-install']);
});

test('a lock that cannot be renewed any more ends the operation before its next write, and the next one takes over', async () => {
  const cluster = new FaultyCluster({ jobs: { m: { for: '1m' } } });
  const shop = await Shop.in(cluster);
  await shop.install([configMap('a')]);
  cluster.at('10s', () => cluster.refuse('replace', /^Lease\//, 'unreachable'));
  const { outcome } = await perform(shop, upgrade(configMap('b'), job('m', { on: 'pre-upgrade' })));
  expect(outcome).toMatchObject({ status: 'failed', error: { code: 'cluster', reason: 'unreachable' } });
  expect([await shop.names('ConfigMap'), await shop.statuses()]).toEqual([['a'], ['1 deployed', '2 pending-upgrade']]);
  cluster.refuse('get', /^nothing/);
  const next = await perform(shop, upgrade(configMap('b')));
  expect([next.outcome.status, next.story.find((line) => line.startsWith('recovered')), await shop.statuses()]).toEqual([
    'succeeded', 'recovered 2 pending-upgrade', ['1 superseded', '2 failed', '3 deployed'],
  ]);
});

test('a release is installed into a namespace that it makes itself, and is locked from then on', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '5s' } } });
  await shop.cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, { propagation: 'background' });
  const options = { ...OPTIONS, createNamespace: true };
  const seen: number[] = [];
  shop.cluster.at('3s', async () => seen.push((await shop.cluster.list(LEASES)).length));
  const { outcome } = await perform(shop, {
    ...OPTIONS, operation: 'install', plan: (history) => planInstall(history, content(job('m', { on: 'pre-install' }), configMap('a')), options),
  });
  expect([outcome.status, seen, await shop.cluster.list(LEASES)]).toEqual(['succeeded', [1], []]);
});

test('the journal of a release that is gone does not stand for that of its successor', async () => {
  const shop = await Shop.open();
  const install = () => shop.install([job('m', { on: 'pre-install' }), configMap('a')]);
  await install();
  const stale = await shop.get('Secret', journalName('web', 1));
  await shop.uninstall();
  // The garbage collector is late.
  await shop.cluster.create({ ...stale!, metadata: { ...stale!.metadata, ownerReferences: [{ uid: 'gone' }] } });
  expect((await install()).outcome.status).toBe('succeeded');
  expect(await journal(shop, 1)).toEqual(['pre-install m succeeded']);
  const record = await shop.get('Secret', 'sh.helm.release.v1.web.v1');
  expect((await shop.get('Secret', journalName('web', 1)))!.metadata.ownerReferences).toMatchObject([{ uid: record!.metadata.uid }]);
});

test('an uninstalled release leaves neither record nor journal', async () => {
  const shop = await Shop.open();
  await shop.install([job('m', { on: 'pre-install,post-delete' }), configMap('a')]);
  await shop.upgrade([job('m', { on: 'pre-upgrade,post-delete' }), configMap('a')]);
  await perform(shop, { ...OPTIONS, operation: 'uninstall', plan: (history) => planUninstall(history, OPTIONS) });
  expect(await shop.cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'shop' })).toEqual([]);
});

test('a hook that succeeded after its operation had died is recorded as succeeded, and is not told as stopped', async () => {
  const shop = await Shop.open({ jobs: { old: { for: '20s' } } });
  await shop.install([configMap('a')]);
  await died(shop, upgrade(configMap('a'), job('old', { on: 'pre-upgrade' })), 10_000);
  await shop.cluster.clock.sleep(60_000);
  const events: LifecycleEvent[] = [];
  await performWith(upgrade(configMap('a')), shop.cluster, (event) => events.push(event));
  expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ revision: 2, stopped: [] });
  expect(await journal(shop, 2)).toEqual(['pre-upgrade old succeeded']);
  const [, { record: revision }] = await shop.history();
  expect([revision.info.status, revision.hooks[0].last_run?.phase]).toEqual(['failed', 'Succeeded']);
});
