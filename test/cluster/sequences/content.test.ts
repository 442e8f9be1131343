import { chartOf, resourcesOf } from './chart';
import { expectedContent, liveContent } from './content';
import { everySequence } from './life';

/** An object as the server would show it: with defaults that no chart mentions. */
function live(version: 1 | 2, change: object = {}) {
  return resourcesOf(version).map((manifest) => {
    const labels = { ...manifest.metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' };
    const annotations = { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop', 'deployment.kubernetes.io/revision': '1' };
    return { ...manifest, ...change, metadata: { ...manifest.metadata, labels, annotations, uid: 'u' }, status: {} };
  });
}

test.each([1, 2] as const)('what the server adds to version %d does not count', (version) => {
  expect(liveContent([...live(version), ...chartOf(version).slice(-1)], 'shop')).toEqual(expectedContent(resourcesOf(version), 'shop'));
});

test('a key that should have been dropped counts', () => {
  const [settings] = live(2, { data: { shared: '2', dropped: '1' } });
  expect(liveContent([settings], 'shop')['ConfigMap/settings']).toMatchObject({ data: { dropped: '1' } });
  expect(expectedContent(resourcesOf(2), 'shop')['ConfigMap/settings']).not.toHaveProperty('data.dropped');
});

test('a port that should have been dropped counts', () => {
  const [, service] = live(1);
  expect(liveContent([service], 'shop')['Service/web']).not.toEqual(expectedContent(resourcesOf(2), 'shop')['Service/web']);
});

test('three tools make 81 sequences of four', () => {
  expect(new Set(everySequence(['helm3', 'helm4', 'ours']).map(String)).size).toBe(81);
});
