import { INSTALL_ORDER, UNINSTALL_ORDER, sortByKind } from '../../src/release';

const sorted = (kinds: readonly string[], order: readonly string[]) => sortByKind(kinds, (kind) => kind.split('/')[0], order);

test('both orders hold the same kinds, each once', () => {
  expect(new Set(INSTALL_ORDER).size).toBe(38);
  expect([...INSTALL_ORDER].sort()).toEqual([...UNINSTALL_ORDER].sort());
});

test('the order of deletion is the reverse but for Service, which goes before the workloads', () => {
  const reversed = [...INSTALL_ORDER].reverse().filter((kind) => kind !== 'Service');
  expect(UNINSTALL_ORDER.filter((kind) => kind !== 'Service')).toEqual(reversed);
  expect(UNINSTALL_ORDER.indexOf('Service')).toBe(5);
});

test.each([
  ['installed', INSTALL_ORDER, ['Namespace', 'Secret', 'Service', 'Deployment', 'Job', 'Ape', 'Zebra']],
  ['deleted', UNINSTALL_ORDER, ['Service', 'Job', 'Deployment', 'Secret', 'Namespace', 'Ape', 'Zebra']],
])('kinds are %s in their order, unknown ones last and by name', (_verb, order, expected) => {
  expect(sorted(['Zebra', 'Job', 'Deployment', 'Ape', 'Service', 'Secret', 'Namespace'], order)).toEqual(expected);
});

test('objects of one kind keep their order, of unknown kinds too', () => {
  const items = ['Job/c', 'Ape/2', 'Job/a', 'Ape/1', 'Job/b'];
  expect(sorted(items, INSTALL_ORDER)).toEqual(['Job/c', 'Job/a', 'Job/b', 'Ape/2', 'Ape/1']);
});

test('every kind takes its place, wherever it stood', () => {
  const shuffled = [...INSTALL_ORDER].sort((a, b) => a.split('').reverse().join('').localeCompare(b.split('').reverse().join('')));
  expect([sorted(shuffled, INSTALL_ORDER), sorted(shuffled, UNINSTALL_ORDER)]).toEqual([[...INSTALL_ORDER], [...UNINSTALL_ORDER]]);
});

test.each([
  [INSTALL_ORDER, ['Namespace', 'Aardvark', 'job']],
  [UNINSTALL_ORDER, ['Namespace', 'Aardvark', 'job']],
])('an unknown kind comes after a known one, whatever its name; kinds are told apart by case', (order, expected) => {
  expect(sorted(['job', 'Aardvark', 'Namespace'], order)).toEqual(expected);
});
