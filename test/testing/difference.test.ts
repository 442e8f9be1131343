import { describeDifference, firstDifference } from '../../src/testing/difference';

test.each([
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: { b: [{ c: 1 }, 'x'] } }, { a: { b: [{ c: 1, d: 2 }, 'x'] } }],
  [{ a: [] }, { a: [] }],
  [{ a: undefined }, { b: 1 }],
])('%j is in %j', (expected, actual) => {
  expect(firstDifference(expected, actual)).toBeUndefined();
});

test.each([
  [{ a: 1 }, { a: 2 }, 'a is 2, not 1'],
  [{ a: 1 }, {}, 'a is absent, not 1'],
  [{ a: undefined }, { a: 1 }, 'a is 1, not absent'],
  [{ a: { b: 1 } }, { a: 'x' }, 'a is "x", not {"b":1}'],
  [{ a: [1] }, { a: [1, 2] }, 'a is [1,2], not [1]'],
  [{ a: [{ b: 1 }] }, { a: [{ b: null }] }, 'a[0].b is null, not 1'],
  [{ a: { x: 1, y: 2 } }, { a: { x: 3, y: 4 } }, 'a.x is 3, not 1'],
])('%j is not in %j', (expected, actual, difference) => {
  expect(describeDifference(firstDifference(expected, actual)!)).toBe(difference);
});
