import { applied, mergePatch } from '../../../src/cluster/simulated/merge';

// RFC 7396, appendix A.
test.each<[unknown, unknown, unknown]>([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [['a', 'b'], ['c', 'd'], ['c', 'd']],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j patched with %j is %j', (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result);
});

test('a patch changes neither what it patches nor itself', () => {
  const [target, patch] = [{ a: { b: 1 } }, { a: { c: 2 } }];
  mergePatch(target, patch);
  expect([target, patch]).toEqual([{ a: { b: 1 } }, { a: { c: 2 } }]);
});

const item = (name: string, value?: number) => ({ name, ...(value === undefined ? {} : { value }) });

test.each<[string, unknown, unknown, unknown, unknown]>([
  ['a new field', { a: 1 }, { a: 1 }, { a: 1, b: 2 }, { a: 1, b: 2 }],
  ['a changed field', { a: 1 }, { a: 1 }, { a: 2 }, { a: 2 }],
  ['a field that is no longer applied', { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1 }, { a: 1 }],
  ['a field of somebody else', { a: 1, theirs: 2 }, { a: 1 }, { a: 1 }, { a: 1, theirs: 2 }],
  ['a field of somebody else, for the first apply', { theirs: 2 }, undefined, { a: 1 }, { a: 1, theirs: 2 }],
  ['a field deep inside', { a: { b: 1, c: 2, theirs: 3 } }, { a: { b: 1, c: 2 } }, { a: { c: 4 } }, { a: { c: 4, theirs: 3 } }],
  ['a list without names', { a: [1, 2] }, { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['an item of a named list', [item('x', 1), item('y', 2)], [item('x', 1), item('y', 2)], [item('x', 3)], [item('x', 3)]],
  ['an item of somebody else', [item('x', 1), item('sidecar', 9)], [item('x', 1)], [item('x', 2)], [item('x', 2), item('sidecar', 9)]],
  ['a field that somebody else set in an item', [{ name: 'x', theirs: 1 }], [item('x')], [item('x', 2)], [{ name: 'x', theirs: 1, value: 2 }]],
  ['an empty list', { a: [item('x')] }, { a: [item('x')] }, { a: [] }, { a: [] }],
  ['a map in place of a scalar', { a: 1 }, { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
])('%s is applied as the server does it', (_case, live, before, after, result) => {
  expect(applied(live, before, after)).toEqual(result);
});
