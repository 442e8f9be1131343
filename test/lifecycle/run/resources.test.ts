import { KubeObject } from '../../../src/vocabulary';
import { configMap, deployment, job, object, withMetadata } from '../../release/manifests';
import { Shop } from '../harness';
import { FaultyCluster } from './faulty-cluster';

const KEEP = { annotations: { 'helm.sh/resource-policy': 'keep' } };
const hook = job('m', { on: 'pre-install,pre-upgrade' });

test('resources behind one that cannot be applied are still tried, then all failures are told and no post-hook runs', async () => {
  const shop = await Shop.open();
  const lost = (name: string) => withMetadata(configMap(name), { namespace: 'nowhere' });
  const { outcome, story } = await shop.install([lost('a'), configMap('b'), lost('c'), job('p', { on: 'post-install' })]);
  expect(story).toEqual(['record 1 pending-install', 'created ConfigMap/b', 'record 1 failed']);
  expect(outcome.error).toMatchObject({
    code: 'apply-failed',
    message: 'cannot patch ConfigMap/a in namespace nowhere: namespace "nowhere" not found\ncannot patch ConfigMap/c in namespace nowhere: namespace "nowhere" not found',
    failures: [{ resource: { name: 'a' } }, { resource: { name: 'c' } }],
  });
  expect((await shop.last()).info.description).toMatch(/^Release "web" failed: cannot patch ConfigMap\/a in namespace nowhere/);
});

test('an upgrade that cannot create a new resource goes no further, prunes nothing and leaves the old revision deployed', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('old')]);
  const { story } = await shop.upgrade([withMetadata(configMap('a'), { namespace: 'nowhere' }), configMap('new')]);
  expect(story).toEqual(['record 2 pending-upgrade', 'record 2 failed']);
  expect([await shop.names('ConfigMap'), await shop.statuses()]).toEqual([['old'], ['1 deployed', '2 failed']]);
});

test('a server that is lost while resources are applied ends the operation: only what was begun beside is told', async () => {
  const cluster = new FaultyCluster();
  const shop = await Shop.in(cluster);
  cluster.refuse('apply', /ConfigMap\/a/, 'unreachable');
  const { outcome, story } = await shop.install([configMap('a'), configMap('b'), deployment('web')]);
  const told = ['record 1 pending-install', 'created ConfigMap/b', 'record 1 failed'];
  expect([outcome.error!.message, story]).toEqual(['cannot apply ConfigMap/a: it was refused', told]);
});

test('a field that the new manifest drops is dropped, one that somebody else set stays', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a', { ours: '1', gone: '1' })]);
  await shop.cluster.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' }, { data: { theirs: '1' } });
  await shop.upgrade([configMap('a', { ours: '2' })]);
  expect(await shop.get('ConfigMap', 'a')).toMatchObject({ data: { ours: '2', theirs: '1' } });
  expect((await shop.get('ConfigMap', 'a'))!.data).not.toHaveProperty('gone');
});

test('what is kept by its manifest, or by an annotation on the live object, survives upgrade and uninstall', async () => {
  const shop = await Shop.open();
  await shop.install([withMetadata(configMap('manifest'), KEEP), configMap('live'), configMap('gone'), configMap('rest')]);
  await shop.cluster.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'live', namespace: 'shop' }, { metadata: KEEP });
  const { story } = await shop.upgrade([configMap('rest')]);
  expect(story.slice(2, 5)).toEqual(['kept ConfigMap/manifest', 'kept ConfigMap/live', 'deleted ConfigMap/gone']);
  await shop.upgrade([configMap('rest'), withMetadata(configMap('late'), KEEP)]);
  expect((await shop.uninstall({ wait: true })).story).toEqual(['record 3 uninstalling', 'deleted ConfigMap/rest', 'kept ConfigMap/late', 'forget 1,2,3']);
  expect(await shop.names('ConfigMap')).toEqual(['manifest', 'live', 'late']);
});

test('a resource that is gone already is absent, in an upgrade and in an uninstall', async () => {
  const shop = await Shop.open();
  const remove = (name: string) => shop.cluster.delete({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'shop' }, { propagation: 'background' });
  await shop.install([configMap('a'), configMap('b')]);
  await Promise.all([remove('a'), remove('b')]);
  expect((await shop.upgrade([configMap('b')])).story).toContain('absent ConfigMap/a');
  await remove('b');
  expect((await shop.uninstall()).story).toContain('absent ConfigMap/b');
});

test('a resource of a kind that the cluster no longer knows is absent', async () => {
  const shop = await Shop.open();
  const spec = { group: 'example.com', scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1' }] };
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com', { spec });
  await shop.install([definition, object('example.com/v1', 'Thing', 'x')]);
  await shop.cluster.delete({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'things.example.com' }, { propagation: 'background' });
  expect((await shop.uninstall()).story).toEqual([
    'record 1 uninstalling', 'absent CustomResourceDefinition/things.example.com', 'absent Thing/x', 'forget 1',
  ]);
});

test('an uninstall whose resource cannot be deleted goes on with the others, keeps its records and can be done again', async () => {
  const cluster = new FaultyCluster();
  const shop = await Shop.in(cluster);
  await shop.install([configMap('a'), configMap('b'), job('p', { on: 'post-delete' })]);
  cluster.refuse('delete', /ConfigMap\/a/);
  const { outcome, story } = await shop.uninstall();
  expect([outcome.error!.message, story]).toEqual(['cannot delete ConfigMap/a: it was refused', ['record 1 uninstalling', 'deleted ConfigMap/b']]);
  cluster.refuse('delete', /nothing/);
  expect((await shop.uninstall()).outcome.status).toBe('succeeded');
});

test.each<[string, KubeObject, string]>([
  ['no mark of Helm', configMap('a'), 'its label app.kubernetes.io/managed-by is not "Helm"'],
  [
    'another release',
    withMetadata(configMap('a'), { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations: { 'meta.helm.sh/release-name': 'x' } }),
    'its annotation meta.helm.sh/release-name is "x", not "web"',
  ],
])('an object with %s is not taken over, and nothing is touched', async (_case, theirs, reason) => {
  const shop = await Shop.open();
  await shop.cluster.create(withMetadata(theirs, { namespace: 'shop' }));
  const { outcome, story } = await shop.install([configMap('a', { ours: '1' }), hook]);
  expect(outcome.error).toMatchObject({ code: 'refused', message: `ConfigMap/a exists already and does not belong to release "web": ${reason}` });
  expect([story, await shop.statuses()]).toEqual([[], []]);
  expect((await shop.get('ConfigMap', 'a'))!.data).toEqual({});
});

test('an object that carries the marks of the release is adopted', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  await shop.upgrade([configMap('b'), withMetadata(configMap('a'), {})]);
  await shop.uninstall();
  await shop.cluster.create(withMetadata(configMap('a'), {
    namespace: 'shop',
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' },
  }));
  expect((await shop.install([configMap('a', { x: '1' })])).outcome.status).toBe('succeeded');
});

test('a release in a namespace that is missing is refused, or makes it when it is told to', async () => {
  const shop = await Shop.open();
  await shop.cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, { propagation: 'background' });
  const refused = await shop.install([configMap('a')]);
  expect(refused.outcome.error).toMatchObject({ code: 'refused', message: 'There is no namespace "shop"', remedy: 'Create it, name another one with -n, or pass --create-namespace.' });
  const { story } = await shop.install([configMap('a')], { createNamespace: true });
  expect(story).toEqual(['namespace shop', 'record 1 pending-install', 'created ConfigMap/a', 'record 1 deployed']);
  expect(await shop.cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' })).toMatchObject({ metadata: { labels: { name: 'shop' } } });
});

test('a namespace that is there is not made again', async () => {
  const shop = await Shop.open();
  expect((await shop.install([configMap('a')], { createNamespace: true })).story[0]).toBe('record 1 pending-install');
});

test.each([
  ['resource', object('example.com/v1', 'Thing', 'x')],
  ['hook', object('example.com/v1', 'Thing', 'x', {}, { on: 'post-install' })],
])('a %s of a kind that nobody knows is refused before anything is touched', async (_what, thing) => {
  const shop = await Shop.open();
  const { outcome, story } = await shop.install([thing, configMap('a'), hook]);
  expect(outcome.error).toMatchObject({ code: 'cluster', reason: 'unknown-kind', message: 'cannot create Thing/x: the cluster has no kind Thing in example.com/v1' });
  expect([story, await shop.statuses()]).toEqual([[], []]);
});

test('a release may bring the CustomResourceDefinition of its own resources', async () => {
  const shop = await Shop.open();
  const spec = { group: 'example.com', scope: 'Cluster', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1' }] };
  const { story } = await shop.install([
    object('example.com/v1', 'Thing', 'x'),
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com', { spec }),
  ]);
  expect(story).toEqual(['record 1 pending-install', 'created CustomResourceDefinition/things.example.com', 'created Thing/x', 'record 1 deployed']);
  expect(await shop.cluster.get({ apiVersion: 'example.com/v1', kind: 'Thing', name: 'x' })).toBeDefined();
});

test('an uninstall that waits ends when the definition of a kind is gone, and with it every object of it', async () => {
  const shop = await Shop.open();
  const spec = { group: 'example.com', scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1' }] };
  await shop.install([object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com', { spec }), object('example.com/v1', 'Thing', 'x')]);
  const { outcome } = await shop.uninstall({ wait: true });
  expect([outcome.status, await shop.statuses()]).toEqual(['succeeded', []]);
});

test('a resource that becomes a hook of the same name is pruned after the hook has run, as in Helm', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), configMap('b')]);
  const { story } = await shop.upgrade([configMap('a', {}, { on: 'pre-upgrade' }), configMap('b')]);
  expect(story).toEqual([
    'record 2 pending-upgrade',
    'pre-upgrade a waits: the ConfigMap of its last run is being deleted',
    'pre-upgrade a deleted by before-hook-creation',
    'pre-upgrade a started',
    'pre-upgrade a succeeded',
    'unchanged ConfigMap/b',
    'deleted ConfigMap/a',
    'record 2 deployed',
    'record 1 superseded',
  ]);
});

test('a Deployment keeps its name and takes its new image', async () => {
  const shop = await Shop.open();
  await shop.install([deployment('web', 'web:1')]);
  expect((await shop.upgrade([deployment('web', 'web:2')])).story).toContain('changed Deployment/web');
  expect(await shop.get('Deployment', 'web', 'apps/v1')).toMatchObject({ spec: { template: { spec: { containers: [{ name: 'web', image: 'web:2' }] } } } });
});

test('an object of a kind that the release itself defines is applied once the definition is served', async () => {
  const shop = await Shop.open();
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'gadgets.example.com', {
    spec: { group: 'example.com', scope: 'Namespaced', names: { kind: 'Gadget' }, versions: [{ name: 'v1', served: true }] },
  });
  const { story } = await shop.install([object('example.com/v1', 'Gadget', 'one'), definition]);
  expect(story.slice(1, -1)).toEqual(['created CustomResourceDefinition/gadgets.example.com', 'created Gadget/one']);
});

test('a hook that cannot be created leaves those before it as they are, whatever their policies say', async () => {
  const shop = await Shop.open();
  await shop.cluster.create(withMetadata(job('second'), { namespace: 'shop' }));
  const before = job('first', { on: 'pre-install', weight: -1, policies: 'hook-succeeded' });
  const { outcome } = await shop.install([before, job('second', { on: 'pre-install', policies: 'hook-succeeded,hook-failed' })]);
  expect([outcome.status, await shop.names('Job')]).toEqual(['failed', ['second', 'first']]);
});
