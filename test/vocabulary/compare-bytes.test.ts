import { compareBytes } from '../../src/vocabulary/compare-bytes';

test.each([
  [['b', 'a'], ['a', 'b']],
  [['a', 'B'], ['B', 'a']],
  [['a-b', 'a', 'a.b'], ['a', 'a-b', 'a.b']],
  [['10', '9'], ['10', '9']],
  [['\u{1F600}', '\uFFFD'], ['\uFFFD', '\u{1F600}']],
])('%j sort as in Go: %j', (given, expected) => {
  expect([...given].sort(compareBytes)).toEqual(expected);
});
