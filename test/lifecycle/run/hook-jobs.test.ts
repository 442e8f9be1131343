import { HookFailedError, RecordStore } from '../../../src/lifecycle';
import { configMap, job, pod, withMetadata } from '../../release/manifests';
import { Shop } from '../harness';

const MIGRATE = [job('migrate', { on: 'pre-install' }), configMap('r')];
const REF = { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' };

test('a Job that fails fails the hook with its cause and what it printed last', async () => {
  const logs = Array.from({ length: 25 }, (_, index) => `line ${index + 1}`);
  const shop = await Shop.open({ jobs: { migrate: { exitCode: 3, for: '2s', logs } } });
  const { outcome } = await shop.install(MIGRATE);
  const error = outcome.error as HookFailedError;
  expect(error).toBeInstanceOf(HookFailedError);
  expect(error.message).toBe(
    'Hook pre-install Job/migrate failed: container "main" exited 3 (after 3.0 s)',
  );
  expect(error.lastLines).toEqual(logs.slice(5));
});

test('the log of a hook is told as it comes, before its verdict', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '3s', logs: ['one', 'two'] } } });
  const { events } = await shop.install(MIGRATE);
  expect(events.filter(({ kind }) => kind.startsWith('hook-')).map((event) => `${event.at.slice(17, 23)} ${event.kind === 'hook-log' ? event.line : event.kind}`)).toEqual([
    '00.000 hook-started', '02.000 one', '03.000 two', '04.000 hook-finished',
  ]);
});

test('a Job may fail as often as its backoffLimit allows', async () => {
  const shop = await Shop.open({ jobs: { migrate: { exitCode: 1, logs: ['oh'] } } });
  const { story, outcome } = await shop.install([job('migrate', { on: 'pre-install' }, { backoffLimit: 2 }), configMap('r')]);
  expect(story.filter((line) => line.includes('| oh'))).toHaveLength(3);
  expect(outcome.error!.message).toContain('failed: container "main" exited 1; container "main" exited 1; container "main" exited 1');
});

test('a Job that exceeds its own deadline fails the hook', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '10m' } } });
  const { outcome } = await shop.install([job('migrate', { on: 'pre-install' }, { activeDeadlineSeconds: 5 }), configMap('r')]);
  expect(outcome.error!.message).toBe('Hook pre-install Job/migrate failed: DeadlineExceeded: Job was active longer than specified deadline (after 5.0 s)');
});

test('a Job that is deleted while it is waited for fails the hook', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1m' } } });
  shop.cluster.at('5s', () => shop.cluster.delete(REF, { propagation: 'background' }));
  const { outcome } = await shop.install(MIGRATE);
  expect(outcome).toMatchObject({ status: 'failed', error: { message: 'Hook pre-install Job/migrate failed: it was deleted before it finished (after 5.5 s)' } });
});

test('a Job that takes its name does not stand for it', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1m' } } });
  shop.cluster.at('5s', async () => {
    await shop.cluster.delete(REF, { propagation: 'background' });
    await shop.cluster.create({ ...job('migrate'), metadata: { name: 'migrate', namespace: 'shop' }, status: { conditions: [{ type: 'Complete', status: 'True' }] } });
  });
  const { outcome } = await shop.install(MIGRATE);
  expect(outcome.error!.message).toBe('Hook pre-install Job/migrate failed: it was deleted before it finished (after 5.5 s)');
});

test('a Job that is removed after it has finished keeps its verdict', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1s' } } });
  const gone: Promise<boolean>[] = [];
  const watch = async () => {
    const live = await shop.cluster.get(REF);
    if ((live?.status as { conditions?: unknown[] } | undefined)?.conditions) gone.push(shop.cluster.delete(REF, { propagation: 'background' }));
    else if (gone.length === 0) shop.cluster.at('10ms', watch);
  };
  shop.cluster.at('1s', watch);
  const { outcome } = await shop.install(MIGRATE);
  expect(outcome.status).toBe('succeeded');
});

test('an unfinished Job of the same name is gone with its Pods before the next one starts', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1m', logs: ['x'] } } });
  await shop.cluster.create({ ...job('migrate'), metadata: { name: 'migrate', namespace: 'shop' } });
  await shop.cluster.clock.sleep(5000);
  const running: number[] = [];
  const count = async () => {
    const pods = await shop.cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' });
    running.push(pods.filter(({ status }) => (status as { phase: string }).phase === 'Running').length);
    if (shop.cluster.clock.now().getTime() < Date.parse('2026-01-01T00:01:00Z')) shop.cluster.at('100ms', count);
  };
  shop.cluster.at('100ms', count);
  const { story, outcome } = await shop.install(MIGRATE);
  expect(story.slice(1, 4)).toEqual([
    'pre-install migrate waits: the Job of its last run is being deleted', 'pre-install migrate deleted by before-hook-creation', 'pre-install migrate started',
  ]);
  expect([outcome.status, Math.max(...running)]).toEqual(['succeeded', 1]);
});

test('a hook that takes too long is stopped for good, and its Job and its log stay', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1h', logs: ['still busy'] } } });
  const { outcome, story, events } = await shop.install(MIGRATE, { timeoutSeconds: 30 });
  expect(story).toEqual([
    'record 1 pending-install',
    'pre-install migrate started',
    'pre-install migrate waits: it is being stopped',
    'pre-install migrate timed-out',
    'record 1 failed',
  ]);
  expect(outcome.error).toMatchObject({ code: 'hook-failed', verdict: { kind: 'timed-out', afterSeconds: 30 } });
  expect(outcome.error!.message).toMatch(/^Hook pre-install Job\/migrate timed out after 30 s \(after \d+\.\d s\)$/);
  expect(await shop.get('Job', 'migrate')).toMatchObject({
    metadata: { annotations: { 'cdk8s-lifecycle/stopped': 'timed out after 30 s' } },
    spec: { activeDeadlineSeconds: 1 },
    status: { conditions: [{ type: 'FailureTarget' }, { type: 'Failed', reason: 'DeadlineExceeded' }] },
  });
  expect(Date.parse(events.at(-1)!.at) - Date.parse(events[0].at)).toBeLessThan(62_000);
});

test('a hook that waits for a node when its time is over says so, and is stopped', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1h' } } });
  shop.cluster.at('500ms', async () => {
    const [{ metadata }] = await shop.cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' });
    const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available' }];
    await shop.cluster.patch({ apiVersion: 'v1', kind: 'Pod', name: metadata.name!, namespace: 'shop' }, { status: { conditions } });
  });
  const { story } = await shop.install(MIGRATE, { timeoutSeconds: 30 });
  expect(story).toContain('pre-install migrate waits: cannot be scheduled: 0/1 nodes are available');
});

test('a suspended Job ignores deadlines, so it is deleted when its time is over', async () => {
  const shop = await Shop.open();
  const { story } = await shop.install([job('migrate', { on: 'pre-install' }, { suspend: true }), configMap('r')], { timeoutSeconds: 30 });
  expect(story).toContain('pre-install migrate timed-out');
  expect(await shop.names('Job')).toEqual([]);
});

test.each([
  ['Succeeded', {}, 'succeeded', undefined],
  ['Failed', { reason: 'Evicted', message: 'The node was low on memory' }, 'failed', 'Hook pre-install Pod/check failed: Pod check was taken away (Evicted: The node was low on memory) (after 3.0 s)'],
])('a hook that is a Pod ends when its phase is %s', async (phase, detail, status, message) => {
  const shop = await Shop.open();
  const ref = { apiVersion: 'v1', kind: 'Pod', name: 'check', namespace: 'shop' };
  shop.cluster.at('3s', () => shop.cluster.patch(ref, { status: { phase, ...detail } }));
  const { outcome } = await shop.install([pod('check', { on: 'pre-install' }), configMap('r')]);
  expect([outcome.status, outcome.error?.message]).toEqual([status, message]);
});

test('a hook that is neither a Job nor a Pod is done as soon as it exists', async () => {
  const shop = await Shop.open();
  const { events } = await shop.install([configMap('script', {}, { on: 'pre-install' }), configMap('r')]);
  expect(events.find(({ kind }) => kind === 'hook-finished')).toMatchObject({ verdict: { kind: 'succeeded' }, milliseconds: 0 });
});

test('a hook runs in the namespace that its manifest names', async () => {
  const shop = await Shop.open();
  const hook = job('migrate', { on: 'pre-install' });
  const { outcome } = await shop.install([{ ...hook, metadata: { ...hook.metadata, namespace: 'default' } }, configMap('r')]);
  expect([outcome.status, await shop.names('Job')]).toEqual(['succeeded', []]);
  expect(await shop.cluster.get({ ...REF, namespace: 'default' })).toBeDefined();
});

test('a hook that the cluster does not take fails with the reason, and nothing comes after it', async () => {
  const shop = await Shop.open();
  const hook = job('migrate', { on: 'pre-install' });
  const { outcome, story } = await shop.install([{ ...hook, metadata: { ...hook.metadata, namespace: 'nowhere' } }, configMap('r')]);
  expect(outcome.error!.message).toBe(
    'Hook pre-install Job/migrate failed: cannot create Job/migrate in namespace nowhere: namespace "nowhere" not found (after 0.0 s)',
  );
  expect(story).toEqual(['record 1 pending-install', 'pre-install migrate started', 'pre-install migrate failed', 'record 1 failed']);
});

test.each([['10s', 10], ['2m', 120]])('a hook with a timeout of %s is waited for so long, whatever the operation says', async (timeout, seconds) => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1h' } } });
  const hook = withMetadata(job('migrate', { on: 'pre-install,pre-rollback' }), { annotations: { 'cdk8s-lifecycle/timeout': timeout } });
  const { outcome } = await shop.install([hook, configMap('r')], { timeoutSeconds: 30 });
  expect(outcome.error).toMatchObject({ verdict: { kind: 'timed-out', afterSeconds: seconds } });
  await shop.upgrade([configMap('r')]);
  expect((await shop.rollback(1, { timeoutSeconds: 30 })).outcome.error).toMatchObject({ verdict: { kind: 'timed-out', afterSeconds: seconds } });
});

test('a timeout in a record that is no duration, as Helm keeps it, is none', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1h' } } });
  const hook = withMetadata(job('migrate', { on: 'pre-rollback' }), { annotations: { 'cdk8s-lifecycle/timeout': '10s' } });
  await shop.install([hook, configMap('r')]);
  const records = new RecordStore(shop.cluster, 'web', 'shop');
  const [{ record }] = await records.history();
  await records.write({ ...record, hooks: record.hooks.map((each) => ({ ...each, manifest: each.manifest.replace('10s', 'soon') })) });
  await shop.upgrade([configMap('r')]);
  expect((await shop.rollback(1, { timeoutSeconds: 30 })).outcome.error).toMatchObject({ verdict: { kind: 'timed-out', afterSeconds: 30 } });
});
