import { pauseAfter } from '../../src/cluster/backoff';

afterEach(() => jest.restoreAllMocks());

test.each([
  [0, [50, 100, 200, 400, 800, 1600, 2500, 2500]],
  [1, [100, 200, 400, 800, 1600, 3200, 5000, 5000]],
])('pauses double up to five seconds, with chance %d', (chance, pauses) => {
  jest.spyOn(Math, 'random').mockReturnValue(chance);
  expect([1, 2, 3, 4, 5, 6, 7, 100].map(pauseAfter)).toEqual(pauses);
});
