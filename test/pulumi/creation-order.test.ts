import * as fc from 'fast-check';
import { creationOrder } from '../../src/pulumi/creation-order';
import { ReleaseObject } from '../../src/pulumi/release-objects';
import { KubeObject, compareBytes } from '../../src/vocabulary';

const VERSIONS: Readonly<Record<string, string>> = {
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  Deployment: 'apps/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  Widget: 'example.com/v1',
};

type Changeable = ReleaseObject & { readonly after: ReleaseObject[] };

/** An object whose path is its name; the first word of the name is its kind. */
function object(name: string, { after = [], ...rest }: { after?: ReleaseObject[] } & Record<string, unknown> = {}): Changeable {
  const kind = name.split(' ')[0];
  const { metadata, ...fields } = rest as Partial<KubeObject>;
  return { path: name, object: { apiVersion: VERSIONS[kind] ?? 'v1', kind, metadata: { name: name.split(' ')[1] ?? 'a', ...metadata }, ...fields }, after };
}

const definition = (name = 'CustomResourceDefinition') => object(name, { spec: { group: 'example.com', scope: 'Cluster', names: { kind: 'Widget' } } });

/** What each comes after, in the order of creation. */
function order(...objects: ReleaseObject[]): Record<string, string[]> {
  return Object.fromEntries(creationOrder(objects).map(({ object: { path }, after }) => [path, after.map((each) => each.path).sort(compareBytes)]));
}

test('objects come behind those without which the API server would refuse them, or their Pods', () => {
  const all = ['ValidatingWebhookConfiguration', 'Widget', 'Deployment', 'Service', 'RoleBinding', 'Secret', 'Role', 'ServiceAccount', 'Namespace'];
  const after = order(...all.map((kind) => object(kind)), definition());
  expect(after).toEqual({
    Namespace: [],
    CustomResourceDefinition: [],
    Secret: ['CustomResourceDefinition', 'Namespace'],
    Role: ['CustomResourceDefinition', 'Namespace'],
    ServiceAccount: ['CustomResourceDefinition', 'Namespace'],
    RoleBinding: ['Role', 'Secret', 'ServiceAccount'],
    Widget: ['CustomResourceDefinition', 'RoleBinding'],
    Deployment: ['RoleBinding'],
    Service: ['RoleBinding'],
    ValidatingWebhookConfiguration: ['Deployment', 'Service', 'Widget'],
  });
  expect(Object.keys(after).at(-1)).toBe('ValidatingWebhookConfiguration');
});

test('a group that is empty is passed over', () => {
  expect(order(object('Deployment'), object('ConfigMap'))).toEqual({ ConfigMap: [], Deployment: ['ConfigMap'] });
});

test('what is ready later does not wait for each other', () => {
  expect(order(object('Deployment'), object('Service'), object('PersistentVolumeClaim'), object('Widget'), object('Pod')))
    .toEqual({ Deployment: [], Service: [], PersistentVolumeClaim: [], Widget: [], Pod: [] });
});

test('a kind of somebody else is not taken for that of the same name in Kubernetes', () => {
  const role = { path: 'Role', object: { apiVersion: 'iam.example.com/v1', kind: 'Role', metadata: { name: 'a' } }, after: [] };
  expect(order(role, object('Deployment'))).toEqual({ Role: [], Deployment: [] });
});

test('what somebody said counts, against the order of kinds too', () => {
  const web = object('Deployment web');
  const config = object('ConfigMap config', { after: [web] });
  expect(order(object('Deployment reader', { after: [config] }), config, web, object('ConfigMap other'))).toEqual({
    'ConfigMap other': [],
    'Deployment web': ['ConfigMap other'],
    'ConfigMap config': ['ConfigMap other', 'Deployment web'],
    'Deployment reader': ['ConfigMap config', 'ConfigMap other'],
  });
});

test('what comes after a hook comes after what the hook comes after', () => {
  const config = object('Deployment config');
  const hook = object('Job hook', { after: [config] });
  const other = object('Job other', { after: [hook] });
  hook.after.push(other);
  expect(order(object('Deployment web', { after: [other] }), config)).toEqual({ 'Deployment config': [], 'Deployment web': ['Deployment config'] });
});

test('an object comes after its namespace, and after the definition of its kind, also where those come late', () => {
  const web = object('Deployment web');
  const space = object('Namespace late', { after: [web] });
  const crd = definition('CustomResourceDefinition late');
  crd.after.push(web);
  expect(order(object('ConfigMap inside', { metadata: { namespace: 'late' } }), object('Widget w'), space, crd, web)).toEqual({
    'Deployment web': [],
    'Namespace late': ['Deployment web'],
    'CustomResourceDefinition late': ['Deployment web'],
    'ConfigMap inside': ['Namespace late'],
    'Widget w': ['CustomResourceDefinition late'],
  });
});

test('the token of a service account comes after the account, or Kubernetes deletes it', () => {
  const token = object('Secret token', { type: 'kubernetes.io/service-account-token', metadata: { annotations: { 'kubernetes.io/service-account.name': 'web' } } });
  expect(order(token, object('ServiceAccount web'), object('ServiceAccount other'), object('Secret web'))['Secret token']).toEqual(['ServiceAccount web']);
});

test('objects that come after each other are refused by their paths', () => {
  const a = object('Deployment a');
  const b = object('Deployment b', { after: [a] });
  a.after.push(b);
  expect(() => order(a, b)).toThrow('no order fits: Deployment a (Deployment) after Deployment b (Deployment) after Deployment a (Deployment). Remove one of these dependencies');
  const inside = object('Deployment inside', { metadata: { namespace: 'web' } });
  expect(() => order(inside, object('Namespace web', { after: [inside] })))
    .toThrow('no order fits: Deployment inside (Deployment) after Namespace web (Namespace) after Deployment inside (Deployment).');
});

test('whatever was said without a cycle, each comes behind what it comes after, once, and what was said holds', () => {
  const kinds = ['Namespace', 'ConfigMap', 'RoleBinding', 'Deployment', 'ValidatingWebhookConfiguration', 'ServiceAccount'];
  const one = fc.record({ kind: fc.constantFrom(...kinds), after: fc.array(fc.nat(30), { maxLength: 4 }), place: fc.nat() });
  const release = fc.array(one, { maxLength: 15 });
  fc.assert(fc.property(release, (given) => {
    const objects: Changeable[] = [];
    for (const [index, { kind, after }] of given.entries()) {
      objects.push(object(`${kind} n${index}`, { after: after.filter((each) => each < index).map((each) => objects[each]) }));
    }
    const shuffled = objects.map((each, index) => ({ each, at: given[index].place })).sort((a, b) => a.at - b.at).map(({ each }) => each);
    const steps = creationOrder(shuffled);
    const place = new Map(steps.map((step, index) => [step.object, index]));
    expect(steps).toHaveLength(objects.length);
    for (const { object: each, after } of steps) {
      expect(after.every((other) => place.get(other)! < place.get(each)!)).toBe(true);
      expect(after).toEqual(expect.arrayContaining([...each.after]));
    }
  }), { numRuns: 200 });
});
