import { ValueFlags, hasValues, userValues } from '../../../src/cli/values/user-values';
import { Values } from '../../../src/vocabulary';

const FILES: Readonly<Record<string, string>> = {
  'a.yaml': 'image: { tag: "1", name: web }\nlist: [1, 2]\ngone: null\n',
  'b.yaml': '# nothing but a map\nimage:\n  tag: 0123\nlist: [3]\n---\nimage: { pull: yes }\n',
  'empty.yaml': '',
  'big.yaml': 'id: 9007199254740993\nfloat: 1e6\n',
  'list.yaml': '- a\n',
  'broken.yaml': 'a: "SECRET\n',
  'text.txt': 'two\nlines, {with} = all\n',
  '-': 'stdin: 1\n',
};

function values(flags: ValueFlags): Values {
  return userValues(flags, (path) => {
    if (!(path in FILES)) throw new Error(`ENOENT: no such file ${path}`);
    return FILES[path];
  });
}

test('files are merged in their order, and so are the documents of one; lists are replaced, a null stays', () => {
  expect(values({ values: ['a.yaml', 'b.yaml', 'empty.yaml'] })).toEqual({ image: { tag: 83, name: 'web', pull: true }, list: [3], gone: null });
});

test('numbers of files are floats of 64 bits, as in Helm', () => {
  expect(values({ values: ['big.yaml'] })).toEqual({ id: 9007199254740992, float: 1e6 });
});

test('each kind of flag comes after the other, whatever their order on the command line', () => {
  const flags = { setLiteral: ['f=literal'], setFile: ['e=text.txt,f=text.txt'], setString: ['d=1,e=1,f=1'], set: ['c=1,d=2,e=2'], setJson: ['b=1,c="json"'], values: ['-'] };
  expect(values(flags)).toEqual({ stdin: 1, b: 1, c: 1, d: '1', e: FILES['text.txt'], f: 'literal' });
});

test('--set-json takes a whole map, too, and merges it', () => {
  expect(values({ values: ['a.yaml'], setJson: [' {"image":{"tag":null},"x":{"y":[1]}}', 'x.z=true'] })).toEqual({
    image: { tag: null, name: 'web' }, list: [1, 2], gone: null, x: { y: [1], z: true },
  });
});

test('a file of --set-file stands in a list as well, and - is standard input', () => {
  expect(values({ setFile: ['a={text.txt, - }'] })).toEqual({ a: [FILES['text.txt'], FILES['-']] });
});

test.each<[ValueFlags, string, string]>([
  [{ set: ['a=1', 'b=1,c'] }, 'usage', '--set number 2 cannot be read: the text ends in a name without a value'],
  [{ setJson: ['{"a":SECRET}'] }, 'usage', '--set-json cannot be read: the value is no JSON'],
  [{ values: ['missing.yaml'] }, 'bad-input', 'cannot read missing.yaml of -f: ENOENT'],
  [{ values: ['https://example.com/values.yaml'] }, 'bad-input', 'Files are not fetched from elsewhere: download it first.'],
  [{ setFile: ['a=missing'] }, 'bad-input', 'cannot read missing of --set-file: ENOENT'],
  [{ values: ['list.yaml'] }, 'bad-input', 'list.yaml, document 1 (line 1): values are a map, and this is none'],
  [{ values: ['broken.yaml'] }, 'bad-input', 'broken.yaml, document 1 (line 1): not valid YAML'],
])('%j is refused (%s), and no value is quoted', (flags, kind, message) => {
  const error = expect.objectContaining({
    ...(kind === 'usage' ? { name: 'UsageError' } : { code: kind }),
    message: expect.stringContaining(message) as string,
  }) as Error;
  expect(() => values(flags)).toThrow(error);
  expect(() => values(flags)).not.toThrow('SECRET');
});

test('flags that say nothing are no values', () => {
  expect([{}, { set: [] }, { set: [''] }, { values: ['a.yaml'] }].map(hasValues)).toEqual([false, false, true, true]);
});
