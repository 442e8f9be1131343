import { Permission, distinct, grants } from '../../../src/lifecycle';

const RELEASE = { release: 'web', namespace: 'shop' };
const SUBJECT = { kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' } as const;

function permissions(resource: string, verbs: string, more: Partial<Permission> = {}): Permission[] {
  return verbs.split(' ').map((verb) => ({ verb, group: '', resource, namespace: 'shop', ...more }));
}

function rules(all: readonly Permission[], made?: readonly string[]) {
  return grants(all, { ...RELEASE, subject: SUBJECT, made }).map(({ role }) => [role.kind, role.metadata.namespace, role.rules]);
}

test('one Role a namespace, a ClusterRole for the rest, each with its binding', () => {
  const [cluster, shop] = grants([...permissions('configmaps', 'get'), ...permissions('nodes', 'get', { namespace: undefined })], { ...RELEASE, subject: SUBJECT });
  expect([cluster.role.kind, shop.role.kind]).toEqual(['ClusterRole', 'Role']);
  expect(shop.binding).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'cdk8s-lifecycle:shop:web', namespace: 'shop', labels: { 'cdk8s-lifecycle/release': 'web' } },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'cdk8s-lifecycle:shop:web' },
    subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' }],
  });
  expect(cluster.binding.metadata).not.toHaveProperty('namespace');
});

test.each(['User', 'Group'] as const)('a %s is named with its API group', (kind) => {
  const [{ binding }] = grants(permissions('pods', 'get'), { ...RELEASE, subject: { kind, name: 'ada' } });
  expect(binding.subjects).toEqual([{ kind, apiGroup: 'rbac.authorization.k8s.io', name: 'ada' }]);
});

test('verbs, names and resources that belong together stand in one rule, in a stable order', () => {
  const all = [
    ...permissions('services', 'patch get', { name: 'web' }),
    ...permissions('configmaps', 'get patch', { name: 'b' }),
    ...permissions('configmaps', 'patch get', { name: 'a' }),
    ...permissions('pods', 'watch list'),
    ...permissions('jobs', 'watch list create', { group: 'batch' }),
    ...permissions('endpoints', 'list watch'),
  ];
  const expected = [
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['a', 'b'], verbs: ['get', 'patch'] },
    { apiGroups: [''], resources: ['endpoints', 'pods'], verbs: ['list', 'watch'] },
    { apiGroups: [''], resources: ['services'], resourceNames: ['web'], verbs: ['get', 'patch'] },
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['list', 'watch', 'create'] },
  ];
  expect(rules(all)).toEqual([['Role', 'shop', expected]]);
  expect(rules([...all].reverse())).toEqual(rules(all));
});

test('what may be left out stands by itself, at the end', () => {
  const all = [...permissions('jobs', 'patch', { otherwise: 'it is slower' }), ...permissions('secrets', 'get')];
  expect(rules(all)).toEqual([['Role', 'shop', [
    { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
    { apiGroups: [''], resources: ['jobs'], verbs: ['patch'], otherwise: 'it is slower' },
  ]]]);
});

test('in a namespace that the release makes itself there can be no Role before', () => {
  expect(rules(permissions('pods', 'get', { namespace: 'made' }), ['made'])).toEqual([
    ['ClusterRole', undefined, [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]],
  ]);
});

describe('each permission is there once', () => {
  const [get] = permissions('secrets', 'get');
  const optional = { ...get, otherwise: 'never mind' };
  test.each<[string, Permission[], Permission[]]>([
    ['twice the same', [get, { ...get }], [get]],
    ['one of a name, and one of every name', [{ ...get, name: 'a' }, get], [get]],
    ['one of a namespace, and one of the whole cluster', [get, { ...get, namespace: undefined }], [{ ...get, namespace: undefined }]],
    ['required by one, optional for another', [optional, get], [get]],
    ['required for one name, optional for all', [{ ...get, name: 'a' }, optional], [{ ...get, name: 'a' }, optional]],
    ['of two names', [{ ...get, name: 'a' }, { ...get, name: 'b' }], [{ ...get, name: 'a' }, { ...get, name: 'b' }]],
  ])('%s', (_, given, left) => {
    expect(distinct(given)).toEqual(left);
  });
});
