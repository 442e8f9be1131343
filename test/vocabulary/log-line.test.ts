import { linePrefix, sourcesOf } from '../../src/vocabulary';

const from = (...sources: readonly string[]) => sources.map((source) => ({ pod: source.split('/')[0], container: source.split('/')[1] }));

test.each([
  [[], undefined],
  [['p/a', 'p/a'], undefined],
  [['p/a', 'p/b'], 'containers'],
  [['p/a', 'q/a'], 'pods'],
  [['p/a', 'p/b', 'q/a'], 'pods'],
] as const)('what is needed to tell lines of %j apart: %p', (sources, expected) => {
  expect(sourcesOf(from(...sources))).toBe(expected);
});

test.each([
  ['pods', 'p/c| '],
  ['containers', 'c| '],
  [undefined, ''],
] as const)('before a line among several %s stands %j', (among, prefix) => {
  expect(linePrefix(among, { pod: 'p', container: 'c' })).toBe(prefix);
});
