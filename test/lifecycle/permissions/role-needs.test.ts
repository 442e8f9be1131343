import { SimulatedCluster } from '../../../src/cluster/simulated';
import { Permission, permissionsOf, planInstall } from '../../../src/lifecycle';
import { KubeObject } from '../../../src/vocabulary';
import { HookOptions, content, object } from '../../release/manifests';

/* Whoever makes a role must have its rights already: the API server lets nobody give what he has not. */

const API = 'rbac.authorization.k8s.io/v1';

function role(kind: string, rules: readonly object[], hook?: HookOptions): KubeObject {
  return object(API, kind, 'reader', { rules }, hook);
}

function binding(kind: string, roleKind: string, name: string): KubeObject {
  return object(API, kind, 'reads', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleKind, name }, subjects: [] });
}

/** The permissions that come from roles, as words. */
async function words(...objects: readonly KubeObject[]): Promise<string[]> {
  const plan = planInstall([], content(...objects), { release: 'web', namespace: 'shop' });
  const isFromRole = ({ unless, verb, resource }: Permission) => unless !== undefined || ['bind', 'escalate'].includes(verb) || resource === 'pods';
  return (await permissionsOf(plan, new SimulatedCluster()))
    .filter(isFromRole)
    .map(({ verb, resource, name, namespace, unless, otherwise }) =>
      [verb, resource, name && `/${name}`, namespace ?? 'cluster', unless && `unless ${unless.verb} ${unless.resource} ${unless.name ?? '*'}`, otherwise && 'optional'].filter(Boolean).join(' '));
}

const READ = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };

test.each<[string, KubeObject[], string[]]>([
  ['the rights of a Role, in its namespace', [role('Role', [READ])], ['get pods shop unless escalate roles reader', 'list pods shop unless escalate roles reader']],
  ['those of a ClusterRole, everywhere', [role('ClusterRole', [{ ...READ, verbs: ['get'] }])], ['get pods cluster unless escalate clusterroles reader']],
  ['those on names', [role('Role', [{ ...READ, verbs: ['get'], resourceNames: ['a'] }])], ['get pods /a shop unless escalate roles reader']],
  ['a hook is posted without its name', [role('Role', [{ ...READ, verbs: ['get'] }], { on: 'pre-install' })], ['get pods shop unless escalate roles *']],
  ['a binding to a Role of the release takes no more than the Role', [role('Role', [{ ...READ, verbs: ['get'] }]), binding('RoleBinding', 'Role', 'reader')], ['get pods shop unless escalate roles reader']],
  ['one to another role takes the right to bind it', [binding('RoleBinding', 'ClusterRole', 'view')], ['bind clusterroles /view shop optional']],
  ['one for the whole cluster takes it there', [binding('ClusterRoleBinding', 'ClusterRole', 'view')], ['bind clusterroles /view cluster optional']],
  ['rights on paths cannot be had one by one', [role('ClusterRole', [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }])], ['escalate clusterroles /reader cluster optional']],
])('%s', async (_, objects, expected) => {
  expect(await words(...objects)).toEqual(expected);
});
