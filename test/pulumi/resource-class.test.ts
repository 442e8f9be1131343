import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { resourceClass } from '../../src/pulumi/resource-class';
import { isMap } from '../../src/vocabulary';

const CustomResource: unknown = k8s.apiextensions.CustomResource;

interface Exported {
  readonly name: string;
  readonly type: string;
  readonly of: unknown;
}

/** Every class of @pulumi/kubernetes that has a type of Pulumi. */
function exported(module: unknown, depth = 0): Exported[] {
  if (!isMap(module) || depth > 3) return [];
  return Object.entries(module).flatMap(([name, each]) => {
    const type = typeof each === 'function' ? (each as { readonly __pulumiType?: string }).__pulumiType : undefined;
    return type?.startsWith('kubernetes:') ? [{ name, type, of: each }] : exported(each, depth + 1);
  });
}

const all = exported(k8s);
const groupsOfApi = all.filter(({ type, of }) => !/:(helm\.sh|kustomize|yaml|meta)/.test(type) && (of as { prototype: unknown }).prototype instanceof pulumi.CustomResource);
const isDerived = ({ name, type }: Exported) => /(List|Patch)$/.test(name) && all.some((other) => other.type === type.replace(/(List|Patch)$/, ''));

/** The kind that a class is for, as manifests write it. */
function kindOf({ type }: Exported) {
  const [, apiVersion, kind] = type.split(':');
  return { apiVersion: apiVersion.replace(/^core\//, ''), kind };
}

test('the walk finds the classes of the API', () => {
  expect(all.length).toBeGreaterThan(500);
  expect(groupsOfApi.filter((each) => !isDerived(each)).length).toBeGreaterThan(150);
  expect(groupsOfApi.filter(isDerived).length).toBeGreaterThan(300);
});

test('every kind that has a class gets it', () => {
  const missed = groupsOfApi.filter((each) => !isDerived(each) && resourceClass(kindOf(each)) !== each.of);
  expect(missed).toEqual([]);
});

test('no list of objects and no patch is hit, nor what is no object of a cluster', () => {
  const others = all.filter((each) => isDerived(each) || !groupsOfApi.includes(each));
  const hit = others.filter((each) => resourceClass(kindOf(each)) !== CustomResource);
  expect(others.map(({ type }) => type)).toEqual(expect.arrayContaining(['kubernetes:helm.sh/v3:Release', 'kubernetes:yaml/v2:ConfigGroup', 'kubernetes:core/v1:PodList', 'kubernetes:core/v1:PodPatch']));
  expect(hit).toEqual([]);
});

test.each([
  ['v1', 'Pod', k8s.core.v1.Pod],
  ['apps/v1', 'Deployment', k8s.apps.v1.Deployment],
  ['rbac.authorization.k8s.io/v1', 'Role', k8s.rbac.v1.Role],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', k8s.apiextensions.v1.CustomResourceDefinition],
  ['iam.services.k8s.aws/v1alpha1', 'Role', CustomResource],
  ['apps.example.com/v1', 'Deployment', CustomResource],
  ['example.com/v1', 'Widget', CustomResource],
  ['apps/v9', 'Deployment', CustomResource],
  ['v1', 'Unknown', CustomResource],
  ['v1', 'constructor', CustomResource],
  ['__proto__/v1', 'constructor', CustomResource],
])('%s %s', (apiVersion, kind, expected) => {
  expect(resourceClass({ apiVersion, kind })).toBe(expected);
});
