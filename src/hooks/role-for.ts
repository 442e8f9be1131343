import { KubeObject } from '../vocabulary';

/** A role, by the name that a binding calls it. */
export interface RoleReference {
  readonly kind: string;
  readonly name: string;
}

/** The role that a binding gives to a service account, if it is one for it. */
export function roleFor(account: string, binding: KubeObject): RoleReference | undefined {
  const { kind, subjects, roleRef } = binding as KubeObject & { readonly subjects?: readonly RoleReference[]; readonly roleRef?: RoleReference };
  if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return undefined;
  return subjects?.some((subject) => subject.kind === 'ServiceAccount' && subject.name === account) ? roleRef : undefined;
}
