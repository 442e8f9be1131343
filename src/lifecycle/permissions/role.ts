import { KubeObject, OURS } from '../../vocabulary';
import { Permission, compareVerbs, distinct } from './permission';

const GROUP = 'rbac.authorization.k8s.io';

/** Who gets the permissions. */
export type RoleSubject =
  | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string }
  | { readonly kind: 'User' | 'Group'; readonly name: string };

/** A rule of a role. */
export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
  /** What happens without it; absent where the operation cannot do without. The cluster knows no such field. */
  readonly otherwise?: string;
}

/** A Role or a ClusterRole. */
export interface Role extends KubeObject {
  readonly rules: readonly RoleRule[];
}

/** A role and what gives it to somebody. */
export interface Grant {
  readonly role: Role;
  readonly binding: KubeObject;
}

function sorted(words: Iterable<string>): string[] {
  return [...new Set(words)].sort();
}

/** Puts together what differs in one thing only: the values that belong to each key, keys in the order in which they came. */
function gather<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}

/** As few rules as say the same: the verbs on an object, then the names of one resource, then the resources of one group. */
function rulesOf(permissions: readonly Permission[]): RoleRule[] {
  const one = permissions.map(({ group, resource, name, verb, otherwise }): RoleRule => {
    return { apiGroups: [group], resources: [resource], ...(name === undefined ? {} : { resourceNames: [name] }), verbs: [verb], otherwise };
  });
  const merge = (rules: readonly RoleRule[], differing: 'verbs' | 'resourceNames' | 'resources'): RoleRule[] =>
    gather(rules, (rule) => JSON.stringify([rule.apiGroups, { ...rule, [differing]: rule[differing] && '' }])).map((group) => {
      const values = group.flatMap((rule) => rule[differing] ?? []);
      const all = differing === 'verbs' ? [...new Set(values)].sort(compareVerbs) : sorted(values);
      return { ...group[0], ...(values.length === 0 ? {} : { [differing]: all }) };
    });
  const rules = merge(merge(merge(one, 'verbs'), 'resourceNames'), 'resources');
  const key = (rule: RoleRule) => JSON.stringify([rule.otherwise !== undefined, rule.apiGroups, rule.resources, rule.resourceNames?.join() ?? '']);
  return rules.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** For which release the roles are, who gets them, and what they cannot rely on. */
export interface GrantOptions {
  readonly release: string;
  readonly namespace: string;
  readonly subject: RoleSubject;
  /**
   * Namespaces that the release makes itself: before there is one there can be no Role in it.
   *
   * @default - none
   */
  readonly made?: readonly string[];
}

function grant(permissions: readonly Permission[], { release, namespace: home, subject }: GrantOptions): Grant {
  const { namespace } = permissions[0];
  const prefix = namespace === undefined ? 'Cluster' : '';
  const name = `cdk8s-lifecycle:${home}:${release}`;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), labels: { [`${OURS}release`]: release } };
  const apiVersion = `${GROUP}/v1`;
  const { kind, ...who } = subject;
  return {
    role: { apiVersion, kind: `${prefix}Role`, metadata, rules: rulesOf(permissions) },
    binding: {
      apiVersion,
      kind: `${prefix}RoleBinding`,
      metadata,
      roleRef: { apiGroup: GROUP, kind: `${prefix}Role`, name },
      subjects: [{ kind, ...(kind === 'ServiceAccount' ? {} : { apiGroup: GROUP }), ...who }],
    },
  };
}

/** Roles with exactly these permissions, and their bindings: a ClusterRole for what needs one, then a Role for each namespace. */
export function grants(permissions: readonly Permission[], options: GrantOptions): Grant[] {
  const { made = [] } = options;
  const isMade = ({ namespace }: Permission) => namespace !== undefined && made.includes(namespace);
  const placed = permissions.map((each) => (isMade(each) ? { ...each, namespace: undefined } : each));
  const groups = gather(distinct(placed), ({ namespace = '' }) => namespace);
  return groups.sort(([{ namespace: a = '' }], [{ namespace: b = '' }]) => (a < b ? -1 : 1)).map((group) => grant(group, options));
}
