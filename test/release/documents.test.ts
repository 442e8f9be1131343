import { BadInputError, readDocuments } from '../../src/release';

const MAP = 'apiVersion: v1\nkind: ConfigMap';

function textsOf(text: string): string[] {
  return readDocuments({ path: 'a.yaml', text }).map((document) => document.text);
}

test.each([
  ['a single document', MAP, [MAP]],
  ['a separator before the first document', `---\n${MAP}`, [MAP]],
  ['a separator behind the last document', `${MAP}\n---\n`, [`${MAP}\n`]],
  ['blank lines before the first separator', `\n\n---\n${MAP}`, [MAP]],
  ['several separators in a row', `---\n---\n---\n${MAP}\n---\n---\n`, [`${MAP}\n`]],
  ['documents of white space only', `---\n  \n---\n\t\n---\n${MAP}`, [MAP]],
  ['documents of comments only', `# a\n---\n# b\n---\n${MAP}`, [MAP]],
  ['documents that are null', `~\n---\n${MAP}`, [MAP]],
  ['a comment before the object', `# of the team\n${MAP}`, [`# of the team\n${MAP}`]],
  ['two documents', 'a: 1\n---\nb: 2\n', ['a: 1\n', 'b: 2\n']],
  ['a separator with spaces behind it', 'a: 1\n---  \t\nb: 2', ['a: 1\n', 'b: 2']],
  ['a separator with a comment behind it', 'a: 1\n--- # b\nb: 2', ['a: 1\n', '# b\nb: 2']],
  ['a separator glued to the next document', 'a: 1\n---b: 2\n---c: 3', ['a: 1\n', 'b: 2\n', 'c: 3']],
  ['dashes inside of a line', 'a: b---c\n', ['a: b---c\n']],
  ['indented dashes', 'a: |\n  ---\n  b\n', ['a: |\n  ---\n  b\n']],
  ['dashes behind a line separator of Unicode', 'a: "b\u2028---c"\n', ['a: "b\u2028---c"\n']],
  ['a file that is empty', '', []],
  ['a file of separators', '---\n---\n', []],
  ['lines that end as on Windows', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', 'b: 2\r\n']],
  ['a byte order mark', '\uFEFFa: 1\n', ['a: 1\n']],
  ['a document end marker', 'a: 1\n...\n---\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
])('%s splits as in Helm', (_case, text, documents) => {
  expect(textsOf(text)).toEqual(documents);
});

test.each([
  ['clip', '|', '\n', 'x\n'],
  ['clip', '|', '\n\n', 'x\n'],
  ['strip', '|-', '\n', 'x'],
  ['strip', '|-', '\n\n', 'x'],
  ['keep', '|+', '\n', 'x\n'],
  ['keep', '|+', '\n\n', 'x\n\n'],
])('a block scalar that ends a document keeps its line ends: %s (%s) with %j', (_name, style, end, expected) => {
  const [first] = readDocuments({ path: 'a.yaml', text: `a: ${style}\n  x${end}---\nb: 1` });
  const last = readDocuments({ path: 'a.yaml', text: `b: 1\n---\na: ${style}\n  x${end}` })[1];
  expect(last.value).toEqual({ a: expected });
  expect(first.value).toEqual({ a: expected });
});

// Put to helm 3 and helm 4: their reader ends every line of what they send, the last one, too.
test.each([
  ['|', 'x\n'],
  ['|-', 'x'],
  ['|+', 'x\n'],
  ['>', 'x\n'],
])('a block scalar %s that ends a file without a line end gets one, as what Helm sends', (style, expected) => {
  expect(readDocuments({ path: 'a.yaml', text: `a: ${style}\n  x` })[0].value).toEqual({ a: expected });
});

test('documents count from 1 without the empty ones, and know the line they start at', () => {
  const text = '# head\n---\n\n---\n\na: 1\nb: 2\n---\nc: 3\n--- d: 4\n';
  expect(readDocuments({ path: 'dir/a.yaml', text }).map(({ source, value }) => [source, value])).toEqual([
    [{ file: 'dir/a.yaml', document: 2, line: 6 }, { a: 1, b: 2 }],
    [{ file: 'dir/a.yaml', document: 3, line: 9 }, { c: 3 }],
    [{ file: 'dir/a.yaml', document: 4, line: 10 }, { d: 4 }],
  ]);
});

function refusalOf(text: string, path = 'a.yaml'): string {
  try {
    readDocuments({ path, text });
  } catch (error) {
    if (error instanceof BadInputError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('broken YAML names the file, the document and the line of the file', () => {
  expect(refusalOf('a: 1\n---\nb: 2\nc: [1\nd: 3\n')).toBe(
    'a.yaml, document 2 (line 3): not valid YAML at line 5: missed comma between flow collection entries\n' +
      '  Correct the document; nothing was sent to the cluster.',
  );
});

test('standard input is called by its name', () => {
  expect(refusalOf('a: b: c', '-')).toMatch(/^standard input, document 1 \(line 1\): not valid YAML at line 1: /);
});

test.each(['image: {{ .Values.image }}', 'a: {{x}}', '- {{ x }}', '{{ x }}: y', '{{- if .Values.x }}\na: b\n{{- end }}'])(
  'the template %j is refused with the advice to render it',
  (text) => {
    expect(refusalOf(text)).toMatch(/\n {2}The document holds template expressions \(\{\{ … \}\}\): render it first \(helm template\), this tool has no template engine\.$/);
  },
);

test.each([
  ['a:\n  ? {b: 1}\n  : c', 'a map is the key of a map'],
  ['a: &a [*a]', 'an anchor contains itself'],
  ['a: .inf', 'it holds .inf or .nan, which JSON does not have'],
  ['a: [-.INF, .nan]', 'it holds .inf or .nan, which JSON does not have'],
])('%j is refused: %s', (text, reason) => {
  expect(refusalOf(text)).toBe(`a.yaml, document 1 (line 1): cannot be used: ${reason}\n  Correct the document; nothing was sent to the cluster.`);
});

test('an alias may be used as often as one likes', () => {
  expect(readDocuments({ path: 'a.yaml', text: 'a: &a {b: 1}\nc: [*a, *a]' })[0].value).toEqual({ a: { b: 1 }, c: [{ b: 1 }, { b: 1 }] });
});

test('a key that stands twice in a map is refused', () => {
  expect(refusalOf('a: 1\na: 2')).toMatch(/not valid YAML at line 2: duplicated mapping key/);
});

test.each([
  ['an alias', 'password: *swordfish', 'unidentified alias'],
  ['a tag', 'password: !swordfish x', 'unknown tag'],
  ['a tag of a handle', 'password: !sword!fish x', 'undeclared tag handle'],
  ['a malformed tag', 'password: !<tag:swordfish%zz> x', 'tag name cannot contain such characters'],
])('what the parser takes for %s may be a password, and is not quoted', (_case, text, reason) => {
  expect(refusalOf(text, '-')).toBe(`standard input, document 1 (line 1): not valid YAML at line 1: ${reason}\n  Correct the document; nothing was sent to the cluster.`);
});

const times = (length: number, line: (index: number) => string) => Array.from({ length }, (_, index) => line(index));

/** Each line repeats the one before, so that the last stands for width^levels. */
const laughs = (levels: number, width: number) =>
  ['a0: &a0 [x]', ...times(levels, (level) => `a${level + 1}: &a${level + 1} [${Array(width).fill(`*a${level}`).join(', ')}]`)].join('\n');
const MIB = 1024 * 1024;

test.each([
  ['aliases of aliases', laughs(9, 9), 'cannot be used: its aliases stand for too much'],
  ['aliases that stand for more than any number', laughs(400, 9), 'cannot be used: written out it is larger than 3 MiB, and no API server takes that'],
  ['a long text that is repeated', `a: &a ${'x'.repeat(MIB)}\nb: [*a, *a, *a]`, 'cannot be used: written out it is larger than 3 MiB, and no API server takes that'],
  ['an alias in an alias in an alias', laughs(600, 1), 'cannot be used: it is nested more than 500 levels deep'],
  ['lists in lists', `${'['.repeat(501)}${']'.repeat(501)}`, 'not valid YAML at line 1: nesting exceeded maxDepth (501)'],
  ['maps in maps', times(600, (level) => `${' '.repeat(level)}a:`).join('\n'), 'not valid YAML at line 501: nesting exceeded maxDepth (501)'],
  ['a million brackets', '['.repeat(1_000_000), 'not valid YAML at line 1: nesting exceeded maxDepth (501)'],
  ['large merges', `a: &a {${times(200, (key) => `k${key}: 1`).join()}}\n${times(99, (key) => `m${key}: {<<: *a}`).join('\n')}`, 'not valid YAML at line 51: merge keys exceeded maxTotalMergeKeys (10000)'],
])('%s are refused at once', (_case, text, reason) => {
  const started = performance.now();
  expect(refusalOf(text)).toContain(`a.yaml, document 1 (line 1): ${reason}\n`);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('what stands for a thousand objects may, as in Helm, as long as not nearly all of it is repeated', () => {
  expect(readDocuments({ path: 'a.yaml', text: laughs(3, 4) })).toHaveLength(1);
  expect(readDocuments({ path: 'a.yaml', text: `${laughs(3, 9)}\nplain: [${Array(100).fill('x').join()}]` })).toHaveLength(1);
  expect(refusalOf(laughs(5, 9))).toContain('its aliases stand for too much');
});

test('500 levels are enough, and read', () => {
  expect(readDocuments({ path: 'a.yaml', text: `${'['.repeat(500)}${']'.repeat(500)}` })).toHaveLength(1);
});

const SPLIT = '\n  Split the release into several, or move large data out of its manifests; nothing was sent to the cluster.';

test.each([
  ['a document', `a: 1\n---\nb: ${'x'.repeat(10 * MIB)}`, `a.yaml: document 2 (line 3) is longer than 5 MiB${SPLIT}`],
  ['a file', '#'.repeat(33 * MIB), `a.yaml: longer than 32 MiB${SPLIT}`],
  ['a file of separators', '---\n'.repeat(60_000), `a.yaml: more than 50000 documents${SPLIT}`],
])('%s that is too long is refused by its name and the limit', (_case, text, message) => {
  expect(refusalOf(text)).toBe(message);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('the key %s is a key like any other', (key) => {
  const [{ value }] = readDocuments({ path: 'a.yaml', text: `${key}: {polluted: yes}` });
  const polluted = ({} as Record<string, unknown>).polluted;
  expect([Object.keys(value as object), Object.getPrototypeOf(value), polluted]).toEqual([[key], Object.prototype, undefined]);
});

test.each([
  ['a: 1\na: 2', { a: 2 }],
  ['a: !team x', { a: 'x' }],
  ['a: !team 3', { a: '3' }],
  ['a: !team {b: 1}', { a: { b: 1 } }],
  ['a: !team [1]', { a: [1] }],
  ['a: !!team x', { a: 'x' }],
  ['a: !<tag:example.com,2020:x> x', { a: 'x' }],
  ['a: !team', { a: '' }],
])('%j is refused, but read as Helm reads it where Helm recorded it', (text, value) => {
  expect(refusalOf(text)).toMatch(/unknown tag|duplicated mapping key/);
  expect(readDocuments({ path: 'a.yaml', text }, { lenient: true })[0].value).toEqual(value);
});
