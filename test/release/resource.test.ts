import { identityIn, isKept } from '../../src/release';
import { configMap, withMetadata } from './manifests';

test.each([
  ['keep', true],
  [' Keep ', true],
  ['delete', false],
  ['', false],
])('a resource with the policy "%s" is kept: %p', (policy, kept) => {
  expect(isKept(withMetadata(configMap('a'), { annotations: { 'helm.sh/resource-policy': policy } }))).toBe(kept);
});

test('a resource without a policy is not kept', () => {
  expect(isKept(configMap('a'))).toBe(false);
});

test.each([
  [{ apiVersion: 'v1', kind: 'Secret', name: 'a' }, '|Secret|shop|a'],
  [{ apiVersion: 'v1', kind: 'Secret', name: 'a', namespace: 'shop' }, '|Secret|shop|a'],
  [{ apiVersion: 'v1', kind: 'Secret', name: 'a', namespace: 'other' }, '|Secret|other|a'],
  [{ apiVersion: 'batch/v1', kind: 'Job', name: 'a' }, 'batch|Job|shop|a'],
  [{ apiVersion: 'batch/v1beta1', kind: 'Job', name: 'a' }, 'batch|Job|shop|a'],
])('the identity of %j is %s', (ref, identity) => {
  expect(identityIn('shop', ref)).toBe(identity);
});
