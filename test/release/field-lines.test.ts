import * as fc from 'fast-check';
import { dump } from 'js-yaml';
import { BadInputError, fieldLines, readDocuments } from '../../src/release';
import { FieldPath, pathsWhere } from '../../src/vocabulary';

const BLOCK = `# Source: web
apiVersion: batch/v1
metadata:
  annotations:
    # what it does
    helm.sh/hook: pre-upgrade
    "helm.sh/hook-weight": "1"
    'cdk8s-lifecycle/timeout': 90s
spec:
  template:
    spec:
      containers:
      - name: a
        image: one
      -
        image: two
      # the third
      - {name: c,
         image: three}
      - command: [sh, -c,
          echo]
  text: |
    image: none
    - a
  empty:
  backoffLimit: 3
  on: true
  8080: port
`;

const ANCHORS = `defaults: &defaults
  image: shop
  resources: {cpu: 1}
first:
  <<: *defaults
  name: a
second: *defaults
third: &third
  name: c
list:
  - &item
    name: d
  - *item
`;

const CASES: readonly (readonly [string, string, FieldPath, number])[] = [
  ['a field', BLOCK, ['apiVersion'], 1],
  ['an annotation behind a comment', BLOCK, ['metadata', 'annotations', 'helm.sh/hook'], 5],
  ['a key in double quotes', BLOCK, ['metadata', 'annotations', 'helm.sh/hook-weight'], 6],
  ['a key in single quotes', BLOCK, ['metadata', 'annotations', 'cdk8s-lifecycle/timeout'], 7],
  ['a map: its key', BLOCK, ['metadata', 'annotations'], 3],
  ['a list: its key', BLOCK, ['spec', 'template', 'spec', 'containers'], 11],
  ['an item', BLOCK, ['spec', 'template', 'spec', 'containers', 0], 12],
  ['a field of an item', BLOCK, ['spec', 'template', 'spec', 'containers', 0, 'image'], 13],
  ['an item that begins below its dash', BLOCK, ['spec', 'template', 'spec', 'containers', 1, 'image'], 15],
  ['an item in flow style', BLOCK, ['spec', 'template', 'spec', 'containers', 2], 17],
  ['a field of it', BLOCK, ['spec', 'template', 'spec', 'containers', 2, 'image'], 18],
  ['an item of a list in flow style', BLOCK, ['spec', 'template', 'spec', 'containers', 3, 'command', 2], 20],
  ['what follows a block of text that looks like YAML', BLOCK, ['spec', 'backoffLimit'], 25],
  ['what has no value', BLOCK, ['spec', 'empty'], 24],
  ['a key that is no text', BLOCK, ['spec', '8080'], 27],
  ['a field that is missing: what it is missing in', BLOCK, ['spec', 'template', 'spec', 'restartPolicy'], 10],
  ['an item that is missing', BLOCK, ['spec', 'template', 'spec', 'containers', 9, 'image'], 11],
  ['nothing: the first line', BLOCK, [], 0],
  ['what a merge key brings: the merge key', ANCHORS, ['first', 'image'], 4],
  ['what stands beside it', ANCHORS, ['first', 'name'], 5],
  ['what neither has', ANCHORS, ['first', 'command'], 3],
  ['what an alias brings: the alias', ANCHORS, ['second', 'resources', 'cpu'], 6],
  ['what has an anchor', ANCHORS, ['third', 'name'], 8],
  ['a field behind an anchor', ANCHORS, ['defaults', 'image'], 1],
  ['an item with an anchor', ANCHORS, ['list', 0, 'name'], 11],
  ['an item that is an alias', ANCHORS, ['list', 1, 'name'], 12],
  ['JSON', '{\n  "spec": {\n    "containers": [\n      {"name": "a"},\n      {"name" : "b",\n       "image": "x"}\n    ]\n  }\n}', ['spec', 'containers', 1, 'image'], 5],
  ['lines that end as on Windows', BLOCK.replace(/\n/g, '\r\n'), ['spec', 'template', 'spec', 'containers', 2, 'image'], 18],
  ['a set and an explicit key: what is around them', 'spec: {a, b: 1}\nother:\n  ? c\n  : 1\nlast: 1\n', ['other', 'c'], 1],
  ['what follows them', 'spec: {a, b: 1}\nother:\n  ? c\n  : 1\nlast: 1\n', ['last'], 4],
  ['a list with an empty item: the list', 'list:\n-\n- a\n', ['list', 1], 0],
  ['pairs in a list', 'list: [a: 1,\n  b: 2]\n', ['list', 1, 'b'], 0],
  ['what is nested deep', `a: ${'['.repeat(400)}\n b${']'.repeat(400)}`, ['a', ...Array<number>(400).fill(0)], 1],
  ['a list of lists', 'list:\n- - a\n  - b\n- [c,\n   d]\n', ['list', 1, 1], 4],
  ['a list of one list', 'list:\n- - a\n  - b\n', ['list', 0, 1], 2],
];

test.each(CASES)('%s', (_, text, path, line) => {
  expect(fieldLines(text)(path)).toBe(line);
});

/** Values in which every key is one of a kind, so that a line tells whose it is. */
function named(value: unknown, names = { next: 0 }): unknown {
  if (Array.isArray(value)) return value.map((item) => named(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [`${key.replace(/\n/g, ' ')}#${names.next++}`, named(field, names)]));
}

function isReadable(text: string): boolean {
  try {
    return readDocuments({ path: 'a.yaml', text }).length > 0;
  } catch (error) {
    if (error instanceof BadInputError) return false;
    throw error;
  }
}

test.each<[string, (value: unknown) => string]>([
  ['block style', (value) => dump(value, { lineWidth: 20 })],
  ['block style, lists indented as their keys', (value) => dump(value, { noArrayIndent: true })],
  ['flow style within', (value) => dump(value, { flowLevel: 2, lineWidth: -1 })],
  ['quoted', (value) => dump(value, { forceQuotes: true, quotingType: '"' })],
  ['JSON', (value) => JSON.stringify(value, undefined, 1)],
])('every key of every value is found in the line that holds it: %s', (_, write) => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue({ depthSize: 'small' })).map((value) => named(value)), (value) => {
    const text = write(value);
    fc.pre(isReadable(text)); // js-yaml writes a text as ".:," in flow style, and cannot read it
    const lines = text.split('\n');
    const lineOf = fieldLines(text);
    const keys = pathsWhere(value, (path) => typeof path.at(-1) === 'string');
    for (const path of keys) expect(lines[lineOf(path)]).toContain(/#\d+$/.exec(path.at(-1) as string)![0]);
  }));
});
