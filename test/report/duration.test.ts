import { duration } from '../../src/report';

test.each([
  [0, '0.0 s'],
  [49, '0.0 s'],
  [50, '0.1 s'],
  [1234, '1.2 s'],
  [99_900, '99.9 s'],
  [99_960, '1 min 40 s'],
  [100_000, '1 min 40 s'],
  [119_600, '2 min 0 s'],
  [185_000, '3 min 5 s'],
  [3_600_000, '60 min 0 s'],
])('%d ms are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
