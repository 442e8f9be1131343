import { carries } from '../../src/cluster/carries';
import { KubeObject } from '../../src/vocabulary';

const SENT: KubeObject = {
  apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', labels: { app: 'x' }, annotations: { note: '1' } }, data: { key: 'b25l' }, spec: { list: [1, { a: 2 }] },
};
const FIELDS = ['data', 'spec'];

test.each<[string, KubeObject, boolean]>([
  ['the same', SENT, true],
  ['more labels, annotations, fields and status', {
    ...SENT, metadata: { ...SENT.metadata, uid: 'u', labels: { app: 'x', more: 'y' } }, spec: { list: [1, { a: 2 }], defaulted: true }, status: {},
  }, true],
  ['another label', { ...SENT, metadata: { ...SENT.metadata, labels: { app: 'y' } } }, false],
  ['no annotations', { ...SENT, metadata: { ...SENT.metadata, annotations: undefined } }, false],
  ['other data', { ...SENT, data: { key: 'dHdv' } }, false],
  ['no data', { ...SENT, data: undefined }, false],
  ['another list', { ...SENT, spec: { list: [1] } }, false],
  ['a deletion under way', { ...SENT, metadata: { ...SENT.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }, false],
])('an object with %s carries what was sent, or not', (_case, live, expected) => {
  expect(carries(live, SENT, FIELDS)).toBe(expected);
});

test('fields that nobody asks for may differ, and empty maps may be missing', () => {
  const sent = { ...SENT, metadata: { name: 'a', labels: {} }, data: {} };
  expect(carries({ ...SENT, metadata: { name: 'a' }, data: undefined, spec: undefined }, sent, ['data'])).toBe(true);
});
