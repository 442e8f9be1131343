import { sideBySide } from '../../src/cluster';

/** Work that ends when it is told to. */
class Bench {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, { resolve(value: string): void; reject(error: Error): void }>();

  readonly work = (item: string): Promise<string> => {
    this.begun.push(item);
    return new Promise((resolve, reject) => this.#ends.set(item, { resolve, reject }));
  };

  async finish(item: string): Promise<void> {
    this.#ends.get(item)!.resolve(`${item} is done`);
    await settled();
  }

  async break(item: string): Promise<void> {
    this.#ends.get(item)!.reject(new Error(`${item} is broken`));
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** What comes out, as it comes. */
function reading(results: AsyncIterable<string>): string[] {
  const read: string[] = [];
  void (async () => {
    try {
      for await (const each of results) read.push(each);
      read.push('end');
    } catch (error) {
      read.push((error as Error).message);
    }
  })();
  return read;
}

test('so many are under way and no more, and what ends first waits for those before it', async () => {
  const bench = new Bench();
  const read = reading(sideBySide(['a', 'b', 'c', 'd'], 2, bench.work));
  await settled();
  expect(bench.begun).toEqual(['a', 'b']);
  await bench.finish('b');
  expect([bench.begun, read]).toEqual([['a', 'b'], []]);
  await bench.finish('a');
  expect([bench.begun, read]).toEqual([['a', 'b', 'c', 'd'], ['a is done', 'b is done']]);
  await bench.finish('d');
  await bench.finish('c');
  expect(read).toEqual(['a is done', 'b is done', 'c is done', 'd is done', 'end']);
});

test('after a failure none is begun; those under way end, and their results come before it is thrown', async () => {
  const bench = new Bench();
  const read = reading(sideBySide(['a', 'b', 'c', 'd', 'e'], 3, bench.work));
  await settled();
  await bench.break('b');
  await bench.finish('a');
  expect([bench.begun, read]).toEqual([['a', 'b', 'c'], ['a is done']]);
  await bench.finish('c');
  expect([bench.begun, read]).toEqual([['a', 'b', 'c'], ['a is done', 'c is done', 'b is broken']]);
});

test('of several failures that of the first item is thrown, whichever came first', async () => {
  const bench = new Bench();
  const read = reading(sideBySide(['a', 'b'], 2, bench.work));
  await settled();
  await bench.break('b');
  await bench.break('a');
  expect(read).toEqual(['a is broken']);
});

test('who stops reading waits for what is under way', async () => {
  const bench = new Bench();
  let stopped = false;
  void (async () => {
    for await (const _ of sideBySide(['a', 'b'], 2, bench.work)) break;
    stopped = true;
  })();
  await settled();
  await bench.finish('a');
  expect(stopped).toBe(false);
  await bench.finish('b');
  expect(stopped).toBe(true);
});

test('of nothing comes nothing', async () => {
  const read = reading(sideBySide([], 8, new Bench().work));
  await settled();
  expect(read).toEqual(['end']);
});
