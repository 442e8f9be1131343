import { secretReferences } from '../../src/release';
import { configMap, object } from './manifests';

const POD = {
  initContainers: [{ name: 'init', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'of-init', key: 'a' } } }] }],
  containers: [
    { name: 'main', env: [{ name: 'A', value: 'a' }, { name: 'B', valueFrom: { secretKeyRef: { name: 'of-env', key: 'b' } } }], envFrom: [{ secretRef: { name: 'of-env-from' } }, { configMapRef: { name: 'c' } }] },
    { name: 'other', env: [{ name: 'B', valueFrom: { secretKeyRef: { name: 'of-env', key: 'c' } } }] },
  ],
  volumes: [
    { name: 'a', secret: { secretName: 'of-volume' } },
    { name: 'b', projected: { sources: [{ secret: { name: 'of-projection' } }, { configMap: { name: 'c' } }] } },
    { name: 'c', csi: { driver: 'd', nodePublishSecretRef: { name: 'of-driver' } } },
    { name: 'd', emptyDir: {} },
  ],
  imagePullSecrets: [{ name: 'of-registry' }],
};
const ALL = ['of-init', 'of-env', 'of-env-from', 'of-volume', 'of-projection', 'of-driver', 'of-registry'];

test.each<[string, string, string, object]>([
  ['a Pod', 'v1', 'Pod', POD],
  ['a Job', 'batch/v1', 'Job', { template: { spec: POD } }],
  ['a CronJob', 'batch/v1', 'CronJob', { jobTemplate: { spec: { template: { spec: POD } } } }],
  ['a Deployment', 'apps/v1', 'Deployment', { template: { spec: POD } }],
  ['a custom resource with a Pod template', 'argoproj.io/v1alpha1', 'Rollout', { template: { spec: POD } }],
])('%s uses the Secrets that its Pods name, each once', (_case, apiVersion, kind, spec) => {
  expect(secretReferences(object(apiVersion, kind, 'x', { spec }))).toEqual(ALL);
});

test('a ServiceAccount brings the Secrets of its registries', () => {
  expect(secretReferences(object('v1', 'ServiceAccount', 'x', { imagePullSecrets: [{ name: 'of-registry' }], secrets: [{ name: 'token' }] }))).toEqual(['of-registry']);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no maps', 'text'],
  ['maps where lists should be', { template: { spec: { containers: {}, volumes: 'x', imagePullSecrets: null } } }],
  ['holes', { containers: [null, { env: [null, { valueFrom: null }], envFrom: [{ secretRef: { name: 7 } }] }], volumes: [null, { projected: { sources: [null] } }] }],
])('a manifest with %s in it uses none', (_case, spec) => {
  expect(secretReferences({ ...configMap('c'), spec })).toEqual([]);
});
