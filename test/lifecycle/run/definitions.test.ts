import { randomBytes } from 'node:crypto';
import { planInstall, planUpgrade } from '../../../src/lifecycle';
import { ReleaseContent, readContent } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, file, object, withMetadata } from '../../release/manifests';
import { Run, Shop } from '../harness';
import { FaultyCluster } from './faulty-cluster';

const DEFINITION = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', {
  spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true }] },
});
const WIDGET = object('example.com/v1', 'Widget', 'one', { spec: { size: 1 } });
const OPTIONS = { release: 'web', namespace: 'shop' };

function chart(definition: KubeObject, ...objects: readonly KubeObject[]): ReleaseContent {
  return readContent([file('web/crds/widgets.yaml', definition), file('web/templates/web.yaml', ...objects)], 'shop');
}

async function install(shop: Shop, content: ReleaseContent): Promise<Run> {
  return shop.run(planInstall(await shop.history(), content, OPTIONS));
}

function live(shop: Shop): Promise<KubeObject | undefined> {
  return shop.cluster.get({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'widgets.example.com' });
}

test('the definitions of crds/ come before the record, and are no part of it', async () => {
  const shop = await Shop.open();
  const { outcome, story } = await install(shop, chart(DEFINITION, WIDGET));
  expect([outcome.status, story]).toEqual(['succeeded', ['defined widgets.example.com', 'record 1 pending-install', 'created Widget/one', 'record 1 deployed']]);
  expect((await shop.last()).manifest).not.toContain('CustomResourceDefinition');
  expect((await live(shop))!.metadata.annotations).toBeUndefined();
});

test('a definition that is there stays as it is, whatever the chart says by now', async () => {
  const shop = await Shop.open();
  await install(shop, chart(DEFINITION, WIDGET));
  const changed = withMetadata(DEFINITION, { annotations: { new: '1' } });
  const { story } = await shop.run(planUpgrade(await shop.history(), chart(changed, WIDGET), OPTIONS));
  expect([story, (await live(shop))!.metadata.annotations]).toEqual([expect.not.arrayContaining(['defined widgets.example.com']), undefined]);
});

test('an upgrade makes a definition that is new, for the objects of its kind come with it', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  const { outcome, story } = await shop.run(planUpgrade(await shop.history(), chart(DEFINITION, configMap('a'), WIDGET), OPTIONS));
  expect([outcome.status, story[0]]).toEqual(['succeeded', 'defined widgets.example.com']);
});

test('an uninstall leaves the definitions', async () => {
  const shop = await Shop.open();
  await install(shop, chart(DEFINITION, WIDGET));
  await shop.uninstall();
  expect(await live(shop)).toBeDefined();
});

test('a definition that cannot be created ends the operation before anything is recorded', async () => {
  const cluster = new FaultyCluster();
  const shop = await Shop.in(cluster);
  cluster.refuse('create', /CustomResourceDefinition/, 'forbidden');
  const { outcome, story } = await install(shop, chart(DEFINITION, configMap('a')));
  expect([outcome.status, story, await shop.statuses()]).toEqual(['failed', [], []]);
});

test('a revision that is too large to be recorded is refused before anything is made, the definitions included', async () => {
  const shop = await Shop.open();
  const noise = randomBytes(1_100_000).toString('base64');
  const content = chart(DEFINITION, configMap('big', { noise }));
  const { outcome, story } = await shop.run(planInstall([], content, { ...OPTIONS, namespace: 'new', createNamespace: true }));
  expect([outcome.error?.code, outcome.error?.message, story, await live(shop)]).toEqual([
    'refused', expect.stringMatching(/^The record of release "web" would be \d+ bytes; a Secret has room for 1032192$/), [], undefined,
  ]);
});
