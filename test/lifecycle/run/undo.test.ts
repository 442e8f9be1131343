import { ClusterError } from '../../../src/cluster';
import { RecordStore } from '../../../src/lifecycle';
import { configMap, job } from '../../release/manifests';
import { Shop } from '../harness';

const V1 = [{ ...configMap('settings'), data: { a: '1' } }, job('back', { on: 'pre-rollback' })];
const FAILING = [{ ...configMap('settings'), data: { a: '2' } }, configMap('extra'), job('check', { on: 'post-upgrade,post-install' })];

test('a failed upgrade is rolled back by itself, and stays a failed upgrade', async () => {
  const shop = await Shop.open({ jobs: { check: { exitCode: 1 } } });
  await shop.install(V1);
  const { outcome, story } = await shop.upgrade(FAILING, { rollbackOnFailure: true });
  expect(story.slice(story.indexOf('post-upgrade check failed'))).toEqual([
    'post-upgrade check failed',
    'record 2 failed',
    'record 3 pending-rollback',
    'pre-rollback back started',
    'pre-rollback back succeeded',
    'changed ConfigMap/settings',
    'deleted ConfigMap/extra',
    'ready',
    'record 3 deployed',
    'record 1 superseded',
  ]);
  expect(outcome).toMatchObject({ operation: 'upgrade', revision: 2, status: 'failed', undone: { operation: 'rollback', revision: 3, status: 'succeeded' } });
  expect(await shop.statuses()).toEqual(['1 superseded', '2 failed', '3 deployed']);
});

test('a failed install is uninstalled by itself and leaves nothing but the Job that failed', async () => {
  const shop = await Shop.open({ jobs: { check: { exitCode: 1 } } });
  const { outcome } = await shop.install(FAILING, { rollbackOnFailure: true });
  expect(outcome).toMatchObject({ operation: 'install', status: 'failed', undone: { operation: 'uninstall', status: 'succeeded' } });
  expect([await shop.statuses(), await shop.names('ConfigMap')]).toEqual([[], []]);
});

test('what is refused before it begins is not taken back', async () => {
  const shop = await Shop.open();
  await shop.cluster.create({ ...configMap('settings'), metadata: { name: 'settings', namespace: 'shop' } });
  const { outcome } = await shop.install(V1, { rollbackOnFailure: true });
  expect([outcome.status, outcome.error?.code, outcome.undone]).toEqual(['failed', 'refused', undefined]);
});

test('a way back that fails as well is told with its own error', async () => {
  const shop = await Shop.open({ jobs: { check: { exitCode: 1 }, back: { exitCode: 1 } } });
  await shop.install(V1);
  const { outcome } = await shop.upgrade(FAILING, { rollbackOnFailure: true });
  expect([outcome.error?.message, outcome.undone?.error?.message]).toEqual([
    expect.stringMatching(/^Hook post-upgrade Job\/check failed/),
    expect.stringMatching(/^Hook pre-rollback Job\/back failed/),
  ]);
});

test('an operation that was interrupted is not taken back: there are only seconds left', async () => {
  const interrupt = new AbortController();
  const shop = await Shop.open({ jobs: { check: { for: '60s' } } });
  await shop.install(V1);
  void shop.cluster.clock.sleep(5000).then(() => interrupt.abort());
  const { outcome } = await shop.upgrade(FAILING, { rollbackOnFailure: true, interrupt: interrupt.signal });
  expect([outcome.status, outcome.undone]).toEqual(['interrupted', undefined]);
});

test('what a failed upgrade has created is deleted with cleanupOnFail, and nothing else', async () => {
  const shop = await Shop.open({ jobs: { check: { exitCode: 1 } } });
  await shop.install(V1);
  const { story } = await shop.upgrade(FAILING, { cleanupOnFail: true });
  expect(story.slice(-2)).toEqual(['record 2 failed', 'deleted ConfigMap/extra']);
  expect(await shop.names('ConfigMap')).toEqual(['settings']);
});

test('what cannot be planned to be taken back is told, and the failure stays that of the operation', async () => {
  const shop = await Shop.open({ jobs: { check: { exitCode: 1 } } });
  await shop.install(V1);
  const read = RecordStore.prototype.history;
  let reads = 0;
  jest.spyOn(RecordStore.prototype, 'history').mockImplementation(function (this: RecordStore) {
    reads += 1; // the plan's, the run's, and that of the way back
    return reads === 3 ? Promise.reject(new ClusterError('unreachable', { verb: 'list', target: 'Secrets' }, 'connection refused')) : read.call(this);
  });
  const { outcome, story } = await shop.upgrade(FAILING, { rollbackOnFailure: true });
  jest.restoreAllMocks();
  expect([outcome.error?.code, outcome.undone, story.at(-1)]).toEqual([
    'hook-failed', undefined, 'warning It could not be taken back: cannot list Secrets: connection refused',
  ]);
});
