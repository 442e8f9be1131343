import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ReleaseRecord, decodeRecord, encodeRecord, readRecordSecret, recordLabels, recordName, recordSecret } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { record } from './records';

const NOW = new Date('2025-06-01T12:00:00.900Z');

function secretWith(release: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'sh.helm.release.v1.web.v1', namespace: 'shop', labels: { owner: 'helm' }, resourceVersion: '7' },
    data: { release: Buffer.from(release).toString('base64') },
  };
}

test('a record survives its encoding', () => {
  const given = { ...record(1, 'deployed'), config: { größe: '\u{1F600}' } };
  expect(decodeRecord(encodeRecord(given))).toEqual(given);
});

test('the encoding is the base64 of gzip', () => {
  expect([...Buffer.from(encodeRecord(record(1, 'deployed')), 'base64').subarray(0, 3)]).toEqual([0x1f, 0x8b, 0x08]);
});

test('a record that Helm wrote without compression is read', () => {
  const given = record(3, 'superseded');
  expect(decodeRecord(Buffer.from(JSON.stringify(given)).toString('base64'))).toEqual(given);
});

test('a record without hooks or a manifest is read as one that has none', () => {
  const { hooks, manifest, ...rest } = record(1, 'deployed');
  expect(decodeRecord(encodeRecord(rest as ReleaseRecord))).toMatchObject({ hooks: [], manifest: '' });
  expect([hooks, manifest]).toBeDefined();
});

test('the Secret of a revision is as Helm writes it', () => {
  const given = record(2, 'pending-upgrade');
  const secret = recordSecret({ record: given, labels: {} }, NOW);
  expect(secret).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'sh.helm.release.v1.web.v2',
      namespace: 'shop',
      labels: { name: 'web', owner: 'helm', status: 'pending-upgrade', version: '2', createdAt: '1748779200' },
    },
    type: 'helm.sh/release.v1',
    data: { release: expect.any(String) as string },
  });
  expect(readRecordSecret(secret).record).toEqual(given);
});

test('a Secret that exists is replaced in the version that was read, keeps the labels of users and is stamped anew', () => {
  const labels = { name: 'other', owner: 'someone', status: 'deployed', version: '1', createdAt: '1', modifiedAt: '2', team: 'a' };
  const { metadata } = recordSecret({ record: record(2, 'failed'), labels, resourceVersion: '42' }, NOW);
  expect(metadata).toEqual({
    name: 'sh.helm.release.v1.web.v2',
    namespace: 'shop',
    resourceVersion: '42',
    labels: { name: 'web', owner: 'helm', status: 'failed', version: '2', modifiedAt: '1748779200', team: 'a' },
  });
});

test('what is read has the labels and the version of its Secret', () => {
  const given = record(1, 'deployed');
  expect(readRecordSecret(secretWith(encodeRecord(given)))).toEqual({ record: given, labels: { owner: 'helm' }, resourceVersion: '7' });
});

test('a record that names no namespace is in that of its Secret', () => {
  expect(readRecordSecret(secretWith(encodeRecord({ ...record(1, 'deployed'), namespace: '' }))).record.namespace).toBe('shop');
});

test.each([
  ['nothing', ''],
  ['no JSON', Buffer.from('garbage').toString('base64')],
  ['broken gzip', Buffer.from([0x1f, 0x8b, 0x08, 0]).toString('base64')],
  ['null', Buffer.from('null').toString('base64')],
  ['a record without a version', encodeRecord({ ...record(1, 'deployed'), version: undefined as unknown as number })],
  ['a record without a status', gzipSync('{"version":1,"info":{}}').toString('base64')],
])('a Secret that holds %s is refused by its name', (_case, release) => {
  expect(() => readRecordSecret(secretWith(release))).toThrow(
    expect.objectContaining({
      code: 'cluster',
      message: 'Secret shop/sh.helm.release.v1.web.v1 holds no readable release record',
      remedy: 'Delete that Secret if its revision is not needed; other revisions stay usable.',
    }),
  );
});

test('a Secret without data is refused', () => {
  expect(() => readRecordSecret({ ...secretWith(''), data: undefined })).toThrow('holds no readable release record');
});

test('a record that no Secret can hold is refused before it is sent', () => {
  const given = { ...record(1, 'deployed'), manifest: randomBytes(900_000).toString('hex') };
  expect(() => recordSecret({ record: given, labels: {} }, NOW)).toThrow(/^The record of release "web" would be \d+ bytes; a Secret holds at most 1048576$/);
});

test('a revision is found by its name and its labels', () => {
  expect([recordName('web', 12), recordLabels('web')]).toEqual(['sh.helm.release.v1.web.v12', { name: 'web', owner: 'helm' }]);
});
