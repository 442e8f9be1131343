import { subjectOf } from '../../src/lint';
import { pathOfReference } from '../../src/lint/named';
import { FieldPath, references } from '../../src/vocabulary';
import { job } from './objects';

const SUBJECT = subjectOf({
  place: {},
  value: job({
    annotations: { note: 'env-key' }, // what only happens to be called so
    container: {
      env: [
        { name: 'A', valueFrom: { secretKeyRef: { name: 'env-key', key: 'a' } } },
        { name: 'B', valueFrom: { configMapKeyRef: { name: 'env-config', key: 'b' } } },
      ],
      envFrom: [{ secretRef: { name: 'all-keys' } }, { configMapRef: { name: 'all-config' } }],
    },
    pod: {
      serviceAccountName: 'account',
      imagePullSecrets: [{ name: 'pull' }],
      volumes: [
        { name: 'v', secret: { secretName: 'volume-secret' } },
        { name: 'w', configMap: { name: 'volume-config' } },
        { name: 'x', persistentVolumeClaim: { claimName: 'claim' } },
        { name: 'y', projected: { sources: [{ secret: { name: 'projected-secret' } }, { configMap: { name: 'projected-config' } }] } },
        { name: 'z', csi: { driver: 'd', nodePublishSecretRef: { name: 'csi-secret' } } },
      ],
    },
  }),
})!;

function valueAt(path: FieldPath): unknown {
  return path.reduce((part: unknown, key) => (part as Readonly<Record<string, unknown>>)[key], SUBJECT.object);
}

test.each(references(SUBJECT.object).map((reference) => [`${reference.kind}/${reference.name}`, reference] as const))('the field that names %s is found', (_, reference) => {
  const path = pathOfReference(SUBJECT, reference);
  expect([path[0], valueAt(path)]).toEqual(['spec', reference.name]);
});

test('one name of two kinds is found where each is named', () => {
  const subject = subjectOf({ place: {}, value: job({ container: { envFrom: [{ secretRef: { name: 'a' } }, { configMapRef: { name: 'a' } }] } }) })!;
  const lists = ['spec', 'template', 'spec', 'containers', 0, 'envFrom'];
  expect(references(subject.object).map((reference) => pathOfReference(subject, reference))).toEqual([[...lists, 0, 'secretRef', 'name'], [...lists, 1, 'configMapRef', 'name']]);
});
