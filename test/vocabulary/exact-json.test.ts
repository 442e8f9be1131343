import fc from 'fast-check';
import { fromJson, toJson } from '../../src/vocabulary';

test.each<[string, unknown]>([
  ['9007199254740993', 9007199254740993n],
  ['-9223372036854775808', -9223372036854775808n],
  ['18446744073709551615', 18446744073709551615n],
  ['9007199254740991', 9007199254740991],
  ['-9007199254740991', -9007199254740991],
  ['1234567890123456.5', 1234567890123456.5],
  ['1e21', 1e21],
  ['{"id":[9007199254740993,1]}', { id: [9007199254740993n, 1] }],
  ['"9007199254740993"', '9007199254740993'],
  ['["\\"9007199254740993", 9007199254740993]', ['"9007199254740993', 9007199254740993n]],
  ['["\\\\",9007199254740993]', ['\\', 9007199254740993n]],
  ['{"9007199254740993":9007199254740993}', { '9007199254740993': 9007199254740993n }],
  ['{"__proto__":9007199254740993}', JSON.parse('{"__proto__":1}') as object],
])('%s is read with all of its digits', (text, value) => {
  const read = fromJson(text);
  if (text.includes('__proto__')) expect(Object.getOwnPropertyDescriptor(read, '__proto__')?.value).toBe(9007199254740993n);
  else expect(read).toEqual(value);
});

test('what is undefined is left out of maps and null in lists, as in JSON', () => {
  const value = { a: undefined, b: [undefined, null], c: 'x\u0007', d: -0.5, e: true };
  expect(toJson(value)).toBe(JSON.stringify(value));
});

test.each(['', '{', '[9007199254740993', '"9007199254740993', '-', '[9007199254740993 1]'])('%j is no JSON', (text) => {
  expect(() => fromJson(text)).toThrow(SyntaxError);
});

const scalar = fc.oneof(fc.string({ unit: 'binary' }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value')), fc.dictionary(fc.string({ unit: 'binary' }), tie('value'))),
}));

/** Values as they are read: a bigint only where a number cannot hold it. */
function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Object.is(value, -0)) return 0;
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && !JSON.stringify(value).includes('e')) return BigInt(JSON.stringify(value));
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, canonical(child)]));
}

test('whatever is written is read as it was', () => {
  fc.assert(fc.property(anything, (value) => expect(fromJson(toJson(value))).toEqual(canonical(value))), { interruptAfterTimeLimit: 2_000 });
});
