import { HookSuccess, Journal, JournaledHook, MAX_JOURNAL_BYTES, fingerprintOf, isUnfinished, journalName, journalSecret, readJournalSecret } from '../../src/release';

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

const logged = (line: string): JournaledHook => ({ ...HOOK, state: 'failed', verdict: 'failed: exited 1', log: { parts: [{ pod: 'p', container: 'main', lines: [line] }] } });

test('what a hook printed last, and its verdict, survive the Secret', () => {
  const journal = { ...JOURNAL, hooks: [logged('psql: error')] };
  expect(readJournalSecret(journalSecret(journal, 'shop'))).toEqual(journal);
});

test('of a journal that would be too large the oldest logs are dropped, and it says so', () => {
  const hooks = Array.from({ length: 70 }, (_, index) => logged(`${index}`.padEnd(8000)));
  const secret = journalSecret({ ...JOURNAL, hooks }, 'shop');
  const read = readJournalSecret(secret);
  const dropped = read.hooks.filter(({ log }) => log!.cut);
  expect(dropped).toEqual(read.hooks.slice(0, dropped.length));
  expect([dropped.length > 0, dropped.length < 10, dropped[0].log, dropped[0].verdict]).toEqual([true, true, { parts: [], cut: true }, 'failed: exited 1']);
  expect(Buffer.from((secret.data as { journal: string }).journal, 'base64').length).toBeLessThanOrEqual(MAX_JOURNAL_BYTES);
});

test.each<[string, object]>([
  ['no parts', {}],
  ['parts that are no list', { parts: 'x' }],
  ['a part that is none', { parts: [null] }],
  ['lines that are no texts', { parts: [{ pod: 'p', container: 'c', lines: [1] }] }],
])('a journal with a log of %s is refused by its name', (_case, log) => {
  expect(() => readJournalSecret(holding(JSON.stringify({ ...JOURNAL, hooks: [{ ...HOOK, log }] })))).toThrow('holds no readable journal');
});

const SUCCESS: HookSuccess = { hook: HOOK.hook, revision: 2, fingerprint: fingerprintOf([{ ...RECORD, metadata: { name: 'x' } }]) };

test('a journal that knows of last successes, and of hooks that were passed over, survives its Secret', () => {
  const journal: Journal = { ...JOURNAL, successes: [SUCCESS], passed: [{ event: 'pre-upgrade', hook: HOOK.hook }] };
  expect(readJournalSecret(journalSecret(journal, 'shop'))).toEqual(journal);
});

test.each<[string, object]>([
  ['no list', { successes: {} }],
  ['a success of nothing', { successes: [{ ...SUCCESS, hook: undefined }] }],
  ['a success of no revision', { successes: [{ ...SUCCESS, revision: '2' }] }],
  ['a success without a fingerprint', { successes: [{ ...SUCCESS, fingerprint: { salt: 'x' } }] }],
  ['nothing that was passed over', { passed: [null] }],
])('one that says %s of them cannot be read', (_what, wrong) => {
  expect(() => readJournalSecret(holding(JSON.stringify({ ...JOURNAL, ...wrong })))).toThrow('holds no readable journal');
});

test('successes go only where a journal is too large without any log, and then their hooks run once more', () => {
  const large = { ...SUCCESS, fingerprint: { ...SUCCESS.fingerprint, objects: { x: 'x'.repeat(MAX_JOURNAL_BYTES) } } };
  const log = { parts: [{ pod: 'p', container: 'c', lines: ['x'.repeat(MAX_JOURNAL_BYTES)] }] };
  const kept = (journal: Journal) => readJournalSecret(journalSecret(journal, 'shop'));
  const told = { ...JOURNAL, hooks: [{ ...HOOK, log }], successes: [SUCCESS] };
  expect(kept(told)).toMatchObject({ hooks: [{ log: { parts: [], cut: true } }], successes: [SUCCESS] });
  expect(kept({ ...JOURNAL, successes: [large] })).toEqual(JOURNAL);
});
