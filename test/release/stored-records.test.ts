import { ReleaseStatus, indispensable, readRecordSecrets, recordName, recordSecret } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { record } from './records';

const NOW = new Date('2025-06-01T12:00:00Z');

function secret(version: number, status: ReleaseStatus, broken = false): KubeObject {
  const whole = recordSecret({ record: record(version, status), labels: {} }, NOW);
  return broken ? { ...whole, data: { release: 'AAAA' } } : whole;
}

function copy(of: KubeObject, name: string): KubeObject {
  return { ...of, metadata: { ...of.metadata, name } };
}

/** `1 superseded`; with a `!` in front the record of it is broken. */
function secrets(...revisions: readonly string[]): KubeObject[] {
  return revisions.map((revision) => {
    const [, broken, version, status] = /^(!?)(\d+) (.*)$/.exec(revision)!;
    return secret(Number(version), status as ReleaseStatus, broken !== '');
  });
}

test('what can be read is the history, what cannot is told with its revision and the status of its label', () => {
  const { history, unreadable } = readRecordSecrets('web', secrets('!1 superseded', '2 superseded', '3 deployed'));
  expect(history.map(({ record: { version } }) => version)).toEqual([2, 3]);
  expect(unreadable.map(({ revision, status, error }) => [revision, status, error.message])).toEqual([
    [1, 'superseded', `Secret shop/${recordName('web', 1)} holds no readable release record: it is no JSON`],
  ]);
});

test('a copy of a record under another name is no revision', () => {
  const { history, unreadable } = readRecordSecrets('web', [secret(1, 'deployed'), copy(secret(1, 'deployed'), 'backup'), copy(secret(1, 'deployed'), `${recordName('web', 1)}0`)]);
  expect([history.length, unreadable.map(({ revision }) => revision)]).toEqual([1, [undefined, 10]]);
});

test('a Secret of another type is none of the records', () => {
  expect(readRecordSecrets('web', [{ ...secret(1, 'deployed', true), type: 'Opaque' }])).toEqual({ history: [], unreadable: [] });
});

test.each([
  ['an older one that was superseded', ['!1 superseded', '2 deployed'], undefined],
  ['an older one that failed', ['1 superseded', '!2 failed', '3 deployed'], undefined],
  ['one before the last that was superseded, where none is deployed', ['!1 superseded', '2 superseded', '3 failed'], undefined],
  ['an older one of a release that was uninstalled', ['!1 superseded', '2 uninstalled'], undefined],
  ['the newest', ['1 deployed', '!2 failed'], 2],
  ['the only one', ['!1 deployed'], 1],
  ['one since the deployed one', ['1 deployed', '!2 failed', '3 failed'], 2],
  ['an older one whose label says that it is deployed', ['!1 deployed', '2 deployed'], 1],
  ['one beside failed ones only', ['!1 failed', '2 failed'], 1],
])('an unreadable revision: %s', (_case, revisions, missing) => {
  expect(indispensable(readRecordSecrets('web', secrets(...revisions)))?.revision).toBe(missing);
});
