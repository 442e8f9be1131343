import { ManifestFile, ReleaseContent, manifestText, readContent, recordHook, recordedContent, recordedHooks } from '../../src/release';
import { describeRef } from '../../src/vocabulary';
import { configMap, content, deployment, file, job, pod, withMetadata } from './manifests';
import { record } from './records';

function throughRecord({ hooks, resources }: ReleaseContent): ReleaseContent {
  return recordedContent({ ...record(1, 'deployed'), manifest: manifestText(resources), hooks: hooks.map(recordHook) });
}

function recorded(manifest: string): ReleaseContent {
  return recordedContent({ ...record(1, 'deployed'), manifest, hooks: [] });
}

test('what was recorded reads as it was given', () => {
  const given = content(
    deployment('web'),
    withMetadata(configMap('a', { 'x.conf': 'a\n---b\n' }), { namespace: 'other' }),
    job('migrate', { on: 'pre-upgrade,post-install', weight: -5, policies: 'hook-failed', logs: 'hook-failed' }),
    pod('check', { on: 'test' }),
  );
  expect(throughRecord(given)).toEqual(given);
});

test.each([
  ['a comment of its own', '# Source: web/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'],
  ['line ends that are kept', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |+\n    x\n\n\n'],
  ['line ends of Windows', 'apiVersion: v1\r\nkind: ConfigMap\r\nmetadata: {name: a}\r\n'],
])('a document with %s keeps its text and its value', (_case, text) => {
  const files: ManifestFile[] = [{ path: 'a.yaml', text }, file('b.yaml', deployment('web'))];
  const given = readContent(files, 'shop');
  expect(throughRecord(given)).toEqual(given);
});

test('a document without a line end gets one', () => {
  const { resources } = readContent([{ path: 'a.yaml', text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}' }], 'shop');
  expect(manifestText(resources)).toBe('---\n# Source: a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
});

test('standard input is recorded as stdin', () => {
  const { resources } = readContent([file('-', configMap('a'))], 'shop');
  expect(manifestText(resources)).toMatch(/^---\n# Source: stdin\n\{"apiVersion"/);
});

test('a hook is recorded as Helm records it, without what is empty', () => {
  const { hooks } = content(job('a', { on: 'pre-install', weight: 3, logs: 'hook-failed' }), pod('b', { on: 'test-success', policies: 'hook-succeeded' }));
  expect(hooks.map(recordHook)).toEqual([
    {
      name: 'b',
      kind: 'Pod',
      path: 'app.yaml',
      manifest: hooks[0].text,
      events: ['test'],
      delete_policies: ['hook-succeeded'],
      last_run: { phase: '' },
    },
    {
      name: 'a',
      kind: 'Job',
      path: 'app.yaml',
      manifest: hooks[1].text,
      events: ['pre-install'],
      weight: 3,
      delete_policies: ['before-hook-creation'],
      output_log_policies: ['hook-failed'],
      last_run: { phase: '' },
    },
  ]);
});

test('of what Helm recorded, the resources are read with their files, and documents without an object are left out', () => {
  const manifest =
    '---\n# Source: web/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: ""\n---\n# Source: web/templates/empty.yaml\n# nothing\n---\n' +
    '# Source: web/charts/db/templates/b.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n  namespace: other\n';
  expect(recorded(manifest).resources.map(({ ref, path }) => [ref, path])).toEqual([
    [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }, 'web/templates/a.yaml'],
    [{ apiVersion: 'v1', kind: 'Secret', name: 'b', namespace: 'other' }, 'web/charts/db/templates/b.yaml'],
  ]);
});

test('the objects of a list that Helm recorded are resources of the release', () => {
  const items = [configMap('a'), configMap('b')];
  const { resources } = recorded(`---\n# Source: web/templates/list.yaml\n${JSON.stringify({ apiVersion: 'v1', kind: 'List', items })}\n`);
  expect(resources.map(({ ref, path }) => `${describeRef(ref)} ${path}`)).toEqual(['ConfigMap/a web/templates/list.yaml', 'ConfigMap/b web/templates/list.yaml']);
  expect(resources.map(({ object }) => object)).toEqual(items);
});

test('a key that stands twice in what Helm recorded counts as Helm reads it: the last one', () => {
  const { resources } = recorded('---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "1"}\ndata: {x: "2"}\n');
  expect(resources[0].object.data).toEqual({ x: '2' });
});

test('a hook that Helm recorded without policies is deleted before its creation, one with words that Helm does not know never', () => {
  const [hook] = content(job('a', { on: 'pre-install' })).hooks.map(recordHook);
  const never = ['never'] as unknown as typeof hook.delete_policies;
  const hooks = [{ ...hook, delete_policies: undefined }, { ...hook, delete_policies: [] }, { ...hook, delete_policies: never }];
  expect(recordedContent({ ...record(1, 'deployed'), hooks }).hooks.map(({ deletePolicies }) => deletePolicies)).toEqual([
    ['before-hook-creation'], ['before-hook-creation'], ['never'],
  ]);
});

test('a recorded hook without a manifest is left out', () => {
  const [hook] = content(job('a', { on: 'pre-install' })).hooks.map(recordHook);
  expect(recordedContent({ ...record(1, 'deployed'), hooks: [{ ...hook, manifest: '# gone' }] }).hooks).toEqual([]);
});

test('the hooks of a revision can be read where its resources cannot', () => {
  const hooks = content(job('a', { on: 'pre-install' })).hooks.map(recordHook);
  expect(recordedHooks({ ...record(1, 'deployed'), hooks, manifest: '---\na: [\n' }).map(({ ref }) => ref.name)).toEqual(['a']);
});

test.each([
  ['a text', '---\nhello\n', 'a document is no Kubernetes object'],
  ['a map without a kind', '---\na: 1\n', 'a document is no Kubernetes object'],
  ['a list that holds nothing', '---\n{apiVersion: v1, kind: List, items: [null]}\n', 'a document is no Kubernetes object'],
  ['broken YAML', '---\na: [\n', 'not valid YAML at line 3: unexpected end of the stream within a flow collection'],
  ['a YAML bomb', `---\na: ${'['.repeat(600)}\n`, 'not valid YAML at line 2: nesting exceeded maxDepth (501)'],
])('a revision that holds %s is refused by its number', (_case, manifest, reason) => {
  expect(() => recorded(manifest)).toThrow(
    expect.objectContaining({
      code: 'cluster',
      message: `Revision 1 of release "web" was recorded with a manifest that cannot be read: ${reason}`,
      remedy: 'Go on with helm, which may read it: helm history web',
    }),
  );
});

test('numbers where Helm wants strings are strings, and tags that nobody knows mean nothing', () => {
  const { resources } = recorded('---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: !team 5, annotations: {helm.sh/resource-policy: 5, a: null, b: yes}}\n');
  expect(resources.map(({ ref, object }) => [ref.name, object.metadata.annotations])).toEqual([['5', { 'helm.sh/resource-policy': '5', 'a': '', 'b': 'true' }]]);
});
