import { RecordStore, performWith, planUninstall, planUpgrade, LifecycleEvent } from '../../../src/lifecycle';
import { recordName } from '../../../src/release';
import { configMap, content } from '../../release/manifests';
import { Shop, storyOf } from '../harness';

const RELEASE = { release: 'web', namespace: 'shop' };

async function shopOf(revisions: number): Promise<Shop> {
  const shop = await Shop.open();
  await shop.install([configMap('a', { v: '1' })]);
  for (let revision = 2; revision <= revisions; revision += 1) await shop.upgrade([configMap('a', { v: String(revision) })]);
  return shop;
}

async function breakRecord(shop: Shop, revision: number): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'Secret', name: recordName('web', revision), namespace: 'shop' };
  await shop.cluster.patch(ref, { data: { release: 'AAAA' } });
}

async function perform(shop: Shop, operation: 'upgrade' | 'uninstall'): Promise<string[]> {
  const events: LifecycleEvent[] = [];
  const plan = operation === 'upgrade' ? planUpgrade : undefined;
  const request = {
    ...RELEASE,
    operation,
    plan: (history: Parameters<typeof planUninstall>[0]) => plan?.(history, content(configMap('a', { v: '9' })), RELEASE) ?? planUninstall(history, RELEASE),
  };
  await performWith(request, shop.cluster, (event) => events.push(event));
  return storyOf(events);
}

const WARNING = 'warning Secret shop/sh.helm.release.v1.web.v1 holds no readable release record: it is no JSON; it is left out';

test('an upgrade goes on beside an old revision that cannot be read, and says so', async () => {
  const shop = await shopOf(2);
  await breakRecord(shop, 1);
  expect(await perform(shop, 'upgrade')).toEqual(expect.arrayContaining([WARNING, 'record 3 deployed', 'record 2 superseded']));
});

test('an uninstall deletes an old revision that cannot be read, too: the next release of the name starts anew', async () => {
  const shop = await shopOf(3);
  await breakRecord(shop, 1);
  expect(await perform(shop, 'uninstall')).toEqual([WARNING, 'record 3 uninstalling', 'deleted ConfigMap/a', 'forget 1,2,3']);
  expect(await shop.cluster.list({ apiVersion: 'v1', kind: 'Secret' })).toEqual([]);
});

test.each(['upgrade', 'uninstall'] as const)('an %s refuses where the newest revision cannot be read, and touches nothing', async (operation) => {
  const shop = await shopOf(2);
  await breakRecord(shop, 2);
  const before = await shop.cluster.list({ apiVersion: 'v1', kind: 'Secret' });
  await expect(perform(shop, operation)).rejects.toMatchObject({
    code: 'cluster',
    message: 'Secret shop/sh.helm.release.v1.web.v2 holds no readable release record: it is no JSON',
    remedy: expect.stringContaining('kubectl delete secret sh.helm.release.v1.web.v2 -n shop') as string,
  });
  expect(await shop.cluster.list({ apiVersion: 'v1', kind: 'Secret' })).toEqual(before);
});

test('the readable revisions can be listed all the same', async () => {
  const shop = await shopOf(2);
  await breakRecord(shop, 2);
  const records = new RecordStore(shop.cluster, 'web', 'shop');
  expect([(await records.readable()).length, records.unreadable.map(({ revision }) => revision)]).toEqual([1, [2]]);
});

test('a Secret that has the name of a record and is none is told as what it is, not as a lock', async () => {
  const shop = await Shop.open();
  await shop.cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: recordName('web', 1), namespace: 'shop' }, type: 'Opaque' });
  const { outcome } = await shop.install([configMap('a')]);
  expect(outcome.error).toMatchObject({
    code: 'refused',
    message: "Secret shop/sh.helm.release.v1.web.v1 exists and is no release record: its type or its labels are not Helm's",
    remedy: 'Rename or delete it; revision 1 needs the name.',
  });
});
