import { coalesceTables, coalesceValues, Values } from '../../src/vocabulary';

// What helm 4 prints for `{{ toJson .Values }}`.
test.each<[string, Values, Values, Values]>([
  ['defaults show where nothing is said', { a: 1, m: { x: 1 } }, {}, { a: 1, m: { x: 1 } }],
  ['a map is merged', { m: { x: 1, y: { z: 1 } } }, { m: { x: 2, y: { w: 1 } } }, { m: { x: 2, y: { z: 1, w: 1 } } }],
  ['a list is replaced', { l: [1, 2] }, { l: [3] }, { l: [3] }],
  ['a null deletes a default', { a: 1, m: { x: 1, y: 1 } }, { a: null, m: { x: null } }, { m: { y: 1 } }],
  ['a null without a default stays', { m: { y: 1 } }, { a: null, m: { x: null } }, { a: null, m: { x: null, y: 1 } }],
  ['a null among the defaults is no value', { a: null, m: { x: null, y: 1 } }, { b: 1 }, { b: 1, m: { y: 1 } }],
  ['a null over a null goes outside, and stays inside', { a: null, m: { x: null } }, { a: null, m: { x: null } }, { m: { x: null } }],
  ['a value over a map replaces it', { m: { x: 1 } }, { m: 5 }, { m: 5 }],
  ['a map over a value replaces it', { m: 5 }, { m: { x: 1 } }, { m: { x: 1 } }],
])('%s', (_name, defaults, values, expected) => {
  expect(coalesceValues(defaults, values)).toEqual(expected);
});

test('of two sets of values the first counts; a null in it deletes what the second has', () => {
  expect(coalesceTables({ a: 1, c: null, d: null }, { a: 2, b: 2, c: 2 })).toEqual({ a: 1, b: 2, d: null });
});

test('what comes out shares nothing with what went in', () => {
  const under = { m: { l: [{ x: 1 }] } };
  const result = coalesceTables({}, under) as typeof under;
  result.m.l[0].x = 2;
  expect(under).toEqual({ m: { l: [{ x: 1 }] } });
});
