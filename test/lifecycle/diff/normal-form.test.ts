import { normalForm } from '../../../src/lifecycle/diff/normal-form';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

test('what the server writes into every object, and what kubectl remembers, is left out', () => {
  const metadata = { name: 'a', labels: { x: '1' }, uid: 'u', resourceVersion: '7', generation: 2, creationTimestamp: 'now', managedFields: [] };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, annotations: { [LAST_APPLIED]: '{}', y: '2' } }, data: {}, status: { ready: true } };
  expect(normalForm(object)).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { x: '1' }, annotations: { y: '2' } }, data: {} });
});

test('the stringData of a Secret is in its data', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'eA==', b: 'eg==' }, stringData: { a: 'y' } };
  expect(normalForm(secret)).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'eQ==', b: 'eg==' } });
});
