import { Access } from '../../cluster';
import { HOOK, KubeObject, describeRef } from '../../vocabulary';
import { Permission } from './permission';

const GROUP = 'rbac.authorization.k8s.io';

interface Rule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

function accessesOf({ verbs = [], apiGroups = [], resources = [], resourceNames }: Rule, namespace: string | undefined): Access[] {
  const names = resourceNames?.length ? resourceNames : [undefined];
  const objects = apiGroups.flatMap((group) => resources.flatMap((resource) => names.map((name) => ({ group, resource, namespace, name }))));
  return objects.flatMap((object) => verbs.map((verb) => ({ ...object, verb })));
}

function ofRole(role: KubeObject, namespace: string | undefined): Permission[] {
  const rules = (role.rules ?? []) as readonly Rule[];
  // A POST does not say the name in its path.
  const name = role.metadata.annotations?.[HOOK] === undefined ? role.metadata.name : undefined;
  const unless = { verb: 'escalate', group: GROUP, resource: role.kind === 'Role' ? 'roles' : 'clusterroles', namespace, name };
  const isPlain = role.aggregationRule === undefined && rules.every(({ nonResourceURLs }) => !nonResourceURLs?.length);
  if (!isPlain) return [{ ...unless, otherwise: `${describeRef({ kind: role.kind, name: role.metadata.name! })} is refused unless the user has all of its rights` }];
  return rules.flatMap((rule) => accessesOf(rule, namespace)).map((access) => ({ ...access, unless }));
}

function ofBinding(binding: KubeObject, namespace: string | undefined, roles: readonly KubeObject[]): Permission[] {
  const { kind, name } = binding.roleRef as { readonly kind: string; readonly name: string };
  if (roles.some((role) => role.kind === kind && role.metadata.name === name)) return []; // whoever may make the role has its rights
  const role = describeRef({ kind, name });
  return [
    {
      verb: 'bind',
      group: GROUP,
      resource: kind === 'Role' ? 'roles' : 'clusterroles',
      namespace,
      name,
      otherwise: `${describeRef({ kind: binding.kind, name: binding.metadata.name! })} is refused unless the user has all rights of ${role}`,
    },
  ];
}

/**
 * What the API server asks of whoever makes a role or binds one: to have its rights already
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping).
 */
export function roleNeeds(objects: readonly KubeObject[], releaseNamespace: string): Permission[] {
  const own = objects.filter(({ apiVersion }) => apiVersion.startsWith(`${GROUP}/`));
  return own.flatMap((object) => {
    const namespace = object.metadata.namespace ?? releaseNamespace;
    switch (object.kind) {
      case 'Role':
        return ofRole(object, namespace);
      case 'ClusterRole':
        return ofRole(object, undefined);
      case 'RoleBinding':
        return ofBinding(object, namespace, own);
      case 'ClusterRoleBinding':
        return ofBinding(object, undefined, own);
      default:
        return [];
    }
  });
}
