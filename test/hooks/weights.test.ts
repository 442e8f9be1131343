import { OrderProblem, assignWeights } from '../../src/hooks/weights';

type Graph = Readonly<Record<string, readonly string[]>>;

/** Weights of what runs after what, some of them given. */
function assign(after: Graph, given: Readonly<Record<string, number>> = {}) {
  const items = [...new Set([...Object.keys(after), ...Object.values(after).flat(), ...Object.keys(given)])];
  const { weights, problems } = assignWeights({ items, earlier: (item) => after[item] ?? [], given: (item) => given[item] });
  return { weights: Object.fromEntries(weights), problems };
}

const solvable: readonly (readonly [string, Graph, Readonly<Record<string, number>>, Readonly<Record<string, number>>])[] = [
  ['what has no order stands at 0', { a: [], b: [] }, {}, { a: 0, b: 0 }],
  ['a chain climbs one by one', { c: ['b'], b: ['a'] }, {}, { a: 0, b: 1, c: 2 }],
  ['the longest way counts', { d: ['a', 'c'], c: ['b'], b: ['a'] }, {}, { a: 0, b: 1, c: 2, d: 3 }],
  ['equals share a level', { c: ['a', 'b'], d: ['a'] }, {}, { a: 0, b: 0, c: 1, d: 1 }],
  ['a given weight stays', { b: ['a'] }, { b: 7 }, { a: 0, b: 7 }],
  ['what follows a given weight stands above it', { b: ['a'], c: ['b'] }, { a: 4 }, { a: 4, b: 5, c: 6 }],
  ['what follows a low weight stands at 0 all the same', { b: ['a'] }, { a: -5 }, { a: -5, b: 0 }],
  ['what precedes a given weight makes room for it', { c: ['b'], b: ['a'] }, { c: -5 }, { a: -7, b: -6, c: -5 }],
  ['room between two given weights is enough', { c: ['b'], b: ['a'] }, { a: -2, c: 0 }, { a: -2, b: -1, c: 0 }],
  ['the lowest of several ceilings counts', { b: ['a'], c: ['a'] }, { b: 3, c: -1 }, { a: -2, b: 3, c: -1 }],
];

test.each(solvable)('%s', (_, after, given, expected) => {
  expect(assign(after, given)).toEqual({ weights: expected, problems: [] });
});

const impossible: readonly (readonly [string, Graph, Readonly<Record<string, number>>, OrderProblem<string>])[] = [
  ['two that run after each other', { a: ['b'], b: ['a'] }, {}, { kind: 'cycle', members: ['a', 'b'] }],
  ['three in a circle', { x: ['a'], a: ['b'], b: ['c'], c: ['a'] }, {}, { kind: 'cycle', members: ['a', 'b', 'c'] }],
  ['one that runs after itself', { a: ['a'] }, {}, { kind: 'cycle', members: ['a'] }],
  ['a circle, whatever weights are given', { a: ['b'], b: ['a'] }, { a: 1, b: 0 }, { kind: 'cycle', members: ['a', 'b'] }],
  ['a lower weight that is to run later', { b: ['a'] }, { a: 1, b: 0 }, { kind: 'contradiction', earlier: 'a', between: [], later: 'b' }],
  ['equal weights that are to run one after the other', { b: ['a'] }, { a: 0, b: 0 }, { kind: 'contradiction', earlier: 'a', between: [], later: 'b' }],
  [
    'weights without room for what is to run between them',
    { d: ['c'], c: ['b'], b: ['a'] },
    { a: 0, d: 2 },
    { kind: 'contradiction', earlier: 'a', between: ['b', 'c'], later: 'd' },
  ],
];

test.each(impossible)('no order fits %s', (_, after, given, problem) => {
  expect(assign(after, given).problems).toEqual([problem]);
});

test('every circle is found at once', () => {
  expect(assign({ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }).problems).toEqual([
    { kind: 'cycle', members: ['a', 'b'] },
    { kind: 'cycle', members: ['c', 'd'] },
  ]);
});
