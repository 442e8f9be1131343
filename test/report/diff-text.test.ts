import { ObjectDifference, ReleaseDifference } from '../../src/lifecycle';
import { diffText } from '../../src/report/diff-text';

const UPGRADE = { operation: 'upgrade', release: 'web', namespace: 'shop', revision: 3, from: 2, warnings: [] } as const;
const ref = (name: string, namespace = 'shop') => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace });

function difference(more: Partial<ReleaseDifference>): ReleaseDifference {
  return { ...UPGRADE, resources: [], hooks: [], ...more };
}

/** The lines of one resource. */
function linesOf(resource: Omit<ObjectDifference, 'object'>): string[] {
  return diffText(difference({ resources: [{ object: ref('a'), ...resource }] })).slice(2, -3);
}

test('a change is a unified diff with three lines around it', () => {
  const text = (value: string) => `${['1', '2', '3', '4', value, '6', '7', '8', '9'].join('\n')}\n`;
  expect(linesOf({ change: 'changed', before: text('old'), after: text('new') })).toEqual([
    '~ ConfigMap/a', '--- live', '+++ revision 3', '@@ -2,7 +2,7 @@', ' 2', ' 3', ' 4', '-old', '+new', ' 6', ' 7', ' 8',
  ]);
});

test('what comes differs from nothing, what goes to nothing', () => {
  expect(linesOf({ change: 'created', after: 'a: 1\n' })).toEqual(['+ ConfigMap/a', '--- /dev/null', '+++ revision 3', '@@ -0,0 +1,1 @@', '+a: 1']);
  expect(linesOf({ change: 'deleted', before: 'a: 1\n' })).toEqual(['- ConfigMap/a', '--- live', '+++ /dev/null', '@@ -1,1 +0,0 @@', '-a: 1']);
});

test('what stays is named, what does not change is counted, what would be refused says why', () => {
  expect(linesOf({ change: 'kept' })).toEqual(['  ConfigMap/a  (stays: helm.sh/resource-policy: keep)']);
  expect(linesOf({ change: 'unchanged' })).toEqual([]);
  expect(linesOf({ change: 'unchanged', refusal: 'two\nlines' })).toEqual(['  ConfigMap/a', '  would be refused: two', '  lines']);
});

test('hooks are told with their revisions, namespaces where they are others, and all is counted', () => {
  const resources = [{ object: ref('a', 'other'), change: 'created', after: 'a\n', refusal: 'no' }, { object: ref('b'), change: 'unchanged' }] as const;
  const hooks = [{ hook: ref('c'), change: 'changed', before: 'a\n', after: 'b\n' }, { hook: ref('d'), change: 'unchanged' }] as const;
  expect(diffText(difference({ resources, hooks }))).toEqual([
    'upgrade web, namespace shop: revision 2 -> 3',
    '',
    '+ ConfigMap/a in namespace other',
    '  would be refused: no',
    '--- /dev/null', '+++ revision 3', '@@ -0,0 +1,1 @@', '+a',
    '',
    '~ hook ConfigMap/c',
    '--- revision 2', '+++ revision 3', '@@ -1,1 +1,1 @@', '-a', '+b',
    '',
    'resources: 1 created, 1 unchanged; 1 refused',
    'hooks: 1 changed, 1 unchanged',
  ]);
});

test('an install has one revision, and none of nothing', () => {
  expect(diffText({ ...difference({}), operation: 'install', revision: 1, from: undefined })).toEqual([
    'install web, namespace shop: revision 1', '', 'resources: none', 'hooks: none',
  ]);
});

test('texts that differ in too many lines are told as a whole', () => {
  const text = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word} ${index}\n`).join('');
  const lines = linesOf({ change: 'changed', before: text('old'), after: text('new') });
  expect([lines.length, lines[3], lines[4], lines.at(-1)]).toEqual([10_004, '@@ -1,5000 +1,5000 @@', '-old 0', '+new 4999']);
});

test('colours are for terminals, and the only escape sequences are our own', () => {
  const resources = [{ object: ref('a'), change: 'changed', before: 'a: 1\n', after: 'a: \u001b[2J\n' }] as const;
  const [plain, coloured] = [false, true].map((colour) => diffText(difference({ resources }), { colour }).slice(3, -3));
  expect(plain).toEqual(['--- live', '+++ revision 3', '@@ -1,1 +1,1 @@', '-a: 1', '+a: \\x1b[2J']);
  expect(coloured.slice(2)).toEqual(['\u001b[36m@@ -1,1 +1,1 @@\u001b[m', '\u001b[31m-a: 1\u001b[m', '\u001b[32m+a: \\x1b[2J\u001b[m']);
});
