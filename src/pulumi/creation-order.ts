import { definedKind, kindOf } from './object-kind';
import { ReleaseObject } from './release-objects';

/**
 * What comes before what without anybody saying so. All else is created at once, as in any program of Pulumi, which waits until each is ready.
 *
 * Helm creates objects kind by kind, and so guarantees that an API is there before its objects, and what a Pod is admitted or started with before the
 * Pod; the same is guaranteed here, where it costs nothing: the first three groups are there as soon as they are created. A binding waits for its role,
 * as whoever may not grant everything is refused a binding to a role that is not there.
 *
 * From the first Service on, Helm's order guarantees little, as Helm waits for nothing in between; to wait for each kind would stop charts whose kinds
 * need each other, such as a Deployment that mounts the Secret of a Certificate. But the API server asks a webhook from the moment on at which it is
 * configured, and refuses objects as long as nothing answers: so webhooks and aggregated APIs come when all that may serve them is ready.
 */
const GROUPS: readonly ReadonlySet<string>[] = [
  new Set(['Namespace', 'CustomResourceDefinition.apiextensions.k8s.io']),
  new Set([
    'PriorityClass.scheduling.k8s.io', 'RuntimeClass.node.k8s.io', 'NetworkPolicy.networking.k8s.io', 'ResourceQuota', 'LimitRange', 'ServiceAccount',
    'Secret', 'ConfigMap', 'StorageClass.storage.k8s.io', 'IngressClass.networking.k8s.io', 'ClusterRole.rbac.authorization.k8s.io',
    'Role.rbac.authorization.k8s.io',
  ]),
  new Set(['ClusterRoleBinding.rbac.authorization.k8s.io', 'RoleBinding.rbac.authorization.k8s.io']),
  new Set(),
  new Set([
    'APIService.apiregistration.k8s.io', 'MutatingWebhookConfiguration.admissionregistration.k8s.io',
    'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
  ]),
];
const ALL_ELSE = GROUPS.findIndex(({ size }) => size === 0);

function groupOfKind({ object }: ReleaseObject): number {
  const group = GROUPS.findIndex((kinds) => kinds.has(kindOf(object)));
  return group < 0 ? ALL_ELSE : group;
}

/** The account whose token a Secret is; Kubernetes deletes one whose account is not there. */
function accountOf({ object: { kind, type, metadata } }: ReleaseObject): string | undefined {
  return kind === 'Secret' && type === 'kubernetes.io/service-account-token' ? metadata.annotations?.['kubernetes.io/service-account.name'] : undefined;
}

/** Whether one object cannot be without another. */
function needs(one: ReleaseObject, other: ReleaseObject): boolean {
  const { kind, metadata: { name } } = other.object;
  if (kindOf(other.object) === 'Namespace') return one.object.metadata.namespace === name;
  if (kindOf(other.object) === 'ServiceAccount') return accountOf(one) === name;
  return kind === 'CustomResourceDefinition' && definedKind(other.object)?.kind === kindOf(one.object);
}

function describeCycle(cycle: readonly ReleaseObject[]): string {
  const members = [...cycle, cycle[0]].map(({ path, object }) => `${path} (${object.kind})`);
  return `no order fits: ${members.join(' after ')}. Remove one of these dependencies; an object always comes after its namespace and the definition of its kind.`;
}

/** The order of the objects of one release. */
class CreationOrder {
  readonly #objects: ReadonlySet<ReleaseObject>;
  readonly #needed = new Map<ReleaseObject, readonly ReleaseObject[]>();
  readonly #groups = new Map<ReleaseObject, number>();

  constructor(objects: readonly ReleaseObject[]) {
    this.#objects = new Set(objects);
    const bases = objects.filter((each) => ['Namespace', 'ServiceAccount', 'CustomResourceDefinition'].includes(each.object.kind));
    for (const each of objects) {
      const needed = [...this.#present(each.after, new Set()), ...bases.filter((base) => needs(each, base))];
      this.#needed.set(each, [...new Set(needed)].filter((other) => other !== each));
    }
  }

  /** What has to be there before an object, because somebody said so or it cannot be otherwise. */
  needed(object: ReleaseObject): readonly ReleaseObject[] {
    return this.#needed.get(object)!;
  }

  /** The group of an object: that of its kind, or a later one if it depends on something of that. So groups and dependencies never contradict each other. */
  group(object: ReleaseObject, way: readonly ReleaseObject[] = []): number {
    const known = this.#groups.get(object);
    if (known !== undefined) return known;
    if (way.includes(object)) throw new Error(describeCycle(way.slice(way.indexOf(object))));
    const group = Math.max(groupOfKind(object), ...this.needed(object).map((each) => this.group(each, [...way, object])));
    this.#groups.set(object, group);
    return group;
  }

  /** Those of some objects that are in the release, and in the place of the others, which are hooks, what those come after. */
  #present(objects: readonly ReleaseObject[], seen: Set<ReleaseObject>): ReleaseObject[] {
    return objects.flatMap((each) => {
      if (this.#objects.has(each)) return [each];
      return seen.has(each) ? [] : this.#present(each.after, seen.add(each));
    });
  }
}

/** An object and all that has to be there before it. */
export interface Step {
  readonly object: ReleaseObject;
  readonly after: readonly ReleaseObject[];
}

/**
 * The objects of a release, each behind what it comes after.
 *
 * @throws Error where objects come after each other
 */
export function creationOrder(objects: readonly ReleaseObject[]): Step[] {
  const order = new CreationOrder(objects);
  const groups = new Map<number, ReleaseObject[]>();
  for (const each of objects) groups.set(order.group(each), [...(groups.get(order.group(each)) ?? []), each]);
  const steps = new Map<ReleaseObject, Step>();
  let before: readonly ReleaseObject[] = [];
  const add = (object: ReleaseObject) => {
    if (steps.has(object)) return;
    order.needed(object).forEach(add);
    steps.set(object, { object, after: [...new Set([...before, ...order.needed(object)])] });
  };
  for (const [, members] of [...groups].sort(([a], [b]) => a - b)) {
    members.forEach(add);
    before = members;
  }
  return [...steps.values()];
}
