import { readContent } from '../../src/release';
import { describeRef } from '../../src/vocabulary';
import { configMap, content, deployment, file, job, object, pod, withMetadata } from './manifests';

const names = (parts: readonly { readonly ref: { readonly kind: string; readonly name: string } }[]) => parts.map(({ ref }) => describeRef(ref));

test('what carries helm.sh/hook is a hook, everything else a resource', () => {
  const read = content(job('migrate', { on: 'pre-upgrade' }), deployment('web'), withMetadata(configMap('plain'), { annotations: { team: 'a' } }));
  expect(names(read.hooks)).toEqual(['Job/migrate']);
  expect(names(read.resources)).toEqual(['ConfigMap/plain', 'Deployment/web']);
});

test('a hook holds everything its annotations say, its text and its file', () => {
  const migrate = job('migrate', { on: 'post-install, Pre-Upgrade', weight: '-5', policies: 'hook-succeeded,hook-failed', logs: 'hook-failed' });
  const input = file('dir/a.yaml', configMap('first'), migrate);
  expect(readContent([input], 'shop').hooks).toEqual([
    {
      ref: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate' },
      object: migrate,
      text: `${JSON.stringify(migrate)}\n`,
      path: 'dir/a.yaml',
      events: ['post-install', 'pre-upgrade'],
      weight: -5,
      deletePolicies: ['hook-succeeded', 'hook-failed'],
      outputLogPolicies: ['hook-failed'],
    },
  ]);
});

test('a hook that names no weight and no policies has weight 0 and is deleted before its creation', () => {
  expect(content(pod('check', { on: 'test' })).hooks[0]).toMatchObject({ weight: 0, deletePolicies: ['before-hook-creation'], outputLogPolicies: [] });
});

test('the namespace of a resource is kept as it is written', () => {
  const elsewhere = withMetadata(configMap('a'), { namespace: 'other' });
  expect(content(elsewhere, configMap('b')).resources.map(({ ref }) => ref)).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'other' },
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'b' },
  ]);
});

test('files count in the order of the bytes of their paths, documents in theirs, kinds in the order of installation', () => {
  const files = [
    file('z.yaml', configMap('z')),
    file('a.yaml', deployment('second'), deployment('first'), object('v1', 'Service', 'svc', { spec: {} })),
    file('B.yaml', configMap('upper'), object('example.com/v1', 'Zebra', 'x'), object('example.com/v1', 'Ape', 'x')),
    file('é.yaml', configMap('accent')),
  ];
  expect(names(readContent(files, 'shop').resources)).toEqual([
    'ConfigMap/upper', 'ConfigMap/z', 'ConfigMap/accent', 'Service/svc', 'Deployment/second', 'Deployment/first', 'Ape/x', 'Zebra/x',
  ]);
});

test('hooks are kept in the order of installation of their kinds, not of their weights', () => {
  const { hooks } = content(job('b', { on: 'test', weight: -9 }), job('a', { on: 'test', weight: 9 }), configMap('c', {}, { on: 'test', weight: 99 }));
  expect(names(hooks)).toEqual(['ConfigMap/c', 'Job/b', 'Job/a']);
});

test('empty annotations and labels count as none', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n  labels: {}\n';
  expect(names(readContent([{ path: 'a.yaml', text }], 'shop').resources)).toEqual(['ConfigMap/a']);
});

test('one name in two namespaces, two kinds or two groups are different objects', () => {
  const read = content(
    configMap('a'),
    withMetadata(configMap('a'), { namespace: 'other' }),
    object('v1', 'Secret', 'a'),
    object('one.example.com/v1', 'Thing', 'a'),
    object('two.example.com/v1', 'Thing', 'a'),
  );
  expect(read.resources).toHaveLength(5);
});

test('a rendered chart is split into its hooks and its resources, each in the order in which Helm keeps them', () => {
  const files = [
    file('web/templates/9.yaml', object('apps/v1', 'ReplicaSet', 'rs', {}, { on: 'post-install' })),
    file('web/templates/2.yaml', job('early', { on: 'pre-install' })),
    { path: 'web/templates/3.yaml', text: '# nothing\n---\n\n' },
    file('web/templates/1.yaml', withMetadata(deployment('plain'), { annotations: { 'example.com/hook': 'pre-install' } })),
    file('web/templates/4.yaml', pod('both', { on: ' post-delete,POST-INSTALL ' })),
    file('web/charts/db/templates/1.yaml', configMap('first'), pod('check', { on: 'test' }), configMap('second')),
    { path: 'web/templates/empty.yaml', text: '' },
  ];
  const { hooks, resources } = readContent(files, 'shop');
  expect(hooks.map(({ ref, path, events }) => [describeRef(ref), path, events])).toEqual([
    ['Pod/check', 'web/charts/db/templates/1.yaml', ['test']],
    ['Pod/both', 'web/templates/4.yaml', ['post-delete', 'post-install']],
    ['ReplicaSet/rs', 'web/templates/9.yaml', ['post-install']],
    ['Job/early', 'web/templates/2.yaml', ['pre-install']],
  ]);
  expect(resources.map(({ ref, path }) => [describeRef(ref), path])).toEqual([
    ['ConfigMap/first', 'web/charts/db/templates/1.yaml'],
    ['ConfigMap/second', 'web/charts/db/templates/1.yaml'],
    ['Deployment/plain', 'web/templates/1.yaml'],
  ]);
});

test('of fifteen documents, the tenth comes behind the ninth', () => {
  const numbers = Array.from({ length: 15 }, (_, index) => `n${index}`);
  expect(names(content(...numbers.map((name) => configMap(name))).resources)).toEqual(numbers.map((name) => `ConfigMap/${name}`));
});
