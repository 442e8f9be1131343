import { Access } from '../../cluster';

/** An access that an operation needs. */
export interface Permission extends Access {
  /** What happens without it; absent where the operation cannot do without. */
  readonly otherwise?: string;
  /** Another access that makes this one superfluous. */
  readonly unless?: Access;
}

/** Verbs in the order in which kubectl's documentation has them, then whatever else there is. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** Verbs in their usual order. */
export function compareVerbs(a: string, b: string): number {
  const place = (verb: string) => (VERBS.includes(verb) ? VERBS.indexOf(verb) : VERBS.length);
  return place(a) - place(b) || (a < b ? -1 : Number(a > b));
}

function keyOf({ verb, group, resource }: Access, namespace = '', name = ''): string {
  return `${namespace}|${group}|${resource}|${name}|${verb}`;
}

/** What tells one access from another. */
export function accessKey(access: Access): string {
  return keyOf(access, access.namespace, access.name);
}

/** The keys of the accesses that include one: in all namespaces, whatever the name, or both. */
function widerKeys(access: Access): string[] {
  return [keyOf(access, '', access.name), keyOf(access, access.namespace), keyOf(access)];
}

/** In how many ways an operation may do without. */
function slack({ otherwise, unless }: Permission): number {
  return Number(otherwise !== undefined) + Number(unless !== undefined);
}

/** Each permission once: those that another one includes are left out, and what is required for one thing is required. */
export function distinct(permissions: readonly Permission[]): Permission[] {
  const byKey = new Map<string, Permission>();
  for (const permission of permissions) {
    const key = accessKey(permission);
    const known = byKey.get(key);
    if (!known || slack(permission) < slack(known)) byKey.set(key, permission);
  }
  const isIncluded = (permission: Permission) => widerKeys(permission).some((wide) => {
    const known = byKey.get(wide);
    return known !== undefined && known !== permission && slack(known) <= slack(permission);
  });
  return [...byKey.values()].filter((permission) => !isIncluded(permission));
}
