import { foreign, stamp } from '../../../src/lifecycle/run/ownership';
import { configMap, withMetadata } from '../../release/manifests';

const OWNER = { release: 'web', namespace: 'shop' };
const OURS = { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' };
const HELM = { 'app.kubernetes.io/managed-by': 'Helm' };

test('what is stamped keeps what it had, and is ours', () => {
  const given = withMetadata(configMap('a'), { labels: { 'app': 'a', 'app.kubernetes.io/managed-by': 'cdk8s' }, annotations: { team: 'b' } });
  const stamped = stamp(given, OWNER);
  expect(stamped.metadata).toEqual({ name: 'a', labels: { app: 'a', ...HELM }, annotations: { team: 'b', ...OURS } });
  expect(foreign(stamped, OWNER)).toBeUndefined();
});

test.each([
  ['no labels', {}, 'its label app.kubernetes.io/managed-by is not "Helm"'],
  ['another manager', { labels: { 'app.kubernetes.io/managed-by': 'helm' }, annotations: OURS }, 'its label app.kubernetes.io/managed-by is not "Helm"'],
  ['no annotations', { labels: HELM }, 'its annotation meta.helm.sh/release-name is null, not "web"'],
  ['another release', { labels: HELM, annotations: { ...OURS, 'meta.helm.sh/release-name': 'api' } }, 'its annotation meta.helm.sh/release-name is "api", not "web"'],
  ['another namespace', { labels: HELM, annotations: { ...OURS, 'meta.helm.sh/release-namespace': 'x' } }, 'its annotation meta.helm.sh/release-namespace is "x", not "shop"'],
])('an object with %s is not ours', (_case, metadata, reason) => {
  expect(foreign({ ...configMap('a'), metadata: { name: 'a', ...metadata } }, OWNER)).toBe(reason);
});
