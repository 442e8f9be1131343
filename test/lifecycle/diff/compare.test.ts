import { ClusterError } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { ReleaseDifference, compare, isDifferent, planUpgradeOrInstall } from '../../../src/lifecycle';
import { manifestDifferences } from '../../../src/lifecycle/diff/manifest-differences';
import { readContent } from '../../../src/release';
import { KubeObject, MANAGED_BY } from '../../../src/vocabulary';
import { configMap, content, deployment, file, job, object, withMetadata } from '../../release/manifests';
import { Shop } from '../harness';

const KEEP = { annotations: { 'helm.sh/resource-policy': 'keep' } };
const secret = (password: string) => object('v1', 'Secret', 'creds', { stringData: { password, user: 'app' } });

let shop: Shop;

beforeEach(async () => {
  shop = await Shop.open();
});

async function difference(...objects: readonly KubeObject[]): Promise<ReleaseDifference> {
  const history = await shop.history();
  return compare(planUpgradeOrInstall(history, content(...objects), { release: 'web', namespace: 'shop' }), history, shop.cluster);
}

/** `changed settings`, one an object. */
function words({ resources, hooks }: ReleaseDifference): string[] {
  return [...resources.map(({ change, object: { name } }) => `${change} ${name}`), ...hooks.map(({ change, hook: { name } }) => `hook ${change} ${name}`)];
}

function refuse(reason: 'invalid' | 'unreachable'): void {
  const error = new ClusterError(reason, { verb: 'patch', target: 'ConfigMap/a' }, 'the field is immutable, unlike hunter22');
  jest.spyOn(SimulatedCluster.prototype, 'apply').mockRejectedValue(error);
}

afterEach(() => jest.restoreAllMocks());

test('of a release that is not there everything is created and added', async () => {
  const found = await difference(configMap('a', { x: '1' }), job('migrate', { on: 'pre-install' }));
  expect([found.operation, found.revision, words(found), isDifferent(found)]).toEqual(['install', 1, ['created a', 'hook added migrate'], true]);
  const { before, after } = found.resources[0];
  expect(before).toBeUndefined();
  expect(after).toContain('data:\n  x: \'1\'\n');
});

test('of what is deployed nothing differs', async () => {
  await shop.install([configMap('a', { x: '1' }), secret('hunter22'), deployment('web'), job('migrate', { on: 'pre-install' })]);
  const found = await difference(configMap('a', { x: '1' }), secret('hunter22'), deployment('web'), job('migrate', { on: 'pre-install' }));
  expect([words(found), isDifferent(found)]).toEqual([['unchanged creds', 'unchanged a', 'unchanged web', 'hook unchanged migrate'], false]);
  expect(JSON.stringify(found)).not.toContain('before');
});

test('what changes, what comes, what goes and what is kept', async () => {
  await shop.install([configMap('a', { x: '1', y: '1' }), configMap('old'), withMetadata(configMap('kept'), KEEP), configMap('kept-live')]);
  await shop.cluster.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'kept-live', namespace: 'shop' }, { metadata: KEEP });
  const found = await difference(configMap('a', { x: '2' }), configMap('new'));
  expect(words(found)).toEqual(['changed a', 'created new', 'deleted old', 'kept kept', 'kept kept-live']);
  const [{ before, after }, , old] = found.resources;
  expect([before, after].map((text) => text!.split('kind')[0])).toEqual(["apiVersion: v1\ndata:\n  x: '1'\n  'y': '1'\n", "apiVersion: v1\ndata:\n  x: '2'\n"]);
  expect([old.before, old.after]).toEqual([expect.stringContaining('name: old'), undefined]);
});

test('what somebody else has changed is seen, and what they have added stays', async () => {
  await shop.install([configMap('a', { x: '1' })]);
  await shop.cluster.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' }, { data: { x: 'drifted', theirs: '1' } });
  const [{ change, before, after }] = (await difference(configMap('a', { x: '1' }))).resources;
  expect([change, before!.split('kind')[0], after!.split('kind')[0]]).toEqual([
    'changed', "apiVersion: v1\ndata:\n  theirs: '1'\n  x: drifted\n", "apiVersion: v1\ndata:\n  theirs: '1'\n  x: '1'\n",
  ]);
});

test('what is gone already is not deleted', async () => {
  await shop.install([configMap('a'), configMap('old')]);
  await shop.cluster.delete({ apiVersion: 'v1', kind: 'ConfigMap', name: 'old', namespace: 'shop' }, { propagation: 'background' });
  expect(words(await difference(configMap('a')))).toEqual(['unchanged a']);
});

test('a Secret that changes is told without its values', async () => {
  await shop.install([secret('hunter22')]);
  const found = await difference(secret('swordfish'), configMap('a', { url: 'db://app:swordfish@host' }));
  expect(words(found)).toEqual(['changed creds', 'created a']);
  const text = JSON.stringify(found);
  for (const value of ['hunter22', 'swordfish']) for (const form of [value, Buffer.from(value).toString('base64')]) expect(text).not.toContain(form);
  expect(found.resources[0].after).toContain("password: '*** (changed)'");
  expect(found.resources[1].after).toContain('url: db://app:***@host');
});

test('a Secret among the hooks is told without its values, too', async () => {
  const hook = (token: string) => object('v1', 'Secret', 'early', { stringData: { token } }, { on: 'pre-upgrade' });
  await shop.install([configMap('a'), hook('hunter22')]);
  const found = await difference(configMap('a'), hook('swordfish'));
  expect(words(found)).toEqual(['unchanged a', 'hook changed early']);
  expect([found.hooks[0].before, found.hooks[0].after]).toEqual([expect.stringContaining("token: '***'"), expect.stringContaining("token: '*** (changed)'")]);
  expect(JSON.stringify(found)).not.toMatch(/hunter22|swordfish/);
});

test('hooks come, change and go by their manifests', async () => {
  await shop.install([configMap('a'), job('same', { on: 'test' }), job('other', { on: 'pre-upgrade', weight: 1 }), job('gone', { on: 'pre-upgrade' })]);
  const found = await difference(configMap('a'), job('same', { on: 'test' }), job('other', { on: 'pre-upgrade', weight: 2 }), job('new', { on: 'pre-upgrade' }));
  expect(words(found).slice(1)).toEqual(['hook unchanged same', 'hook changed other', 'hook added new', 'hook removed gone']);
});

test('a hook that says the same in other words is unchanged, and one that changes shows nothing else', async () => {
  const helms = `# Source: web/templates/web.yaml
apiVersion: "v1"
kind: ConfigMap # rendered
metadata: {name: "early", annotations: {"helm.sh/hook": 'pre-upgrade'}}
data: {b: "1", a: "x"}
`;
  const ours = (a: string) => `apiVersion: v1\ndata:\n  a: ${a}\n  b: "1"\nkind: ConfigMap\nmetadata:\n  annotations:\n    helm.sh/hook: pre-upgrade\n  name: early\n`;
  const read = (text: string) => readContent([{ path: 'web.yaml', text }], 'shop');
  const { hooks: [before] } = read(helms);
  const changed = (text: string) => manifestDifferences('shop', [before], read(text).hooks, String)[0];
  expect(changed(ours('x')).change).toBe('unchanged');
  const { change, before: old, after } = changed(ours('z'));
  expect([change, old!.replace('a: x', 'a: z')]).toEqual(['changed', after]);
});

test('where the server refuses, the manifest is compared with the fields it states, and the reason is told', async () => {
  await shop.install([configMap('a', { x: '1', gone: '1' }), secret('hunter22')]);
  await shop.cluster.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' }, { data: { theirs: '1' }, immutable: true });
  refuse('invalid');
  const found = await difference(configMap('a', { x: '2' }), secret('hunter22'));
  const { change, before, after, refusal } = found.resources[1];
  expect([change, refusal]).toEqual(['changed', 'cannot patch ConfigMap/a: the field is immutable, unlike ***']);
  expect([before, after].map((text) => text!.split('kind')[0])).toEqual(["apiVersion: v1\ndata:\n  gone: '1'\n  x: '1'\n", "apiVersion: v1\ndata:\n  x: '2'\n"]);
});

test('a refusal is a difference, even where nothing else is', async () => {
  await shop.install([configMap('a')]);
  refuse('invalid');
  const found = await difference(configMap('a'));
  expect([words(found), isDifferent(found)]).toEqual([['unchanged a'], true]);
});

test('a kind that is not served yet, and a namespace that is missing, are told', async () => {
  const found = await difference(object('example.com/v1', 'Gadget', 'g'), withMetadata(configMap('a'), { namespace: 'nowhere' }));
  expect(found.resources.map(({ change, refusal }) => [change, refusal])).toEqual([
    ['created', 'cannot patch ConfigMap/a in namespace nowhere: namespace "nowhere" not found'],
    ['created', 'cannot patch Gadget/g: the cluster has no kind Gadget in example.com/v1'],
  ]);
});

test('an object of somebody else is told, with what would become of it', async () => {
  await shop.cluster.create(withMetadata(configMap('a', { x: '1' }), { namespace: 'shop' }));
  const [{ change, refusal }] = (await difference(configMap('a', { x: '2' }))).resources;
  expect([change, refusal]).toEqual(['changed', expect.stringContaining(`does not belong to release "web": its label ${MANAGED_BY}`)]);
});

test('a cluster that cannot be reached is no refusal', async () => {
  refuse('unreachable');
  await expect(difference(configMap('a'))).rejects.toMatchObject({ reason: 'unreachable' });
});

test('nothing is written', async () => {
  await shop.install([configMap('a'), configMap('old')]);
  const before = await shop.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap' });
  await difference(configMap('a', { x: '1' }), configMap('new'), job('migrate', { on: 'pre-upgrade' }));
  expect([await shop.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap' }), await shop.names('Job'), await shop.statuses()]).toEqual([before, [], ['1 deployed']]);
});

test('a definition of crds/ comes where it is missing; one that is there stays as it is', async () => {
  const definition = (annotations = {}) => withMetadata(object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', {
    spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true }] },
  }), { annotations });
  const chart = (crd: KubeObject) => readContent([file('web/crds/widgets.yaml', crd), file('web/templates/web.yaml', configMap('a'))], 'shop');
  const plan = async (crd: KubeObject) => planUpgradeOrInstall(await shop.history(), chart(crd), { release: 'web', namespace: 'shop' });
  const changes = async (crd: KubeObject) => (await compare(await plan(crd), await shop.history(), shop.cluster)).resources.map((each) => `${each.change} ${each.object.name}`);
  expect(await changes(definition())).toEqual(['created widgets.example.com', 'created a']);
  await shop.run(await plan(definition()));
  expect(await changes(definition({ new: '1' }))).toEqual(['unchanged a']);
});
