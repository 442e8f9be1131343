import { goDurationSeconds } from '../../src/vocabulary';

test.each([['300s', 300], ['5m0s', 300], ['1h30m', 5400], ['500ms', 0.5], ['0s', 0]])('%s is %d s', (text, seconds) => {
  expect(goDurationSeconds(text)).toBe(seconds);
});

test.each(['', '5', '-5m', '5 m', '5d', '1h 30m', '5m,', '1e3s'])('%j is no duration', (text) => {
  expect(goDurationSeconds(text)).toBeUndefined();
});
