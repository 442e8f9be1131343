import { describePath, pathTo, pathsWhere } from '../../src/vocabulary';

const CONTAINER = { image: 'a' };
const POD = { spec: { 'containers': [{ image: 'a' }, CONTAINER], 'a.b': { image: 'c' } } };

test('paths of what is sought, the outer ones first', () => {
  expect(pathsWhere(POD, (path, value) => path.at(-1) === 'image' && value === 'a')).toEqual([['spec', 'containers', 0, 'image'], ['spec', 'containers', 1, 'image']]);
  expect(pathsWhere([[1], 1], (_, value) => value === 1)).toEqual([[0, 0], [1]]);
  expect(pathsWhere({ a: { b: {} } }, (path) => path.length > 0)).toEqual([['a'], ['a', 'b']]);
});

test('a part is found by what it is, not by what it is like', () => {
  expect(pathTo(POD, CONTAINER)).toEqual(['spec', 'containers', 1]);
  expect(pathTo(POD, { image: 'a' })).toEqual([]);
});

test.each([
  [['spec', 'containers', 1, 'image'], 'spec.containers[1].image'],
  [['metadata', 'annotations', 'helm.sh/hook'], 'metadata.annotations["helm.sh/hook"]'],
  [['metadata', 'labels', 'app-name'], 'metadata.labels.app-name'],
  [[0], '[0]'],
  [[], ''],
])('%j is written %s', (path, text) => {
  expect(describePath(path)).toBe(text);
});
