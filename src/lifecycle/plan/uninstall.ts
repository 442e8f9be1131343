import { History, UNINSTALL_ORDER, lastOf, recordedContent, sortByKind } from '../../release';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';
import { RefusedError } from './refused-error';
import { everyResource, hookSteps, removal, resourcesInCluster } from './steps';

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
    remove: sortByKind(resources, ({ ref }) => ref.kind, UNINSTALL_ORDER).map(removal),
    after: hookSteps(hooks, 'post-delete'),
    record: last,
    supersede: [],
    forget: history.map(({ record }) => record.version),
    wait,
    timeoutSeconds,
  };
}
