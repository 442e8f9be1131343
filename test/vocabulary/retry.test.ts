import { RETRY, badRetry, isWorthRetrying, pauseAfterAttempt, readRetry } from '../../src/vocabulary';

test.each([
  ['attempts=3', { attempts: 3, backoffSeconds: 1 }],
  ['attempts=2,backoff=1m30s', { attempts: 2, backoffSeconds: 90 }],
  ['attempts=10,on=1', { attempts: 10, backoffSeconds: 1, onExitCodes: [1] }],
  [' on = 75 | 1 , backoff = 500ms , attempts = 3 ', { attempts: 3, backoffSeconds: 0.5, onExitCodes: [75, 1] }],
])('%j is read', (text, policy) => {
  expect(readRetry({ [RETRY]: text })).toEqual(policy);
});

test.each([
  ['', 'it says "", which is none of attempts, backoff, on'],
  ['3', 'it says "3", which is none of attempts, backoff, on'],
  ['constructor=1', 'it says "constructor", which is none of attempts, backoff, on'],
  ['attempts=3,', 'it says "", which is none of attempts, backoff, on'],
  ['backoff=2s', 'it does not say how many attempts'],
  ['attempts=3,attempts=4', 'it says attempts twice'],
  ['attempts=1', 'attempts is "1", not a number from 2 to 10'],
  ['attempts=11', 'attempts is "11", not a number from 2 to 10'],
  ['attempts=2.5', 'attempts is "2.5", not a number from 2 to 10'],
  ['attempts=3,backoff=0s', 'backoff is "0s", not a duration above zero of at most 5m'],
  ['attempts=3,backoff=6m', 'backoff is "6m", not a duration above zero of at most 5m'],
  ['attempts=3,backoff=2', 'backoff is "2", not a duration above zero of at most 5m'],
  ['attempts=3,on=', 'an exit code is "", not a number from 1 to 255'],
  ['attempts=3,on=0', 'an exit code is "0", not a number from 1 to 255'],
  ['attempts=3,on=1|256', 'an exit code is "256", not a number from 1 to 255'],
])('%j cannot be read', (text, why) => {
  expect(badRetry({ [RETRY]: text })).toMatchObject([{ message: `cdk8s-lifecycle/retry is "${text}": ${why}` }]);
});

test('a hook without the annotation is never run once more', () => {
  expect([readRetry({}), badRetry({})]).toEqual([undefined, []]);
});

test('the pause doubles, up to five minutes', () => {
  const pauses = [1, 2, 3, 4, 5, 9].map((failed) => pauseAfterAttempt({ attempts: 10, backoffSeconds: 20 }, failed));
  expect(pauses).toEqual([20, 40, 80, 160, 300, 300]);
});

test.each([
  [undefined, [1], true],
  [undefined, [137], true],
  [undefined, [], false],
  [[75], [75], true],
  [[75], [1], false],
  [[75], [75, 1], false],
  [[1, 75], [75, 1], true],
])('where %j is chosen, a hook that exited %j is worth another attempt: %s', (onExitCodes, codes, worth) => {
  expect(isWorthRetrying({ attempts: 3, backoffSeconds: 1, onExitCodes }, codes)).toBe(worth);
});
