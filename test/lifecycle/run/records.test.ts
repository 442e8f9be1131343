import { RecordStore, planUninstall, planUpgrade } from '../../../src/lifecycle';
import { encodeRecord } from '../../../src/release';
import { configMap, content, job } from '../../release/manifests';
import { Shop } from '../harness';
import { FaultyCluster } from './faulty-cluster';

test('a deployed revision is recorded as Helm records it', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), job('m', { on: 'post-install' })]);
  const record = await shop.last();
  expect(record).toMatchObject({
    name: 'web',
    namespace: 'shop',
    version: 1,
    apply_method: 'ssa',
    info: { status: 'deployed', description: 'Install complete', first_deployed: '2026-01-01T00:00:00.000Z', last_deployed: '2026-01-01T00:00:00.000Z' },
  });
  expect(record.hooks.map(({ name, last_run: run }) => [name, run])).toEqual([
    ['m', { started_at: '2026-01-01T00:00:00.000Z', completed_at: '2026-01-01T00:00:02.000Z', phase: 'Succeeded' }],
  ]);
});

test('the Secret of a revision has its status as a label', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  await shop.upgrade([configMap('a')]);
  const secrets = await shop.cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'shop', labels: { owner: 'helm', name: 'web' } });
  expect(secrets.map(({ metadata, type }) => [metadata.name, metadata.labels!.status, metadata.labels!.version, type])).toEqual([
    ['sh.helm.release.v1.web.v1', 'superseded', '1', 'helm.sh/release.v1'],
    ['sh.helm.release.v1.web.v2', 'deployed', '2', 'helm.sh/release.v1'],
  ]);
});

test('each operation describes its revision in the words of Helm', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  await shop.upgrade([configMap('a', { x: '2' })]);
  await shop.rollback();
  expect((await shop.history()).map(({ record: { info } }) => `${info.status}: ${info.description}`)).toEqual([
    'superseded: Install complete', 'superseded: Upgrade complete', 'deployed: Rollback to 1',
  ]);
});

test('a release keeps the time of its first deployment and shows that of the last', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  await shop.cluster.clock.sleep(60_000);
  await shop.upgrade([configMap('a')]);
  await shop.rollback();
  const times = (await shop.history()).map(({ record: { info } }) => [info.first_deployed, info.last_deployed].map((time) => time!.slice(11, 19)));
  expect(times).toEqual([['00:00:00', '00:00:00'], ['00:00:00', '00:01:00'], ['00:00:00', '00:01:00']]);
});

test('while a hook runs, its record says so', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '1m' } } });
  const seen: string[] = [];
  shop.cluster.at('30s', async () => {
    const { info, hooks } = await shop.last();
    seen.push(info.status, hooks[0].last_run.phase);
  });
  await shop.install([configMap('a'), job('m', { on: 'pre-install' })]);
  expect(seen).toEqual(['pending-install', 'Running']);
});

test('a failed hook is recorded as failed, one that never ran as such', async () => {
  const shop = await Shop.open({ jobs: { a: { exitCode: 1 } } });
  await shop.install([configMap('x'), job('a', { on: 'pre-install' }), job('b', { on: 'pre-install' })]);
  expect((await shop.last()).hooks.map(({ last_run: run }) => run.phase)).toEqual(['Failed', '']);
});

test('revisions beyond the limit are deleted when the new one is in', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  for (const historyMax of [3, 3, 3]) await shop.upgrade([configMap('a')], { historyMax });
  expect(await shop.statuses()).toEqual(['2 superseded', '3 superseded', '4 deployed']);
  expect((await shop.upgrade([configMap('a')], { historyMax: 3 })).story).toEqual([
    'record 5 pending-upgrade', 'forget 2', 'unchanged ConfigMap/a', 'record 5 deployed', 'record 4 superseded',
  ]);
});

test('of two runs of one plan, the second is refused and touches nothing', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '10s' } } });
  await shop.install([configMap('a')]);
  const plan = planUpgrade(await shop.history(), content(configMap('a'), configMap('b'), job('m', { on: 'pre-upgrade' })), { release: 'web', namespace: 'shop' });
  const [first, second] = await Promise.all([shop.run(plan), shop.run(plan)]);
  expect(first.outcome.status).toBe('succeeded');
  expect(second).toMatchObject({ story: [], outcome: { status: 'failed', error: { code: 'locked' } } });
  expect(await shop.statuses()).toEqual(['1 superseded', '2 deployed']);
});

test('a plan that was made before another operation ended no longer fits', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  const plan = planUpgrade(await shop.history(), content(configMap('b')), { release: 'web', namespace: 'shop' });
  await shop.upgrade([configMap('c')]);
  const { outcome, story } = await shop.run(plan);
  expect(outcome.error).toMatchObject({
    code: 'refused',
    message: 'The plan no longer fits release "web": it was made for revision 1, and by now revision 2 is deployed',
  });
  expect([story, await shop.names('ConfigMap')]).toEqual([[], ['c']]);
  expect(await shop.statuses()).toEqual(['1 superseded', '2 deployed']);
});

test('a plan that was made before another operation began is refused while that runs', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '10s' } } });
  await shop.install([configMap('a')]);
  const plan = planUpgrade(await shop.history(), content(configMap('b')), { release: 'web', namespace: 'shop' });
  const other = shop.upgrade([configMap('a'), job('m', { on: 'pre-upgrade' })]);
  await shop.cluster.clock.sleep(5000);
  const { outcome, story } = await shop.run(plan);
  expect([outcome.error!.code, story]).toEqual(['locked', []]);
  expect((await other).outcome.status).toBe('succeeded');
});

test('the plan of an uninstall no longer fits a release that is gone, or has a newer revision', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  const plan = planUninstall(await shop.history(), { release: 'web', namespace: 'shop' });
  await shop.upgrade([configMap('a')]);
  expect((await shop.run(plan)).outcome.error!.message).toBe(
    'The plan no longer fits release "web": it was made for revision 1, and by now revision 2 is deployed',
  );
  await shop.uninstall();
  expect((await shop.run(plan)).outcome.error!.message).toBe('The plan no longer fits release "web": it was made for revision 1, and by now there is none');
});

test('another release of that name elsewhere does not count', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  expect(await new RecordStore(shop.cluster, 'web', 'default').history()).toEqual([]);
});

test('a Secret that carries the labels of Helm but another type is no record', async () => {
  const shop = await Shop.open();
  await shop.cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', namespace: 'shop', labels: { owner: 'helm', name: 'web' } }, type: 'Opaque' });
  expect(await shop.history()).toEqual([]);
});

test('a record that somebody else wrote in between is not overwritten', async () => {
  const shop = await Shop.open({ jobs: { m: { for: '10s' } } });
  const ref = { apiVersion: 'v1', kind: 'Secret', name: 'sh.helm.release.v1.web.v1', namespace: 'shop' };
  shop.cluster.at('5s', async () => {
    const release = encodeRecord({ ...(await shop.last()), config: { by: 'another' } });
    await shop.cluster.patch(ref, { data: { release: Buffer.from(release).toString('base64') } });
  });
  const { outcome } = await shop.install([configMap('a'), job('m', { on: 'pre-install' })]);
  expect(outcome).toMatchObject({ status: 'failed', error: { code: 'cluster', reason: 'conflict' } });
  expect(await shop.last()).toMatchObject({ config: { by: 'another' } });
});

test('an operation that cannot write its first record runs no hook', async () => {
  const cluster = new FaultyCluster();
  const shop = await Shop.in(cluster);
  cluster.refuse('create', /^Secret\//);
  const { outcome, story } = await shop.install([configMap('a'), job('m', { on: 'pre-install' })]);
  expect([outcome.error!.message, story]).toEqual(['cannot create Secret/sh.helm.release.v1.web.v1: it was refused', []]);
});
