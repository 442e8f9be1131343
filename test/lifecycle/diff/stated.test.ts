import { stated } from '../../../src/lifecycle/diff/stated';

test.each<[string, unknown, unknown[], unknown]>([
  ['fields that nobody states are left out', { a: 1, defaulted: 2 }, [{ a: 3 }], { a: 1 }],
  ['what any of the manifests states stays', { a: 1, b: 2, c: 3 }, [{ a: 0 }, { b: 0 }], { a: 1, b: 2 }],
  ['deep down, too', { spec: { a: 1, defaulted: 2 } }, [{ spec: { a: 0 } }], { spec: { a: 1 } }],
  ['items of named lists are found by name', [{ name: 'x', a: 1, b: 2 }, { name: 'sidecar' }], [[{ name: 'y' }, { name: 'x', a: 0 }]], [{ name: 'x', a: 1 }]],
  ['other lists are shown whole', { args: ['a', 'b'] }, [{ args: ['a'] }], { args: ['a', 'b'] }],
  ['what is a map here and something else there is shown whole', { a: { b: 1 } }, [{ a: 'text' }], { a: { b: 1 } }],
])('%s', (_, live, manifests, part) => {
  expect(stated(live, manifests)).toEqual(part);
});
