import { configMap, job, object, pod } from '../../release/manifests';
import { Shop } from '../harness';

const ON = { on: 'pre-install' };
const ACCOUNT = object('v1', 'ServiceAccount', 'runner', {}, ON);
const CLAIM = object('v1', 'PersistentVolumeClaim', 'dumps', { spec: {} }, ON);

test('the Jobs and Pods that hooks have left go with the release, whatever else they have made stays', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), job('migrate', ON), ACCOUNT, CLAIM]);
  const { story } = await shop.uninstall();
  expect(story.slice(-2)).toEqual(['pre-install migrate deleted by uninstall', 'forget 1']);
  expect([await shop.names('Job'), await shop.names('ServiceAccount'), await shop.names('PersistentVolumeClaim')]).toEqual([[], ['runner'], ['dumps']]);
});

test('on request the other objects of hooks go, too, but never what holds data', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), job('migrate', ON), ACCOUNT, CLAIM]);
  await shop.uninstall({ deleteHookObjects: true });
  expect([await shop.names('Job'), await shop.names('ServiceAccount'), await shop.names('PersistentVolumeClaim')]).toEqual([[], [], ['dumps']]);
});

test('what hooks of older revisions have left goes, too', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), job('first', ON)]);
  await shop.upgrade([configMap('a')]);
  await shop.uninstall();
  expect(await shop.names('Job')).toEqual([]);
});

test('a Job that somebody else has made under the name of a hook stays', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), job('migrate', ON)]);
  await shop.cluster.delete({ apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' }, { propagation: 'background' });
  await shop.cluster.clock.sleep(5000);
  await shop.cluster.create({ ...job('migrate'), metadata: { name: 'migrate', namespace: 'shop' } });
  const { outcome, story } = await shop.uninstall();
  expect([outcome.status, story.at(-1), await shop.names('Job')]).toEqual(['succeeded', 'forget 1', ['migrate']]);
});

test('the Job of a post-delete hook that failed stays, for its log is needed', async () => {
  const shop = await Shop.open({ jobs: { last: { exitCode: 1 } } });
  await shop.install([configMap('a'), job('last', { on: 'post-delete' }), job('migrate', ON)]);
  await shop.uninstall();
  expect(await shop.names('Job')).toEqual(['last']);
});

test('the Pod of a hook goes like its Jobs', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), pod('check', { on: 'post-install' })]);
  await shop.uninstall();
  expect(await shop.names('Pod')).toEqual([]);
});
