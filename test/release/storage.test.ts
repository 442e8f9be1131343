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

const having = (fields: object) => encodeRecord({ ...record(1, 'deployed'), ...fields });
const hook = (fields: object) => having({ hooks: [{ name: 'a', kind: 'Job', path: 'a.yaml', manifest: '', events: [], last_run: { phase: '' }, ...fields }] });
const packed = (json: string | Buffer) => gzipSync(json, { level: 9 }).toString('base64');
const start = '{"name":"web","version":1,"info":{"status":"deployed"},"config":';

test.each([
  ['nothing', '', 'it is no JSON'],
  ['no JSON', Buffer.from('swordfish').toString('base64'), 'it is no JSON'],
  ['no base64', '%%%', 'it is no JSON'],
  ['broken gzip', Buffer.from([0x1f, 0x8b, 0x08, 0]).toString('base64'), 'it is no gzip'],
  ['a gzip bomb', packed(Buffer.alloc(65 * 1024 * 1024)), 'unpacked it is larger than 64 MiB'],
  ['millions of maps', packed(`${start}[${'{},'.repeat(1_500_000)}{}]}`), 'the JSON holds more than 1000000 values'],
  ['a million levels', packed(`${start}${'['.repeat(900_000)}${']'.repeat(900_000)}}`), 'it is nested more than 500 levels deep'],
  ['null', packed('null'), 'its version is no revision number'],
  ['a list', packed('[]'), 'it is no map'],
  ['a text', packed('"swordfish"'), 'it is no map'],
  ['a record without a version', having({ version: undefined }), 'its version is no revision number'],
  ['a version that is a string', having({ version: '1' }), 'its version is no revision number'],
  ['a version that is no integer', having({ version: 1.5 }), 'its version is no revision number'],
  ['a revision that is not its own', having({ version: 2 }), 'it holds revision 2 of release "web"'],
  ['a release that is not its own', having({ name: 'db' }), 'it holds revision 1 of release "db"'],
  ['a record without a status', packed('{"version":1,"info":{}}'), 'it has no status'],
  ['a record without info', having({ info: null }), 'it has no status'],
  ['info that is a text', having({ info: 'x' }), 'its info is no map'],
  ['a time that is a number', having({ info: { status: 'deployed', last_deployed: 5 } }), 'the last_deployed of its info is no string'],
  ['a manifest that is a list', having({ manifest: [] }), 'the manifest of it is no string'],
  ['hooks that are a map', having({ hooks: {} }), 'hooks is no list'],
  ['a hook that is a text', having({ hooks: ['x'] }), 'hook 1 is no map'],
  ['a hook whose manifest is a map', hook({ manifest: {} }), 'the manifest of hook 1 is no string'],
  ['a hook whose events are a text', hook({ events: 'pre-install' }), 'the events of hook 1 is no list'],
  ['a hook whose policy is a number', hook({ delete_policies: [1] }), 'one of the delete_policies of hook 1 is no string'],
  ['a hook whose weight is a text', hook({ weight: '1' }), 'the weight of hook 1 is no integer'],
  ['a hook whose last run is a text', hook({ last_run: 'x' }), 'the last_run of hook 1 is no map'],
  ['a chart without a map', having({ chart: 'web' }), 'its chart is no map'],
])('a Secret that holds %s is refused by its name', (_case, release, reason) => {
  expect(() => readRecordSecret(secretWith(release))).toThrow(
    expect.objectContaining({
      code: 'cluster',
      message: `Secret shop/sh.helm.release.v1.web.v1 holds no readable release record: ${reason}`,
      remedy: 'Restore that Secret from a backup; or, if nobody needs its revision, delete it: kubectl delete secret sh.helm.release.v1.web.v1 -n shop',
    }),
  );
});

test('what Go reads as a zero value is one', () => {
  const given = having({ hooks: [{ name: 'a', kind: 'Job', path: null, last_run: null, events: null }], manifest: null, chart: null, config: null });
  expect(decodeRecord(given)).toMatchObject({
    manifest: '',
    hooks: [{ name: 'a', kind: 'Job', path: '', manifest: '', events: [], last_run: { phase: '' } }],
  });
});

test('what a newer Helm may have written stays, and so do all digits of the values', () => {
  const given = { ...record(1, 'deployed'), config: { id: 9007199254740993n }, later: { a: [1] }, info: { status: 'paused', later: true } };
  expect(decodeRecord(encodeRecord(given as unknown as ReleaseRecord))).toEqual(given);
});

test.each([undefined, null, {}, { release: 5 }, 'x'])('a Secret whose data is %j is refused', (data) => {
  expect(() => readRecordSecret({ ...secretWith(''), data })).toThrow('holds no readable release record: it is no JSON');
});

test('a record that no Secret can hold is refused before it is sent', () => {
  const given = { ...record(1, 'deployed'), manifest: randomBytes(900_000).toString('hex') };
  expect(() => recordSecret({ record: given, labels: {} }, NOW)).toThrow(/^The record of release "web" would be \d+ bytes; a Secret has room for 1048576$/);
});

test('a revision is found by its name and its labels', () => {
  expect([recordName('web', 12), recordLabels('web')]).toEqual(['sh.helm.release.v1.web.v12', { name: 'web', owner: 'helm' }]);
});
