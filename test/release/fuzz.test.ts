import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { BadInputError, Journal, ReleaseRecord, decodeRecord, encodeRecord, journalSecret, readContent, readDocuments, readJournalSecret, readRecordSecret } from '../../src/release';
import { KubeObject, LifecycleError, hookEvent, readEvents, readWeight, toJson, words } from '../../src/vocabulary';
import { record } from './records';

// What fails is printed with its seed: fast-check runs it again with { seed, path }.
const BOUND = { interruptAfterTimeLimit: 2_000, numRuns: 1_000 };

/** Pieces of YAML, so that chance comes near to what a parser takes. */
const PIECES = [
  'a', 'kind: ConfigMap', ': ', '\n', '  ', '- ', '? ', '---', '\n---\n', '...', '&a ', '*a', '<<', '!x ', '!!int ', '!<', '>', '|', '|+\n', '%YAML', '{', '}', '[', ']', ',', '"', "'", '\\',
  '#', '\t', '\r\n', '\u0000', '\u001b', '\ufeff', '\u2028', '\ud800', '0x', '1_0', '.nan', '{{', '}}', '__proto__', 'yes', '~', 'metadata', 'helm.sh/hook',
];
const yaml = fc.oneof(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')), fc.string({ unit: 'binary' }), fc.string());

function onlyThrows<T>(kind: new (...args: never[]) => Error, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof kind) return undefined;
    throw error;
  }
}

test('whatever text is read, nothing but BadInputError is thrown', () => {
  fc.assert(
    fc.property(yaml, fc.boolean(), (text, lenient) => {
      onlyThrows(BadInputError, () => readDocuments({ path: 'a.yaml', text }, { lenient }));
      onlyThrows(BadInputError, () => readContent([{ path: '-', text }], 'shop'));
    }),
    BOUND,
  );
});

test('what is read, printed and read again is the same', () => {
  fc.assert(
    fc.property(yaml, (text) => {
      for (const { value } of onlyThrows(BadInputError, () => readDocuments({ path: 'a.yaml', text })) ?? []) {
        const again = readDocuments({ path: 'b.yaml', text: toJson(value) });
        expect(again.map((each) => each.value)).toEqual([value]);
      }
    }),
    BOUND,
  );
});

const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(fc.string(), fc.integer(), fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
  ),
}));

test('objects survive as JSON of a file', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), values, { minKeys: 1 }), (object) => {
      const text = JSON.stringify(object);
      expect(readDocuments({ path: 'a.json', text })[0].value).toEqual(JSON.parse(text));
    }),
    BOUND,
  );
});

const METADATA = { name: 'sh.helm.release.v1.web.v1', namespace: 'shop' };
const secret = (data: unknown): KubeObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: METADATA, data });
const base64 = (text: string | Uint8Array) => Buffer.from(text as string).toString('base64');
const FIELDS = [
  'name', 'namespace', 'version', 'info', 'status', 'chart', 'metadata', 'hooks', 'manifest', 'events', 'last_run', 'phase', 'weight', 'delete_policies', 'schema',
  'hook', 'state', 'kind',
];
const { value: shapes } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom(null, 0, 1, 1.5, '', 'web', 'deployed', true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...FIELDS), tie('value')),
  ),
}));
const nearlyRecord = fc.tuple(fc.constantFrom(...FIELDS), shapes).map(([field, shape]) => ({ ...record(1, 'deployed'), [field]: shape }));
const stored = fc.oneof(
  fc.oneof(shapes, nearlyRecord).map((shape) => gzipSync(toJson(shape)).toString('base64')),
  fc.uint8Array().map(base64),
  fc.uint8Array().map((bytes) => base64(Uint8Array.from([0x1f, 0x8b, 0x08, ...bytes]))),
  fc.string(),
);

test('whatever a Secret holds, its record is read or LifecycleError names it', () => {
  fc.assert(
    fc.property(fc.oneof(stored.map((text) => secret({ release: base64(text) })), shapes.map(secret)), (given) => {
      onlyThrows(LifecycleError, () => readRecordSecret(given));
    }),
    BOUND,
  );
});

test('whatever a Secret holds, its journal is read or LifecycleError names it', () => {
  const nearly = fc.tuple(fc.constantFrom('schema', 'hooks'), shapes).map(([field, shape]) => JSON.stringify({ schema: 1, hooks: [], [field]: shape }));
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string(), shapes.map(toJson)), (text) => {
      onlyThrows(LifecycleError, () => readJournalSecret(secret({ journal: base64(text) })));
    }),
    BOUND,
  );
});

const texts = fc.string({ unit: 'binary' });

test('records survive their encoding', () => {
  const records = fc.record({
    manifest: texts,
    config: fc.dictionary(texts, fc.oneof(texts, fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), fc.integer())),
    apply_method: fc.constantFrom('ssa', 'csa'),
    later: values.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  });
  fc.assert(
    fc.property(records, (fields) => {
      const given = { ...record(1, 'deployed'), ...fields } as unknown as ReleaseRecord;
      expect(decodeRecord(encodeRecord(given))).toEqual(given);
    }),
    BOUND,
  );
});

test('journals survive their Secrets', () => {
  const hook = fc.record({ apiVersion: texts, kind: texts, name: texts });
  const state = fc.constantFrom('creating' as const, 'failed' as const);
  const hooks = fc.array(fc.record({ event: fc.constant('test' as const), hook, state, startedAt: texts }));
  fc.assert(
    fc.property(hooks, (entries) => {
      const journal: Journal = { schema: 1, release: 'web', revision: 3, hooks: entries };
      expect(readJournalSecret(journalSecret(journal, 'shop'))).toEqual(journal);
    }),
    BOUND,
  );
});

/** Go's strconv.Atoi, digit by digit. */
function atoi(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  const digits = /^[-+]/.test(text) ? text.slice(1) : text;
  if (digits === '') return undefined;
  let value = 0n;
  for (const digit of digits) {
    if (digit < '0' || digit > '9') return undefined;
    value = value * 10n + BigInt(digit);
  }
  if (value > (negative ? 2n ** 63n : 2n ** 63n - 1n)) return undefined;
  return negative ? -value : value;
}

test('weights are read as strconv.Atoi reads them, as far as a double holds them', () => {
  const pieces = fc.array(fc.constantFrom(...'+-0123456789 .eExX_n\u0661'.split('')), { maxLength: 5 }).map((parts) => parts.join(''));
  const weights = fc.oneof(fc.string(), fc.bigInt().map(String), pieces);
  fc.assert(
    fc.property(weights, (weight) => {
      const expected = atoi(weight);
      const safe = expected !== undefined && Number.isSafeInteger(Number(expected));
      expect(readWeight({ 'helm.sh/hook-weight': weight })).toEqual(safe ? Number(expected) : undefined);
    }),
    BOUND,
  );
});

test('events are read word by word: known ones by their names, the others told', () => {
  const word = fc.oneof(fc.constantFrom('pre-install', ' Test', 'test-success ', 'TEST', 'no-such', '', '__proto__', 'constructor'), fc.string());
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (list) => {
      const value = list.join(',');
      const { known, unknown } = readEvents({ 'helm.sh/hook': value });
      expect(words(value)).toHaveLength(value.split(',').length);
      expect(known).toEqual(words(value).flatMap((each) => hookEvent(each) ?? []));
      expect(unknown).toEqual(words(value).filter((each) => hookEvent(each) === undefined));
    }),
    BOUND,
  );
});
