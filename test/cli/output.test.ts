import { table } from '../../src/cli/output';

test('columns are as wide as their widest cell, and lines end where their text ends', () => {
  expect(table([['NAME', 'STATUS', ''], ['web', 'superseded', 'x'], ['a-long-name', '', '']])).toEqual([
    'NAME         STATUS', 'web          superseded  x', 'a-long-name',
  ]);
});

test('a cell cannot command the terminal or break the line', () => {
  expect(table([['a\u001b[2J', 'b'], ['two\nlines', 'c']])).toEqual(['a\\x1b[2J   b', 'two lines  c']);
});
