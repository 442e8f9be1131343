import { Cluster, KindInfo } from '../../cluster';
import { Hook, recordedHooks } from '../../release';
import { GroupVersionKind, KubeObject } from '../../vocabulary';
import { Plan, PlanSteps } from '../plan';
import { Need } from './need';
import { objectsOf, planNeeds } from './needs';
import { Permission, distinct } from './permission';
import { roleNeeds } from './role-needs';

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

interface Definition {
  readonly group?: string;
  readonly scope?: string;
  readonly names?: { readonly kind?: string; readonly plural?: string };
}

/** What a CustomResourceDefinition of the release says of a kind that the cluster does not know yet. */
function definedBy(objects: readonly KubeObject[], { apiVersion, kind }: GroupVersionKind): KindInfo | undefined {
  const definitions = objects.filter((object) => object.kind === 'CustomResourceDefinition').map(({ spec }) => (spec ?? {}) as Definition);
  const found = definitions.find(({ group, names }) => names?.kind === kind && group === groupOf(apiVersion));
  return found?.names?.plural === undefined ? undefined : { namespaced: found.scope === 'Namespaced', plural: found.names.plural };
}

/**
 * Needs in the words of the cluster. A kind that it does not serve needs nothing: the operation refuses it, or has nothing of it to delete.
 *
 * @param objects where the definitions of kinds may be that are still to come
 */
export async function resolve(needs: readonly Need[], cluster: Pick<Cluster, 'kind'>, namespace: string, objects: readonly KubeObject[] = []): Promise<Permission[]> {
  const permissions: Permission[] = [];
  for (const { apiVersion, kind, verbs, part, name, otherwise, ...need } of needs) {
    const info = (await cluster.kind({ apiVersion, kind })) ?? definedBy(objects, { apiVersion, kind });
    if (!info) continue;
    // To a question about one Namespace the rights within it count, too: apiserver/pkg/endpoints/request/requestinfo.go.
    const own = kind === 'Namespace' && name !== undefined ? need.namespace : undefined;
    const where = info.namespaced ? (need.namespace ?? namespace) : own;
    const resource = part === undefined ? info.plural : `${info.plural}/${part}`;
    for (const verb of verbs) permissions.push({ verb, group: groupOf(apiVersion), resource, namespace: where, name, otherwise });
  }
  return permissions;
}

/**
 * Everything that steps take.
 *
 * @param leaves hooks whose objects go with the release
 */
export async function stepPermissions(plan: PlanSteps, leaves: readonly Hook[], cluster: Pick<Cluster, 'kind'>): Promise<Permission[]> {
  const objects = objectsOf(plan);
  return distinct([...(await resolve(planNeeds(plan, leaves), cluster, plan.namespace, objects)), ...roleNeeds(objects, plan.namespace)]);
}

/** Everything that making a plan happen takes. */
export function permissionsOf(plan: Plan, cluster: Pick<Cluster, 'kind'>): Promise<Permission[]> {
  return stepPermissions(plan, plan.operation === 'uninstall' ? recordedHooks(plan.record) : [], cluster);
}
