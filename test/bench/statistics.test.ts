import { summarize } from './statistics';

test.each([
  [[5], { minimum: 5, median: 5, maximum: 5 }],
  [[10, 2, 6], { minimum: 2, median: 6, maximum: 10 }],
  [[100, 9, 1, 3], { minimum: 1, median: 6, maximum: 100 }],
])('%j', (runs, expected) => {
  expect(summarize(runs)).toEqual(expected);
});

test('nothing has no median', () => {
  expect(() => summarize([])).toThrow('nothing was measured');
});
