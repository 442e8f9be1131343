import { WatchEvent } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { configMap, deployment, object, withMetadata } from '../../release/manifests';

const NS = { namespace: 'default' };
const MAP = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'default' };
const HELM = { fieldManager: 'helm' };

test('what is created carries what a server adds, and cannot be created twice', async () => {
  const cluster = new SimulatedCluster({ start: new Date('2030-01-01T00:00:00Z') });
  const created = await cluster.create(withMetadata(configMap('a'), NS));
  expect(created.metadata).toMatchObject({ creationTimestamp: '2030-01-01T00:00:00.000Z', generation: 1, resourceVersion: expect.any(String), uid: expect.any(String) });
  await expect(cluster.create(withMetadata(configMap('a'), NS))).rejects.toMatchObject({ reason: 'already-exists', status: 409 });
});

test.each([
  ['a kind that is not served', object('example.com/v1', 'Thing', 'x'), 'unknown-kind', 'cannot create Thing/x: the cluster has no kind Thing in example.com/v1'],
  ['a version that is not served', withMetadata(object('apps/v1beta1', 'Deployment', 'x'), NS), 'unknown-kind', 'cannot create Deployment/x in namespace default: the cluster has no kind Deployment in apps/v1beta1'],
  ['a namespace that is missing', withMetadata(configMap('a'), { namespace: 'x' }), 'not-found', 'cannot create ConfigMap/a in namespace x: namespace "x" not found'],
])('%s is refused', async (_case, given, reason, message) => {
  await expect(new SimulatedCluster().create(given)).rejects.toMatchObject({ reason, message });
});

test('a generation counts the changes of the spec, and of nothing else', async () => {
  const cluster = new SimulatedCluster({ neverReady: ['web'] });
  const web = withMetadata(deployment('web', 'web:1'), NS);
  const generations = [(await cluster.apply(web, HELM)).object, (await cluster.apply(withMetadata(web, { labels: { a: 'b' } }), HELM)).object];
  generations.push((await cluster.apply(withMetadata(deployment('web', 'web:2'), NS), HELM)).object);
  expect(generations.map(({ metadata }) => metadata.generation)).toEqual([1, 1, 2]);
});

test('an apply says whether it created, changed or found everything as it is to be', async () => {
  const cluster = new SimulatedCluster();
  const changes = [];
  for (const x of ['1', '1', '2']) changes.push((await cluster.apply(withMetadata(configMap('a', { x }), NS), HELM)).change);
  expect(changes).toEqual(['created', 'unchanged', 'changed']);
});

test('an apply keeps what the server owns, and drops only what the same manager applied before', async () => {
  const cluster = new SimulatedCluster();
  const { object: first } = await cluster.apply(withMetadata(configMap('a', { ours: '1', dropped: '1' }), NS), HELM);
  await cluster.apply(withMetadata(configMap('a', { theirs: '1' }), NS), { fieldManager: 'other' });
  const { object: last } = await cluster.apply(withMetadata(configMap('a', { ours: '2' }), NS), HELM);
  expect([last.data, last.metadata.uid]).toEqual([{ ours: '2', theirs: '1' }, first.metadata.uid]);
});

test('an object that was deleted and made again has no past', async () => {
  const cluster = new SimulatedCluster();
  await cluster.apply(withMetadata(configMap('a', { old: '1' }), NS), HELM);
  await cluster.delete(MAP, { propagation: 'background' });
  await cluster.create(withMetadata(configMap('a', { old: 'theirs' }), NS));
  expect((await cluster.apply(withMetadata(configMap('a', { x: '1' }), NS), HELM)).object.data).toEqual({ old: 'theirs', x: '1' });
});

test('a replacement of another version than the one that is there is refused', async () => {
  const cluster = new SimulatedCluster();
  const created = await cluster.create(withMetadata(configMap('a'), NS));
  await cluster.replace({ ...created, data: { x: '1' } });
  await expect(cluster.replace({ ...created, data: { x: '2' } })).rejects.toMatchObject({ reason: 'conflict', status: 409 });
  await expect(cluster.patch(MAP, { metadata: { resourceVersion: created.metadata.resourceVersion } })).rejects.toMatchObject({ reason: 'conflict' });
  expect((await cluster.get(MAP))?.data).toEqual({ x: '1' });
});

test.each(['replace', 'patch'] as const)('to %s what is not there is refused', async (verb) => {
  const cluster = new SimulatedCluster();
  const attempt = verb === 'replace' ? cluster.replace(withMetadata(configMap('a'), NS)) : cluster.patch(MAP, {});
  await expect(attempt).rejects.toMatchObject({ reason: 'not-found', status: 404 });
});

test('what a caller holds is a copy', async () => {
  const cluster = new SimulatedCluster();
  const data = { x: '1' };
  await cluster.create(withMetadata(configMap('a', data), NS));
  data.x = '2';
  ((await cluster.get(MAP))!.data as { x: string }).x = '3';
  expect((await cluster.get(MAP))?.data).toEqual({ x: '1' });
});

test('a list holds the objects of a kind in a namespace, or in all, with the labels that were asked for', async () => {
  const cluster = new SimulatedCluster();
  await cluster.create(withMetadata(configMap('a'), { ...NS, labels: { x: '1', y: '1' } }));
  await cluster.create(withMetadata(configMap('b'), { ...NS, labels: { x: '2' } }));
  await cluster.create(withMetadata(configMap('c'), { namespace: 'kube-system', labels: { x: '1' } }));
  const names = async (query: object) => (await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', ...query })).map(({ metadata }) => metadata.name);
  expect([await names({}), await names(NS), await names({ labels: { x: '1' } }), await names({ ...NS, labels: { x: '1', y: '1' } })]).toEqual([
    ['a', 'b', 'c'], ['a', 'b'], ['a', 'c'], ['a'],
  ]);
});

test('a watch begins with what is there, tells every change, and ends with its signal', async () => {
  const cluster = new SimulatedCluster();
  await cluster.create(withMetadata(configMap('a'), NS));
  const end = new AbortController();
  cluster.at('1s', () => cluster.create(withMetadata(configMap('b'), NS)));
  cluster.at('2s', () => cluster.create(withMetadata(configMap('elsewhere'), { namespace: 'kube-system' })));
  cluster.at('3s', () => cluster.patch(MAP, { data: { x: '1' } }));
  cluster.at('4s', () => cluster.delete(MAP, { propagation: 'background' }));
  cluster.at('5s', () => end.abort());
  const told: string[] = [];
  const tell = (event: WatchEvent) => (event.kind === 'listed' ? `listed ${event.objects.length}` : `${event.kind} ${event.object.metadata.name}`);
  for await (const event of cluster.watch({ apiVersion: 'v1', kind: 'ConfigMap', ...NS }, end.signal)) told.push(tell(event));
  expect(told).toEqual(['listed 1', 'added b', 'modified a', 'deleted a']);
});

test('a CustomResourceDefinition brings its kind', async () => {
  const cluster = new SimulatedCluster();
  const spec = { group: 'example.com', scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1' }] };
  await cluster.create(object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com', { spec }));
  const kind = (apiVersion: string) => cluster.kind({ apiVersion, kind: 'Thing' });
  expect([await kind('example.com/v1'), await kind('example.com/v2')]).toEqual([{ namespaced: true, plural: 'things' }, undefined]);
});

test('workloads get ready after two seconds, claims and definitions at once', async () => {
  const cluster = new SimulatedCluster({ neverReady: ['never'] });
  for (const name of ['web', 'never']) await cluster.create(withMetadata(deployment(name), NS));
  await cluster.create(withMetadata(object('v1', 'PersistentVolumeClaim', 'data', { spec: {} }), NS));
  const status = async (apiVersion: string, kind: string, name: string) => (await cluster.get({ apiVersion, kind, name, ...NS }))?.status;
  await cluster.clock.sleep(1999);
  expect([await status('apps/v1', 'Deployment', 'web'), await status('v1', 'PersistentVolumeClaim', 'data')]).toEqual([undefined, { phase: 'Bound' }]);
  await cluster.clock.sleep(3_600_000);
  expect([await status('apps/v1', 'Deployment', 'web'), await status('apps/v1', 'Deployment', 'never')]).toMatchObject([{ observedGeneration: 1, availableReplicas: 1 }, undefined]);
});

test('it shows every object there is, and nobody changes it by changing them', async () => {
  const cluster = new SimulatedCluster();
  await cluster.create(withMetadata(configMap('a'), NS));
  const names = () => cluster.objects().map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  Object.assign(cluster.objects()[0], { kind: 'Other' });
  expect(names()).toEqual(['Namespace/default', 'Namespace/kube-system', 'ConfigMap/a']);
});
