import { BadInputError, ManifestFile, readContent } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { configMap, file, job, object, withMetadata } from './manifests';

function problemsOf(files: readonly ManifestFile[]): string[] {
  try {
    readContent(files, 'shop');
  } catch (error) {
    if (error instanceof BadInputError) return error.problems.map(({ object: name, message, remedy }) => `${[name, message].filter(Boolean).join(': ')} | ${remedy}`);
    throw error;
  }
  return [];
}

const hook = (annotations: Readonly<Record<string, string>>): KubeObject => withMetadata(job('m'), { annotations: { 'helm.sh/hook': 'pre-install', ...annotations } });
const NAMES = 'Names are letters, digits, "-" and "."; none is "." or "..", none holds "/" or "%".';
const SHAPE = 'An object is a map with apiVersion, kind and metadata.';
const RENDER = 'Render the chart first (helm template); this tool has no template engine.';
const EVENTS = 'pre-install, post-install, pre-upgrade, post-upgrade, pre-rollback, post-rollback, pre-delete, post-delete, test, pre-rollback-from-source, post-rollback-from-source, on-failure';

test.each<[string, KubeObject, string]>([
  ['an unknown event', hook({ 'helm.sh/hook': 'pre-instal' }), 'Job/m: helm.sh/hook names "pre-instal", which Helm does not know (it would drop the whole object without a word) | Did you mean "pre-install"?'],
  ['an event far from any', hook({ 'helm.sh/hook': 'crd-install-first' }), `Job/m: helm.sh/hook names "crd-install-first", which Helm does not know (it would drop the whole object without a word) | Known are ${EVENTS}.`],
  ['no event', hook({ 'helm.sh/hook': '' }), `Job/m: helm.sh/hook names "", which Helm does not know (it would drop the whole object without a word) | Known are ${EVENTS}.`],
  ['a weight that is no integer', hook({ 'helm.sh/hook-weight': '1.5' }), 'Job/m: helm.sh/hook-weight is "1.5", not an integer (Helm would take it for 0) | Write an integer in quotes, such as "-5".'],
  ['a weight that overflows', hook({ 'helm.sh/hook-weight': '99999999999999999999' }), 'Job/m: helm.sh/hook-weight is "99999999999999999999", not an integer (Helm would take it for 0) | Write an integer in quotes, such as "-5".'],
  ['an unknown delete policy', hook({ 'helm.sh/hook-delete-policy': 'hook-success' }), 'Job/m: helm.sh/hook-delete-policy names "hook-success", which Helm does not know (it would then never delete the object) | Did you mean "hook-succeeded"?'],
  ['an unknown log policy', hook({ 'helm.sh/hook-output-log-policy': 'always' }), 'Job/m: helm.sh/hook-output-log-policy names "always", which Helm does not know (it would ignore it) | Known are hook-succeeded, hook-failed.'],
  ['a timeout without a unit', hook({ 'cdk8s-lifecycle/timeout': '90' }), 'Job/m: cdk8s-lifecycle/timeout is "90", not a duration above zero | Write one such as "90s", "5m" or "1h30m".'],
  ['no time at all', hook({ 'cdk8s-lifecycle/timeout': '0s' }), 'Job/m: cdk8s-lifecycle/timeout is "0s", not a duration above zero | Write one such as "90s", "5m" or "1h30m".'],
  ['a hook without a name', withMetadata(hook({}), { name: undefined }), 'Job: the hook (Job) has no metadata.name | Give it a fixed metadata.name.'],
  ['a hook with an empty name', withMetadata(hook({}), { name: '' }), 'Job/: the hook (Job) has no metadata.name | Give it a fixed metadata.name.'],
  ['a hook whose name is generated', withMetadata(hook({}), { name: undefined, generateName: 'm-' }), 'Job: the hook (Job) has no metadata.name (generateName cannot be found again, neither by Helm nor by this tool) | Give it a fixed metadata.name.'],
  ['a resource without a name', withMetadata(configMap('x'), { name: undefined }), 'ConfigMap: the ConfigMap has no metadata.name | Give it a fixed metadata.name.'],
  ['a template in a name', configMap('{{ .Release.Name }}-x'), `ConfigMap/{{ .Release.Name }}-x: metadata.name still holds a template expression: {{ .Release.Name }}-x | ${RENDER}`],
  ['a template in a namespace', withMetadata(configMap('x'), { namespace: '{{ns}}' }), `ConfigMap/x: metadata.namespace still holds a template expression: {{ns}} | ${RENDER}`],
  ['a template in an image', job('m', undefined, { template: { spec: { initContainers: [{ image: 'a:{{ .Values.tag }}' }], containers: [{ image: 'b' }] } } }), `Job/m: image still holds a template expression: a:{{ .Values.tag }} | ${RENDER}`],
  ['a name that leads out of its path', configMap('..'), `ConfigMap/..: metadata.name is "..", which is no name | ${NAMES}`],
  ['a name that is its path', configMap('.'), `ConfigMap/.: metadata.name is ".", which is no name | ${NAMES}`],
  ['a name of two segments', configMap('a/b'), `ConfigMap/a/b: metadata.name is "a/b", which is no name | ${NAMES}`],
  ['a name that moves the cursor', configMap('a\u001b[2J'), `ConfigMap/a\u001b[2J: metadata.name is "a\\u001b[2J", which is no name | ${NAMES}`],
  ['a namespace that leads out of its path', withMetadata(configMap('x'), { namespace: '..' }), `ConfigMap/x: metadata.namespace is "..", which is no name | ${NAMES}`],
  ['a namespace that is a number', withMetadata(configMap('x'), { namespace: 5 as unknown as string }), 'ConfigMap/x: metadata.namespace is a number, not a string | Write it as a string, in quotes.'],
  ['a number as annotation', withMetadata(configMap('x'), { annotations: { 'helm.sh/hook-weight': 5 as unknown as string } }), 'ConfigMap/x: metadata.annotations["helm.sh/hook-weight"] is a number, not a string | Quote it: helm.sh/hook-weight: "5"'],
  ['null as label', withMetadata(configMap('x'), { labels: { team: null as unknown as string } }), 'ConfigMap/x: metadata.labels["team"] is null, not a string | Quote it: team: ""'],
  ['annotations that are a list', { ...configMap('x'), metadata: { name: 'x', annotations: ['a'] } as unknown as KubeObject['metadata'] }, 'ConfigMap/x: metadata.annotations is not a map | Write it as key: "value" pairs.'],
  ['no metadata', { apiVersion: 'v1', kind: 'ConfigMap' } as KubeObject, 'ConfigMap: has no metadata | Give the object metadata with a name.'],
  ['no apiVersion', { kind: 'ConfigMap', metadata: { name: 'x' } } as KubeObject, `ConfigMap/x: has no apiVersion | ${SHAPE}`],
  ['a kind that is no string', { apiVersion: 'v1', kind: 1, metadata: {} } as unknown as KubeObject, `has no kind | ${SHAPE}`],
  ['a list', { apiVersion: 'v1', kind: 'List', items: [] } as unknown as KubeObject, 'List: is a list of objects | Write each object of it as a document of its own, separated by ---.'],
  ['a list of a kind', object('v1', 'ConfigMapList', 'x', { items: [] }), 'ConfigMapList/x: is a list of objects | Write each object of it as a document of its own, separated by ---.'],
  ['a sequence', ['a'] as unknown as KubeObject, `is not a Kubernetes object | ${SHAPE}`],
  ['a scalar', 'a' as unknown as KubeObject, `is not a Kubernetes object | ${SHAPE}`],
])('%s is refused', (_case, given, problem) => {
  expect(problemsOf([file('a.yaml', given)])).toEqual([problem]);
});

test.each<[string, KubeObject, KubeObject]>([
  ['the same object twice', configMap('x'), configMap('x')],
  ['two versions of one group', object('batch/v1', 'CronJob', 'x', { spec: {} }), object('batch/v1beta1', 'CronJob', 'x', { spec: {} })],
  ['an explicit and an implicit namespace', configMap('x'), withMetadata(configMap('x'), { namespace: 'shop' })],
  ['a hook and a resource', configMap('x'), configMap('x', {}, { on: 'pre-install' })],
])('%s are refused', (_case, first, second) => {
  expect(problemsOf([file('a.yaml', configMap('y'), first), file('b.yaml', second)])).toEqual([
    `${first.kind}/x: the same object stands in a.yaml, document 2 | Give one of the two another name, or remove it.`,
  ]);
});

test('everything that is wrong is told at once, each with its place', () => {
  const files = [file('b.yaml', hook({ 'helm.sh/hook': 'pre-delet', 'helm.sh/hook-weight': 'x' })), file('-', configMap('x'), configMap('x'))];
  expect(() => readContent(files, 'shop')).toThrow(
    expect.objectContaining({
      code: 'bad-input',
      message: [
        'b.yaml, document 1 (line 1): Job/m: helm.sh/hook names "pre-delet", which Helm does not know (it would drop the whole object without a word)',
        '  Did you mean "pre-delete"?',
        'b.yaml, document 1 (line 1): Job/m: helm.sh/hook-weight is "x", not an integer (Helm would take it for 0)',
        '  Write an integer in quotes, such as "-5".',
        'standard input, document 2 (line 3): ConfigMap/x: the same object stands in standard input, document 1',
        '  Give one of the two another name, or remove it.',
      ].join('\n'),
    }),
  );
});

test.each([
  [[], 'no manifests were given'],
  [[{ path: 'a.yaml', text: '# nothing\n---\n' }, { path: '-', text: '' }], 'no object in a.yaml, standard input'],
])('an empty input is refused: %j', (files, message) => {
  expect(problemsOf(files)).toEqual([`${message} | Name files or folders of manifests, \`-\` for standard input, or --app COMMAND. Does the program call app.synth()?`]);
});

test('broken YAML in one file is told as the problem of that file', () => {
  expect(() => readContent([file('a.yaml', configMap('x')), { path: 'b.yaml', text: 'a: [' }], 'shop')).toThrow(/^b\.yaml, document 1 \(line 1\): not valid YAML at line /);
});

test('everything that is wrong is told at once: what is no YAML in every file, and what is wrong with the objects of the others', () => {
  const files = [{ path: 'a.yaml', text: 'a: [\n---\nb: ]\n' }, { path: 'b.yaml', text: '{\n' }, file('c.yaml', configMap('..'))];
  expect(problemsOf(files).map((problem) => problem.split(/[:|]/)[0])).toEqual([
    'not valid YAML at line 2', 'not valid YAML at line 3', 'not valid YAML at line 2', 'ConfigMap/..',
  ]);
});
