import { History, Resource, UNINSTALL_ORDER, everyPolicyKeeps, recordedHooks, sortByKind } from '../../release';
import { ON_FAILURE } from '../../vocabulary';
import { lastRevision, planOn } from './last-revision';
import { Plan, RemoveStep } from './plan';
import { PlanOptions } from './plan-options';
import { RefusedError } from './refused-error';
import { everyResource, hookSteps, resourcesInCluster } from './steps';

function remove(resource: Resource): RemoveStep {
  return { action: everyPolicyKeeps(resource.object) ? 'keep' : 'delete', resource };
}

/** The end of a release: its hooks of deletion, its resources, and every record of it. */
export function planUninstall(history: History, options: PlanOptions): Plan {
  const last = lastRevision(history, options);
  const plan = planOn(last, options);
  const { release, namespace, settings } = plan;
  // A release that was uninstalled with --keep-history has nothing left but its records.
  const isOver = last.info.status === 'uninstalled';
  if (isOver && settings.keepHistory) throw new RefusedError(`Release "${release}" is uninstalled already`, 'Without --keep-history its records go, too.');
  const hooks = isOver ? [] : recordedHooks(last);
  const resources = everyResource(namespace, resourcesInCluster(history));
  const revisions = history.map(({ record }) => record.version);
  return {
    ...plan,
    operation: 'uninstall',
    successes: [], // what they did may go with the release, also where it stays after all
    before: hookSteps(settings, hooks, 'pre-delete'),
    remove: sortByKind(resources, ({ ref }) => ref.kind, UNINSTALL_ORDER).map(remove),
    after: hookSteps(settings, hooks, 'post-delete'),
    afterFailure: hookSteps(settings, hooks, ON_FAILURE),
    supersede: history.filter(({ record }) => record.info.status === 'deployed' && record !== last).map(({ record }) => record.version),
    forget: settings.keepHistory ? [] : revisions,
  };
}
