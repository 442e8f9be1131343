import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart } from 'cdk8s';
import { late } from '../../src/pulumi/late';
import { releaseObjects } from '../../src/pulumi/release-objects';
import { ReleaseResourcesOptions, manifestsOf, registerResources } from '../../src/pulumi/release-resources';
import { KubeObject, compareBytes } from '../../src/vocabulary';
import { Component, Mocked, settled } from './mocked';

let mocked: Mocked;
beforeEach(() => {
  mocked = new Mocked();
});

const OPTIONS = { release: 'web', namespace: 'web', await: 'ready' } as const;

/** An app of objects that somebody wrote by hand. */
function objects(...given: readonly KubeObject[]) {
  return given.map((object, index) => ({ path: `chart/${index}`, object, after: [] }));
}

function configMap(name: string, rest: Partial<KubeObject['metadata']> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...rest }, data: {} };
}

function withoutOutputs(_: string, value: unknown): unknown {
  return pulumi.Output.isInstance(value) ? undefined : value;
}

async function registered(given: Parameters<typeof registerResources>[0], options: Partial<ReleaseResourcesOptions> = {}) {
  const component = new Component();
  const resources = registerResources(given, { ...OPTIONS, parent: component, dependsOn: [], ...options });
  await Promise.all(resources.map((each) => settled(each.urn)));
  return { resources, registered: mocked.registered.filter(({ type }) => type.startsWith('kubernetes:')) };
}

test('each object is a resource of the class of its kind, in the order of the objects', async () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const web = new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 2 } });
  new ApiObject(chart, 'widget', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'other' }, spec: { host: late.string(pulumi.output('h')) } });
  web.addDependency(new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: {} }));
  const { resources, registered: all } = await registered(releaseObjects(app));
  expect(resources.map((each) => each.constructor.name)).toEqual(['ConfigMap', 'Deployment', 'CustomResource']);
  expect(all.sort((a, b) => compareBytes(a.type, b.type))).toEqual([
    { type: 'kubernetes:apps/v1:Deployment', name: 'web:web', inputs: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'web' }, spec: { replicas: 2 } } },
    { type: 'kubernetes:core/v1:ConfigMap', name: 'web:config', inputs: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'web' }, data: {} } },
    { type: 'kubernetes:example.com/v1:Widget', name: 'web:other/w', inputs: { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'other' }, spec: { host: 'h' } } },
  ]);
});

test.each<[string, KubeObject, string]>([
  ['no name', { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'a-' } }, 'chart/0 (Pod): has no metadata.name'],
  ['a list', { apiVersion: 'v1', kind: 'List', metadata: { name: 'a' }, items: [] }, 'chart/0 (List): is a list of objects'],
  ['what its class requires', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } }, "chart/0 (Deployment): Missing required property 'spec'"],
  ['a calculation', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { n: late.number(pulumi.output(5), 'lifetime') * 60 } }, 'chart/0/spec/n: lifetime was multiplied by 60'],
])('an object with something wrong is named: %s', (_, object, message) => {
  expect(() => registerResources(objects(object), { ...OPTIONS, parent: new Component(), dependsOn: [] })).toThrow(message);
});

test('a Secret shows nothing, whoever manages it', async () => {
  const [{ data, stringData, metadata }] = manifestsOf(objects({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'YQ==' }, stringData: { b: 'b' } }), OPTIONS);
  expect(await settled(data)).toEqual({ value: { a: 'YQ==' }, secret: true, known: true });
  expect(await settled(stringData)).toEqual({ value: { b: 'b' }, secret: true, known: true });
  expect(metadata).toEqual({ name: 'a', namespace: 'web' });
});

test('the namespace of a release may be known later', async () => {
  const { registered: all } = await registered(objects(configMap('a')), { namespace: pulumi.output('web') });
  expect(all).toEqual([expect.objectContaining({ name: 'web:a', inputs: expect.objectContaining({ metadata: { name: 'a', namespace: 'web' } }) })]);
});

test('resources come after the opening bracket, and after what their objects come after', async () => {
  class Opening extends pulumi.CustomResource {
    constructor() {
      super('test:index:Opening', 'opening', {});
    }
  }
  const [role, binding, pod] = ['Role', 'RoleBinding', 'Pod'].map((kind) => ({
    path: kind, object: { apiVersion: kind === 'Pod' ? 'v1' : 'rbac.authorization.k8s.io/v1', kind, metadata: { name: kind }, roleRef: {}, spec: {} }, after: [],
  }));
  await registered([pod, binding, role], { dependsOn: [new Opening()] });
  const after = mocked.requests.map((request) => [request.getName(), request.getDependenciesList().map((urn) => urn.split('::').at(-1))]);
  expect(Object.fromEntries(after)).toMatchObject({ 'web:Role': ['opening'], 'web:RoleBinding': ['opening', 'web:Role'], 'web:Pod': ['opening', 'web:RoleBinding'] });
});

test('an object that Helm would keep is kept', async () => {
  const policy = (value: string) => ({ annotations: { 'helm.sh/resource-policy': value } });
  await registered(objects(configMap('kept', policy('Keep')), configMap('gone'), configMap('late', policy(late.string(pulumi.output('keep'))))));
  const retained = mocked.requests.map((request) => [request.getName(), request.getRetainondelete() === true]);
  expect(Object.fromEntries(retained)).toMatchObject({ 'web:kept': true, 'web:gone': false, 'web:late': false });
});

test('a canary in a late secret leaves the program as a secret, wherever it stands', async () => {
  const secret = () => late.string(pulumi.secret('canary'));
  const given = objects(
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { password: `x${secret()}` } },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { url: `postgres://web:${secret()}@db` } },
    { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a', labels: { a: secret() } } },
  );
  for (const manifest of manifestsOf(given, OPTIONS)) {
    expect(JSON.stringify(Object.values(manifest).filter((each) => !pulumi.Output.isInstance(each)), withoutOutputs)).not.toContain('canary');
    expect((await settled(manifest)).secret).toBe(true);
  }
});
