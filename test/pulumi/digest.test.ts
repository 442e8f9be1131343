import { digestOf } from '../../src/pulumi/digest';

test.each<[string, unknown, unknown, boolean]>([
  ['the order of fields', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
  ['the order of fields within lists', [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], true],
  ['a field that is undefined', { a: 1 }, { a: 1, b: undefined }, true],
  ['the order of items', [1, 2], [2, 1], false],
  ['a field that is null', { a: 1 }, { a: 1, b: null }, false],
  ['a number and its text', { a: 1 }, { a: '1' }, false],
  ['an empty list and an empty map', [], {}, false],
  ['a value', { a: { b: 1 } }, { a: { b: 2 } }, false],
  ['fields that look like an index', { 10: 'a', 9: 'b' }, { 9: 'b', 10: 'a' }, true],
])('%s: %j and %j are the same: %3$p', (_, one, other, same) => {
  expect(digestOf(one) === digestOf(other)).toBe(same);
});

test('a digest shows nothing of what it was made of', () => {
  expect(digestOf({ password: 'canary' })).toMatch(/^[0-9a-f]{64}$/);
});
