import { parallelism } from '../../src/cli/parallelism';

test.each([[undefined, 8], ['1', 1], ['64', 64]])('%p is %d hooks at once', (value, number) => {
  expect(parallelism(value)).toBe(number);
});

test.each(['0', '65', '100', '-1', '1.5', '', 'all', '1 '])('%j is refused', (value) => {
  expect(() => parallelism(value)).toThrow(`--parallelism is a number of hooks from 1 to 64, not ${JSON.stringify(value)}`);
});
