import { History, Resource, UNINSTALL_ORDER, lastOf, recordedContent, sortByKind } from '../../release';
import { RESOURCE_POLICY } from '../../vocabulary';
import { Plan, RemoveStep } from './plan';
import { PlanOptions } from './plan-options';
import { RefusedError } from './refused-error';
import { everyResource, hookSteps, removal, resourcesInCluster } from './steps';

/** Whatever a resource policy says, Helm's uninstall leaves the object: pkg/action/resource_policy.go. Whoever wrote `retain` meant the same. */
function hasPolicy({ object }: Resource): boolean {
  return object.metadata.annotations?.[RESOURCE_POLICY] !== undefined;
}

function remove(resource: Resource): RemoveStep {
  return hasPolicy(resource) ? { action: 'keep', resource } : removal(resource);
}

/** The end of a release: its hooks of deletion, its resources, and every record of it. */
export function planUninstall(history: History, options: PlanOptions): Plan {
  const { release, namespace, wait = false, timeoutSeconds = 300 } = options;
  const last = lastOf(history);
  if (!last) throw new RefusedError(`There is no release "${release}" in namespace ${namespace}`, 'Name the right namespace with -n; helm list -A shows all releases.');
  // A release that was uninstalled with --keep-history has nothing left but its records.
  const hooks = last.info.status === 'uninstalled' ? [] : recordedContent(last).hooks;
  const resources = everyResource(namespace, resourcesInCluster(history));
  return {
    operation: 'uninstall',
    release,
    namespace,
    createNamespace: false,
    revision: last.version,
    from: last.version,
    before: hookSteps(hooks, 'pre-delete'),
    apply: [],
    remove: sortByKind(resources, ({ ref }) => ref.kind, UNINSTALL_ORDER).map(remove),
    after: hookSteps(hooks, 'post-delete'),
    record: last,
    supersede: [],
    forget: history.map(({ record }) => record.version),
    wait,
    timeoutSeconds,
  };
}
