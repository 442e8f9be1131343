import { goDuration } from '../../src/cli/go-duration';
import { UsageError } from '../../src/cli/usage-error';

test.each([
  ['300s', 300],
  ['5m', 300],
  ['5m0s', 300],
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['500ms', 0.5],
  ['1m500ms', 60.5],
  ['1h', 3600],
])('%s is %d s', (text, seconds) => {
  expect(goDuration(text, '--timeout')).toBe(seconds);
});

test.each(['', '5', '0', '0s', '-5m', '5 m', '5min', '5d', 'm', '1h 30m', '5m,', 'Infinity', '1e3s', '5M'])('%j is no duration', (text) => {
  expect(() => goDuration(text, '--timeout')).toThrow(new UsageError(`--timeout "${text}" is not a duration above zero, such as 90s, 5m or 1h30m`));
});
