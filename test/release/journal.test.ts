import { Journal, JournaledHook, isUnfinished, journalName, journalSecret, readJournalSecret } from '../../src/release';

const HOOK: JournaledHook = {
  event: 'pre-upgrade',
  hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' },
  uid: 'u1',
  state: 'running',
  startedAt: '2026-01-01T00:00:00.000Z',
};
const JOURNAL: Journal = { schema: 1, release: 'web', revision: 3, hooks: [HOOK] };
const RECORD = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'sh.helm.release.v1.web.v3', uid: 'r1' } };

test('the Secret of a journal is found by its labels and goes with that of the record', () => {
  expect(journalSecret(JOURNAL, 'shop', RECORD)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'cdk8s-lifecycle.v1.web.v3',
      namespace: 'shop',
      labels: { owner: 'cdk8s-lifecycle', name: 'web', version: '3' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Secret', name: 'sh.helm.release.v1.web.v3', uid: 'r1' }],
    },
    type: 'cdk8s-lifecycle/journal.v1',
    data: { journal: expect.any(String) as string },
  });
});

test('a journal survives its Secret', () => {
  expect(readJournalSecret(journalSecret(JOURNAL, 'shop'))).toEqual(JOURNAL);
});

const holding = (text: string) => ({ ...journalSecret(JOURNAL, 'shop'), data: { journal: Buffer.from(text).toString('base64') } });

const broken = ['null', '[]', '5', '{}', '{"schema":"1"}', '{"schema":1}', '{"schema":1,"hooks":{}}', '{"schema":1,"hooks":[null]}', '{"schema":1,"hooks":[{"state":"running"}]}'];

test.each(['', 'garbage', '{', ...broken])('a Secret that holds %j is refused by its name', (text) => {
  expect(() => readJournalSecret(holding(text))).toThrow(
    expect.objectContaining({ code: 'cluster', message: 'Secret shop/cdk8s-lifecycle.v1.web.v3 holds no readable journal' }),
  );
});

test('a journal of a newer version is refused', () => {
  expect(() => readJournalSecret(holding(JSON.stringify({ ...JOURNAL, schema: 2 })))).toThrow(
    expect.objectContaining({
      code: 'refused',
      message: 'Secret shop/cdk8s-lifecycle.v1.web.v3 was written by a newer cdk8s-lifecycle (schema 2, this one knows 1)',
    }),
  );
});

test.each([
  ['creating', true],
  ['running', true],
  ['stopping', true],
  ['succeeded', false],
  ['failed', false],
] as const)('a hook that is %s may still run: %p', (state, unfinished) => {
  expect(isUnfinished({ ...HOOK, state })).toBe(unfinished);
});

test('a journal is named after its revision', () => {
  expect(journalName('web', 12)).toBe('cdk8s-lifecycle.v1.web.v12');
});
