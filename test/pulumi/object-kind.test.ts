import { definedKind, groupOf, isClusterWide, kindOf } from '../../src/pulumi/object-kind';
import { KubeObject } from '../../src/vocabulary';

function definition(scope: string): KubeObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: { group: 'example.com', scope, names: { kind: 'Widget', plural: 'widgets' } },
  };
}

function object(apiVersion: string, kind: string): KubeObject {
  return { apiVersion, kind, metadata: { name: 'a' } };
}

test('a kind is written as kubectl does', () => {
  expect([kindOf(object('v1', 'Secret')), kindOf(object('apps/v1', 'Deployment'))]).toEqual(['Secret', 'Deployment.apps']);
  expect([groupOf('v1'), groupOf('rbac.authorization.k8s.io/v1')]).toEqual(['', 'rbac.authorization.k8s.io']);
});

test('a definition says what it defines', () => {
  expect(definedKind(definition('Cluster'))).toEqual({ kind: 'Widget.example.com', clusterWide: true });
  expect(definedKind(definition('Namespaced'))).toEqual({ kind: 'Widget.example.com', clusterWide: false });
  expect(definedKind(object('example.com/v1', 'CustomResourceDefinition'))).toBeUndefined();
});

test.each<[string, string, readonly KubeObject[], boolean]>([
  ['v1', 'ConfigMap', [], false],
  ['v1', 'Namespace', [], true],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', [], true],
  ['rbac.authorization.k8s.io/v1', 'Role', [], false],
  ['storage.k8s.io/v1beta1', 'StorageClass', [], true],
  ['example.com/v1', 'ClusterRole', [], false],
  ['example.com/v1', 'Widget', [], false],
  ['example.com/v1', 'Widget', [definition('Namespaced')], false],
  ['example.com/v2', 'Widget', [definition('Cluster')], true],
  ['other.com/v1', 'Widget', [definition('Cluster')], false],
])('%s %s among %j: outside of namespaces %s', (apiVersion, kind, among, expected) => {
  expect(isClusterWide(object(apiVersion, kind), among)).toBe(expected);
});
