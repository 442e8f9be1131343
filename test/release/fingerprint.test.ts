import { differencesAmong, fingerprintDifferences, fingerprintOf } from '../../src/release';
import { KubeObject, refOf } from '../../src/vocabulary';
import { configMap, object } from './manifests';

const secret = (password: string, name = 'db') => object('v1', 'Secret', name, { stringData: { password } });
const OBJECTS = [configMap('a', { x: '1' }), configMap('b'), secret('swordfish')];

function differences(before: readonly KubeObject[], now: readonly KubeObject[]): string[] {
  const fingerprint = fingerprintOf(before);
  return fingerprintDifferences(fingerprint, fingerprintOf(now, fingerprint.salt));
}

test.each<[string, readonly KubeObject[], string[]]>([
  ['nothing changes', [...OBJECTS], []],
  ['they come in another order', [...OBJECTS].reverse(), []],
  ['one changes', [configMap('a', { x: '2' }), ...OBJECTS.slice(1)], ['v1 ConfigMap/a is different']],
  ['one is missing, one new', [...OBJECTS.slice(1), configMap('c')], ['v1 ConfigMap/a is missing', 'v1 ConfigMap/c is new']],
  ['one has another namespace', [{ ...OBJECTS[0], metadata: { ...OBJECTS[0].metadata, namespace: 'x' } }, ...OBJECTS.slice(1)], [
    'v1 ConfigMap/a is missing', 'v1 ConfigMap/a in namespace x is new',
  ]],
  ['a password changes', [...OBJECTS.slice(0, 2), secret('sword')], ['the Secrets are different']],
  ['a Secret is added', [...OBJECTS, secret('', 'other')], ['the Secrets are different']],
])('where %s', (_what, now, expected) => {
  expect(differences(OBJECTS, now)).toEqual(expected);
});

test('a fingerprint holds nothing of an object, and is another one each time', () => {
  const [one, other] = [fingerprintOf(OBJECTS), fingerprintOf(OBJECTS)];
  expect(JSON.stringify(one)).not.toMatch(/swordfish|c3dvcmRmaXNo/);
  expect([one.secrets === other.secrets, one.objects['v1 ConfigMap/a'] === other.objects['v1 ConfigMap/a']]).toEqual([false, false]);
});

test.each<[string, readonly KubeObject[], string[]]>([
  ['nothing changes', OBJECTS, []],
  ['one changes', [configMap('a', { x: '2' }), ...OBJECTS.slice(1)], ['ConfigMap/a has changed']],
  ['one goes, and one comes', [...OBJECTS.slice(1), configMap('c')], ['ConfigMap/a is gone', 'ConfigMap/c is new']],
  ['a Secret changes', [...OBJECTS.slice(0, 2), secret('sword')], ['Secret/db or Secret/other has changed']],
  ['a Secret goes', OBJECTS.slice(0, 2), ['Secret/db or Secret/other has changed']],
])('of objects that are named, where %s', (_what, now, expected) => {
  const refs = [...OBJECTS, configMap('c'), secret('', 'other')].map(refOf);
  const before = fingerprintOf(OBJECTS);
  expect(differencesAmong(refs, before, fingerprintOf(now, before.salt))).toEqual(expected);
});

test('where there are no Secrets nothing is computed slowly', () => {
  expect(fingerprintOf(OBJECTS.slice(0, 2)).secrets).toBe('');
});
