import { configMap, job } from '../../release/manifests';
import { Shop } from '../harness';

const DOWN = { on: 'pre-rollback-from-source' };

test('the revision that is left says how it is taken back: its own hooks run, after those of the target', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), job('backup', { on: 'pre-rollback' }), job('down-1', DOWN)]);
  await shop.upgrade([configMap('a', { x: '2' }), job('down-2', DOWN), job('tell', { on: 'post-rollback-from-source' })]);
  const { outcome, story } = await shop.rollback(1);
  expect([outcome.status, story]).toEqual(['succeeded', [
    'record 3 pending-rollback',
    'pre-rollback backup started',
    'pre-rollback backup succeeded',
    'pre-rollback-from-source down-2 started',
    'pre-rollback-from-source down-2 succeeded',
    'changed ConfigMap/a',
    'post-rollback-from-source tell started',
    'post-rollback-from-source tell succeeded',
    'record 3 deployed',
    'record 2 superseded',
  ]]);
});

test('a way back that fails leaves the resources alone', async () => {
  const shop = await Shop.open({ jobs: { down: { exitCode: 1 } } });
  await shop.install([configMap('a', { x: '1' })]);
  await shop.upgrade([configMap('a', { x: '2' }), job('down', DOWN)]);
  const { outcome } = await shop.rollback(1);
  expect([outcome.status, (await shop.get('ConfigMap', 'a'))!.data]).toEqual(['failed', { x: '2' }]);
});

test('what was uninstalled has nothing to be taken back', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), job('down', DOWN)]);
  await shop.uninstall({ keepHistory: true });
  expect((await shop.rollback(1)).story).toEqual(['record 2 pending-rollback', 'created ConfigMap/a', 'record 2 deployed']);
});
