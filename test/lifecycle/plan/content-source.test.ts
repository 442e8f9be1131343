import { ContentSource, PerformRequest, RevisionHead, performWith, planFromSource, planInstall, planUpgrade, planUpgradeOrInstall } from '../../../src/lifecycle';
import { BadInputError, Resource } from '../../../src/release';
import { configMap, content } from '../../release/manifests';
import { Shop } from '../harness';

const OPTIONS = { release: 'web', namespace: 'shop' };

/** A source that writes down what it is asked for. */
function recording(): { readonly asked: RevisionHead[]; readonly source: ContentSource } {
  const asked: RevisionHead[] = [];
  const source: ContentSource = (head) => {
    asked.push(head);
    const values = { config: { a: head.revision }, defaults: { a: 0 } };
    return Promise.resolve({ content: content(configMap('a', { revision: String(head.revision) })), chart: { name: 'shop' }, values, notes: 'Hello.' });
  };
  return { asked, source };
}

test('a source is told which revision it makes, and whether that is the first', async () => {
  const shop = await Shop.open();
  const { asked, source } = recording();
  await planFromSource(planUpgradeOrInstall, await shop.history(), source, OPTIONS);
  await shop.install([configMap('a')]);
  const history = await shop.history();
  await planFromSource(planUpgradeOrInstall, history, source, OPTIONS);
  expect(asked).toEqual([
    { release: 'web', namespace: 'shop', revision: 1, isInstall: true },
    { release: 'web', namespace: 'shop', revision: 2, isInstall: false, base: history[0].record },
  ]);
});

test.each([['install', planInstall], ['upgrade', planUpgrade]] as const)('the record of an %s keeps chart, values and notes', async (operation, planner) => {
  const shop = await Shop.open();
  if (operation === 'upgrade') await shop.install([configMap('a')]);
  const { record } = await planFromSource(planner, await shop.history(), recording().source, OPTIONS);
  const { chart, config, info } = record;
  expect([chart.metadata.name, chart.values, config, info.notes]).toEqual(['shop', { a: 0 }, { a: record.version }, 'Hello.']);
});

test('what does not fit the release is refused before the source is asked', async () => {
  const { asked, source } = recording();
  await expect(planFromSource(planUpgrade, [], source, OPTIONS)).rejects.toMatchObject({ code: 'refused' });
  expect(asked).toEqual([]);
});

test('a source is asked once the lock is held, and its notes are told at the end', async () => {
  const shop = await Shop.open();
  const locks: number[] = [];
  const source: ContentSource = async (head) => {
    locks.push((await shop.cluster.list({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' })).length);
    return recording().source(head);
  };
  const plan = (history: Parameters<typeof planInstall>[0]) => planFromSource(planInstall, history, source, OPTIONS);
  const outcome = await performWith({ ...OPTIONS, operation: 'install', plan }, shop.cluster, () => undefined);
  expect([outcome.status, outcome.notes, locks]).toEqual(['succeeded', 'Hello.', [0, 1]]);
});

test('under the lock a source may have definitions made, which is told; before it may not', async () => {
  const shop = await Shop.open();
  const spec = { group: 'example.com', scope: 'Namespaced', names: { kind: 'Trinket', plural: 'trinkets' }, versions: [{ name: 'v1', served: true, storage: true }] };
  const object = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'trinkets.example.com' }, spec };
  const definition: Resource = { ref: { apiVersion: object.apiVersion, kind: object.kind, name: object.metadata.name }, object, text: '', path: 'crds/trinket.yaml' };
  const kinds: unknown[] = [];
  const source: ContentSource = async (head, held) => {
    await held?.define([definition]);
    kinds.push((await shop.cluster.kind({ apiVersion: 'example.com/v1', kind: 'Trinket' }))?.namespaced);
    return recording().source(head);
  };
  const told: string[] = [];
  const plan: PerformRequest['plan'] = (history, held) => planFromSource(planInstall, history, source, OPTIONS, held);
  await performWith({ ...OPTIONS, operation: 'install', plan }, shop.cluster, ({ kind }) => told.push(kind));
  expect([kinds, told.slice(0, 2)]).toEqual([[undefined, true], ['definition-created', 'operation-started']]);
});

test('bad input ends an operation before it takes the lock', async () => {
  const shop = await Shop.open();
  const writes = jest.spyOn(shop.cluster, 'create');
  const plan = () => Promise.reject(new BadInputError([{ message: 'no', remedy: 'Yes.' }]));
  await expect(performWith({ ...OPTIONS, operation: 'install', plan }, shop.cluster, () => undefined)).rejects.toMatchObject({ code: 'bad-input' });
  expect(writes).not.toHaveBeenCalled();
});
