import { News, Together } from '../../../src/lifecycle/run/together';
import { idle } from './scripted-cluster';

async function* telling(...words: readonly string[]): AsyncGenerator<string, void> {
  for (const word of words) yield word;
}

async function all(together: Together<string, string>): Promise<News<string, string>[]> {
  const news: News<string, string>[] = [];
  while (together.size > 0) news.push(await together.next());
  return news;
}

const words = (news: readonly News<string, string>[]) => news.map(({ key, ...what }) => `${key} ${'happening' in what ? what.happening : 'error' in what ? String(what.error) : 'ended'}`);

test('what each tells comes in its order, and none is drowned by another', async () => {
  const together = new Together<string, string>();
  together.begin('a', telling('1', '2', '3'));
  together.begin('b', telling('1', '2', '3'));
  expect(words(await all(together))).toEqual(['a 1', 'b 1', 'a 2', 'b 2', 'a 3', 'b 3', 'a ended', 'b ended']);
});

test('the failure of one does not end the others', async () => {
  const together = new Together<string, string>();
  together.begin('a', (async function* () {
    throw new Error('no');
    yield '';
  })());
  together.begin('b', telling('1', '2'));
  expect(words(await all(together))).toEqual(['a Error: no', 'b 1', 'b 2', 'b ended']);
});

test('a part goes on only when what it told has been taken', async () => {
  const seen: string[] = [];
  const together = new Together<string, string>();
  together.begin('a', (async function* () {
    yield '1';
    seen.push('went on');
  })());
  await together.next();
  await idle();
  expect(seen).toEqual([]);
  await together.next();
  expect(seen).toEqual(['went on']);
});
