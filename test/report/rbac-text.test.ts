import { load, loadAll } from 'js-yaml';
import { Permission, grants } from '../../src/lifecycle';
import { namespaceText, rbacText } from '../../src/report';

const OPTIONS = { release: 'web', namespace: 'shop', subject: { kind: 'Group', name: 'system:deployers' } } as const;

const PERMISSIONS: readonly Permission[] = [
  { verb: 'get', group: '', resource: 'configmaps', namespace: 'shop', name: 'on' },
  { verb: 'get', group: '', resource: 'configmaps', namespace: 'shop', name: '0123' },
  { verb: 'list', group: 'batch', resource: 'jobs', namespace: 'shop' },
  { verb: '*', group: '*', resource: 'pods/log', namespace: 'shop', otherwise: 'no logs' },
];

test('it reads well: rules in short lines, and why one of them may be left out', () => {
  expect(rbacText(grants(PERMISSIONS, OPTIONS)).split('\n')).toEqual([
    '---',
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: Role',
    'metadata:',
    '  name: "cdk8s-lifecycle:shop:web"',
    '  namespace: shop',
    '  labels:',
    '    cdk8s-lifecycle/release: web',
    'rules:',
    '  - apiGroups: [""]',
    '    resources: [configmaps]',
    '    resourceNames: ["0123", "on"]',
    '    verbs: [get]',
    '  - apiGroups: [batch]',
    '    resources: [jobs]',
    '    verbs: [list]',
    '  # may be left out: no logs',
    '  - apiGroups: ["*"]',
    '    resources: [pods/log]',
    '    verbs: ["*"]',
    '---',
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: RoleBinding',
    'metadata:',
    '  name: "cdk8s-lifecycle:shop:web"',
    '  namespace: shop',
    '  labels:',
    '    cdk8s-lifecycle/release: web',
    'roleRef:',
    '  apiGroup: rbac.authorization.k8s.io',
    '  kind: Role',
    '  name: "cdk8s-lifecycle:shop:web"',
    'subjects:',
    '  - kind: Group',
    '    apiGroup: rbac.authorization.k8s.io',
    '    name: "system:deployers"',
  ]);
});

test('a parser reads what was meant, whatever the names are', () => {
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'otherwise' ? undefined : each))) as unknown;
  for (const name of ['on', '0123', '1e3', 'a: b', '- x', '# no', "it's", 'null', '2026-01-01', 'ünï', '1_000', '.5', '']) {
    const [{ role, binding }] = grants([...PERMISSIONS, { ...PERMISSIONS[0], name }], { ...OPTIONS, subject: { kind: 'User', name } });
    expect(loadAll(rbacText([{ role, binding }]))).toEqual([role, binding].map(plain));
  }
});

test('a namespace has the label that Helm gives it', () => {
  expect(load(namespaceText('shop'))).toEqual({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { name: 'shop' } } });
});
