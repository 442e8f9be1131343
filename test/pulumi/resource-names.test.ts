import * as pulumi from '@pulumi/pulumi';
import { late } from '../../src/pulumi/late';
import { ReleaseObject } from '../../src/pulumi/release-objects';
import { resourceNames } from '../../src/pulumi/resource-names';

function object(path: string, kind: string, name: string, namespace?: string): ReleaseObject {
  return { path, object: { apiVersion: 'v1', kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }, after: [] };
}

function names(objects: readonly ReleaseObject[], namespace: pulumi.Input<string> = 'web'): string[] {
  return [...resourceNames(objects, { release: 'r', namespace, isClusterWide: ({ kind }) => kind === 'Namespace' }).values()];
}

const token = () => late.string(pulumi.output('later'));

test.each<[string, ReleaseObject[], string[]]>([
  ['by its name', [object('p', 'Pod', 'a')], ['r:a']],
  ['with another namespace than the release\'s', [object('p', 'Pod', 'a', 'other')], ['r:other/a']],
  ['without the namespace of the release, whether or not a program says it', [object('p', 'Pod', 'a', 'web')], ['r:a']],
  ['without a namespace that is known later', [object('p', 'Pod', 'a', token())], ['r:a']],
  ['without a namespace that does not count', [object('p', 'Namespace', 'a', 'other')], ['r:a']],
  ['by the same name as one of another kind', [object('p', 'Pod', 'a'), object('q', 'Secret', 'a')], ['r:a', 'r:a']],
  ['by its path, where the name is known later', [object('chart/p', 'Pod', `${token()}-a`)], ['r:chart/p']],
  ['by its path, where nobody knows whether it is another than that of the name', [object('p', 'Pod', 'a'), object('chart/q', 'Pod', 'a', token())], ['r:a', 'r:chart/q']],
])('a resource is called %s', (_, objects, expected) => {
  expect(names(objects)).toEqual(expected);
});

test('the namespace of the release may be known later', () => {
  const namespace = pulumi.output('web');
  expect(names([object('p', 'Pod', 'a'), object('q', 'Pod', 'a', 'other')], namespace)).toEqual(['r:a', 'r:other/a']);
});

test.each<[string, ReleaseObject[]]>([
  ['word for word', [object('p', 'Pod', 'a'), object('q', 'Pod', 'a')]],
  ['in the namespace of the release, said and not said', [object('p', 'Pod', 'a'), object('q', 'Pod', 'a', 'web')]],
  ['outside of namespaces', [object('p', 'Namespace', 'a', 'x'), object('q', 'Namespace', 'a')]],
])('an object that is there twice is refused: %s', (_, objects) => {
  expect(() => names(objects)).toThrow(/^q: (Pod|Namespace) a is the same object as p\. Give one of the two another name, or remove it\.$/);
});
