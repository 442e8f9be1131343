import { ApplyOptions, ClusterError, ListQuery } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { KubeObject, ObjectRef } from '../../../src/vocabulary';
import { configMap } from '../../release/manifests';
import { Shop } from '../harness';

/** A cluster that counts what it is asked, and may deny lists of ConfigMaps. */
class CountingCluster extends SimulatedCluster {
  lists: ListQuery[] = [];
  gets = 0;
  known: (string | undefined)[] = [];
  refusal?: ClusterError;

  override async list(query: ListQuery): Promise<readonly KubeObject[]> {
    if (query.kind !== 'ConfigMap') return super.list(query);
    this.lists.push(query);
    if (this.refusal) throw this.refusal;
    return super.list(query);
  }

  override async get(ref: ObjectRef) {
    if (ref.kind === 'ConfigMap') this.gets += 1;
    return super.get(ref);
  }

  override async apply(object: KubeObject, options: ApplyOptions) {
    const { before } = options;
    this.known.push(before && before !== 'nothing' ? before.metadata.name : before);
    return super.apply(object, options);
  }
}

const settings = (count: number, version: string) => Array.from({ length: count }, (_, index) => configMap(`settings-${index + 10}`, { version }));
const names = (count: number) => settings(count, '').map(({ metadata }) => metadata.name);
const forbidden = new ClusterError('forbidden', { verb: 'list', target: 'ConfigMaps' }, 'no', { status: 403 });

async function upgraded(count: number, refusal?: ClusterError): Promise<CountingCluster & { readonly changes: number }> {
  const cluster = new CountingCluster();
  const shop = await Shop.in(cluster);
  await shop.install(settings(count, '1'));
  expect(cluster.known).toEqual(names(count).map(() => 'nothing'));
  [cluster.known, cluster.lists, cluster.refusal] = [[], [], refusal];
  const { story, outcome } = await shop.upgrade(settings(count, '2'));
  expect(outcome.status).toBe('succeeded');
  return Object.assign(cluster, { changes: story.filter((line) => line.startsWith('changed ')).length });
}

test('many objects of one kind are looked at by one list of their metadata, before they are changed; those of others are not its business', async () => {
  const { lists, known, changes } = await upgraded(20);
  expect(lists).toEqual([{
    apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'Helm' }, metadataOnly: true, enough: 40,
  }]);
  expect([known, changes]).toEqual([names(20), 20]);
});

test.each<[string, number, ClusterError | undefined, number]>([
  ['a few are looked at one by one', 15, undefined, 0],
  ['so are many, where the user may not list them', 20, forbidden, 1],
])('%s', async (_, count, refusal, asked) => {
  const { lists, known, changes } = await upgraded(count, refusal);
  expect([lists.length, known, changes]).toEqual([asked, names(count).map(() => undefined), count]);
});

test('a cluster that is out of reach ends the operation at the list already', async () => {
  const cluster = new CountingCluster();
  const shop = await Shop.in(cluster);
  await shop.install(settings(20, '1'));
  cluster.refusal = new ClusterError('unreachable', { verb: 'list', target: 'ConfigMaps' }, 'the API server cannot be reached');
  const { outcome } = await shop.upgrade(settings(20, '2'));
  expect(outcome.error?.message).toContain('cannot be reached');
});

test('many objects are created after one list of what is there, where not much else is', async () => {
  const cluster = new CountingCluster();
  await (await Shop.in(cluster)).install(settings(20, '1'));
  expect(cluster.lists).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', labels: undefined, metadataOnly: true, enough: 40 }]);
  expect(cluster.gets).toBe(0);
});

test('what is there already, and is the release\'s, is known when it is applied', async () => {
  const cluster = new CountingCluster();
  const shop = await Shop.in(cluster);
  const [labels, annotations] = [{ 'app.kubernetes.io/managed-by': 'Helm' }, { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' }];
  await cluster.create({ ...configMap('given'), metadata: { name: 'given', namespace: 'shop', labels, annotations } });
  const { story } = await shop.install([configMap('given', { a: '1' }), configMap('new')]);
  expect([cluster.known, story.slice(1, 3)]).toEqual([['given', 'nothing'], ['changed ConfigMap/given', 'created ConfigMap/new']]);
});

test('where much else is, they are looked at one by one, for the list does not say all', async () => {
  const cluster = new CountingCluster();
  const shop = await Shop.in(cluster);
  for (const { metadata, ...other } of settings(40, '0')) await cluster.create({ ...other, metadata: { name: `other-${metadata.name}`, namespace: 'shop' } });
  await shop.install(settings(20, '1'));
  expect([cluster.lists.length, cluster.gets]).toEqual([1, 20]);
});

test('what belongs to somebody else is found in the list, too', async () => {
  const cluster = new CountingCluster();
  const shop = await Shop.in(cluster);
  await cluster.create({ ...configMap('settings-12'), metadata: { name: 'settings-12', namespace: 'shop' } });
  const { outcome } = await shop.install(settings(20, '1'));
  expect([outcome.error?.message, cluster.gets]).toEqual([expect.stringContaining('ConfigMap/settings-12 exists already and does not belong to release "web"'), 0]);
});
