import { agreed } from '../../../src/lifecycle/diff/agreed';

test.each<[string, unknown, unknown, unknown]>([
  ['what is equal stays', { a: 1, b: ['x', { c: null }] }, { a: 1, b: ['x', { c: null }] }, { a: 1, b: ['x', { c: null }] }],
  ['a scalar that differs goes', { a: 1, ip: '10.0.0.1' }, { a: 1, ip: '10.0.0.2' }, { a: 1 }],
  ['a list of which nothing is left goes', { a: 1, ips: ['10.0.0.1'] }, { a: 1, ips: ['10.0.0.2'] }, { a: 1 }],
  ['a field of an item goes, the item stays', { ports: [{ port: 80, nodePort: 31000 }] }, { ports: [{ port: 80, nodePort: 32000 }] }, { ports: [{ port: 80 }] }],
  ['a map of which nothing is left goes', { a: 1, labels: { uid: 'x' } }, { a: 1, labels: { uid: 'y' } }, { a: 1 }],
  ['what one of them does not have goes', { a: 1, b: 2 }, { a: 1 }, { a: 1 }],
  ['what is empty stays', { emptyDir: {}, list: [] }, { emptyDir: {}, list: [] }, { emptyDir: {}, list: [] }],
])('%s', (_, first, second, common) => {
  expect(agreed(first, second)).toEqual(common);
});
