/**
 * Does something with each item, a few at a time; the results come in the order of the items.
 *
 * Once one fails no other is begun. The results of those under way still come, then the failure is thrown: that of the first item, where several fail.
 */
export async function* sideBySide<T, R>(items: Iterable<T>, atATime: number, work: (item: T) => Promise<R>): AsyncGenerator<R, void> {
  const failures: unknown[] = [];
  let failed = false;
  const attempt = async (item: T): Promise<{ readonly value: R } | { readonly error: unknown }> => {
    try {
      return { value: await work(item) };
    } catch (error) {
      failed = true;
      return { error };
    }
  };

  const queue = items[Symbol.iterator]();
  const underWay: ReturnType<typeof attempt>[] = [];
  try {
    for (;;) {
      while (!failed && underWay.length < atATime) {
        const next = queue.next();
        if (next.done) break;
        underWay.push(attempt(next.value));
      }
      const oldest = underWay.shift();
      if (!oldest) break;
      const result = await oldest;
      if ('error' in result) failures.push(result.error);
      else yield result.value;
    }
  } finally {
    await Promise.all(underWay); // where nobody wants the rest: what was begun has ended when this has
  }
  if (failures.length > 0) throw failures[0];
}
