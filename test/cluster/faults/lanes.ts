/** Does the work for every item, a few at a time; what fails is kept beside what it was for. */
export async function inLanes<T, R>(items: readonly T[], lanes: number, work: (item: T) => Promise<R>): Promise<Map<T, PromiseSettledResult<R>>> {
  const queue = [...items];
  const results = new Map<T, PromiseSettledResult<R>>();
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [result] = await Promise.allSettled([work(next)]);
      results.set(next, result);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
