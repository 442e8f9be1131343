import { Await, managedObject } from '../../src/pulumi/managed-object';
import { KubeObject } from '../../src/vocabulary';

function object(kind: string, metadata: Partial<KubeObject['metadata']> = {}, apiVersion = 'v1'): KubeObject {
  return { apiVersion, kind, metadata: { name: 'a', ...metadata }, spec: { x: 1 } };
}

const metadataOf = (given: KubeObject, options: { namespace?: string; await?: Await } = {}) =>
  managedObject(given, [given], { namespace: 'web', await: 'ready', ...options }).metadata;

test.each<[string, KubeObject, object]>([
  ['an object without one gets that of the release', object('Pod'), { name: 'a', namespace: 'web' }],
  ['an object with one keeps it', object('Pod', { namespace: 'other' }), { name: 'a', namespace: 'other' }],
  ['an object outside of namespaces gets none', object('Namespace'), { name: 'a' }],
  ['one that was given to an object outside of namespaces is left out, as cdk8s gives that of the chart to all', object('Namespace', { namespace: 'web' }), { name: 'a' }],
])('the namespace: %s', (_, given, expected) => {
  expect(metadataOf(given)).toEqual(expected);
});

test.each<[string, Record<string, string> | undefined, Record<string, string> | undefined]>([
  ['what is said about hooks goes', { 'helm.sh/hook': 'test', 'helm.sh/hook-weight': '1', 'cdk8s-lifecycle/lint-ignore': 'a: b', 'mine': 'stays' }, { mine: 'stays' }],
  ['none is left, so there are none', { 'helm.sh/hook-delete-policy': 'hook-failed' }, undefined],
  ['what else is said to Helm stays', { 'helm.sh/resource-policy': 'keep', 'helm.sh/hooked': 'x' }, { 'helm.sh/resource-policy': 'keep', 'helm.sh/hooked': 'x' }],
  ['there are none', undefined, undefined],
])('annotations: %s', (_, annotations, expected) => {
  expect(metadataOf(object('Pod', annotations ? { annotations } : {})).annotations).toEqual(expected);
});

const SKIP = { 'pulumi.com/skipAwait': 'true' };
test.each<[string, Await, KubeObject, Record<string, string> | undefined]>([
  ['ready', 'ready', object('Pod'), undefined],
  ['applied', 'applied', object('Pod', { annotations: { a: 'b' } }), { a: 'b', ...SKIP }],
  ['applied, but an object says that it is waited for', 'applied', object('Pod', { annotations: { 'pulumi.com/skipAwait': 'false' } }), { 'pulumi.com/skipAwait': 'false' }],
  ['applied, but an object says for what', 'applied', object('Pod', { annotations: { 'pulumi.com/waitFor': 'condition=Ready' } }), { 'pulumi.com/waitFor': 'condition=Ready' }],
  ['applied, but others need it established', 'applied', object('CustomResourceDefinition', {}, 'apiextensions.k8s.io/v1'), undefined],
])('waiting: %s', (_, wanted, given, expected) => {
  expect(metadataOf(given, { await: wanted }).annotations).toEqual(expected);
});

test('the rest of an object is what it was, and so is the object', () => {
  const given = object('Pod', { labels: { a: 'b' }, annotations: { 'helm.sh/hook': 'x' } });
  const copy = structuredClone(given);
  expect(managedObject(given, [], { namespace: 'web', await: 'ready' })).toEqual({ ...given, metadata: { name: 'a', labels: { a: 'b' }, namespace: 'web' } });
  expect(given).toEqual(copy);
});
