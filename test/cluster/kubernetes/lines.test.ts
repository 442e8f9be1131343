import { lines } from '../../../src/cluster/kubernetes/lines';

async function read(chunks: readonly Uint8Array[], max?: number): Promise<string[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  const seen: string[] = [];
  for await (const line of lines(stream(), max)) seen.push(line);
  return seen;
}

const bytes = (...texts: readonly string[]) => texts.map((text) => Buffer.from(text));

test.each<[string, Buffer[], string[]]>([
  ['nothing', [], []],
  ['empty chunks', bytes('', ''), []],
  ['one line', bytes('a\n'), ['a']],
  ['a last line without an end', bytes('a\nb'), ['a', 'b']],
  ['empty lines', bytes('\n\na\n'), ['', '', 'a']],
  ['a line in several chunks', bytes('a', 'b', 'c\nd', '\n'), ['abc', 'd']],
  ['line ends of Windows, split between chunks', bytes('a\r', '\nb\r\n'), ['a', 'b']],
  ['carriage returns inside of a line', bytes('10 %\r20 %\n'), ['10 %\r20 %']],
])('%s is read line by line', async (_case, chunks, expected) => {
  expect(await read(chunks)).toEqual(expected);
});

test('a character that is split between chunks is read whole', async () => {
  const text = Buffer.from('größe \u{1F600}\n');
  expect(await read([...text].map((byte) => Buffer.from([byte])))).toEqual(['größe \u{1F600}']);
});

test('bytes that are no text are shown as such', async () => {
  expect(await read([Buffer.from([0x61, 0xff, 0x0a, 0xf0])])).toEqual(['a\ufffd', '\ufffd']);
});

test.each<[string, Buffer[], string[]]>([
  ['over several chunks', bytes('aaaa', 'aaaa', 'aa\nb\n'), ['aaaa', 'aaaa', 'aa', 'b']],
  ['in one chunk', bytes('aaaaaaaaaa\nb\n'), ['aaaa', 'aaaa', 'aa', 'b']],
  ['without an end', bytes('aaaaaa'), ['aaaa', 'aa']],
])('a line that is too long is cut: %s', async (_case, chunks, expected) => {
  expect(await read(chunks, 4)).toEqual(expected);
});
