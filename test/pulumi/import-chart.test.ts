import { App } from 'cdk8s';
import { importChart } from '../../src/pulumi/import-chart';
import { releaseObjects } from '../../src/pulumi/release-objects';
import { configMap, job } from '../release/manifests';

const YAML = `
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  colour: blue
---
# a comment and nothing else
---
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    helm.sh/hook: pre-upgrade
spec: {}
`;

function imported(manifests: string | readonly object[]) {
  const app = new App();
  importChart({ manifests })(app);
  return releaseObjects(app);
}

test('rendered YAML becomes the objects of a chart, hooks included, in their order', () => {
  expect(imported(YAML).map(({ path, object }) => [path, object])).toEqual([
    ['imported/configmap.settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { colour: 'blue' } }],
    ['imported/job.batch.migrate', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate', annotations: { 'helm.sh/hook': 'pre-upgrade' } }, spec: {} }],
  ]);
});

test('objects are objects', () => {
  const objects = [configMap('a', { text: 'one\n---\ntwo' }), job('b', { on: 'post-install', weight: -5 })];
  expect(imported(objects).map(({ object }) => object)).toEqual(objects);
});

test('objects of one name in two namespaces, of two kinds, and of two groups are told apart', () => {
  const of = (apiVersion: string, kind: string, namespace?: string) => ({ apiVersion, kind, metadata: { name: 'a', ...(namespace ? { namespace } : {}) } });
  const objects = [of('v1', 'Service', 'one'), of('v1', 'Service', 'two'), of('v1', 'Service'), of('v1', 'Pod', 'one'), of('serving.knative.dev/v1', 'Service')];
  expect(imported(objects).map(({ object }) => object)).toEqual(objects);
});

test.each([
  ['no object', 'hello', /manifests/],
  ['no kind', 'apiVersion: v1\nmetadata: { name: a }', /kind/],
  ['broken YAML', 'a: [', /manifests/],
  ['the same object twice', `${YAML}---${YAML}`, /settings/],
])('%s is refused', (_case, manifests, message) => {
  expect(() => imported(manifests)).toThrow(message);
});

test('the same manifests can be a chart twice', () => {
  const chart = importChart({ manifests: YAML });
  expect([1, 2].map(() => chart(new App()).toJson())).toEqual([expect.any(Array), expect.any(Array)]);
});
