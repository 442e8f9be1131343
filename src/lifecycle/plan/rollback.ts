import { History, deployedOf, lastOf, recordedContent, revisionOf, surplusOf } from '../../release';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';
import { RefusedError } from './refused-error';
import { difference, hookSteps, resourcesInCluster } from './steps';

/**
 * A new revision with the manifests and hooks of an older one.
 *
 * Like Helm's, it starts from any state, so it is the way out of a revision that is pending for ever.
 *
 * @param to the revision to go back to; without it, the one before the last
 */
export function planRollback(history: History, to: number | undefined, options: PlanOptions): Plan {
  const { release, namespace, wait = false, timeoutSeconds = 300, historyMax = 10 } = options;
  const last = lastOf(history);
  if (!last) throw new RefusedError(`There is no release "${release}"`, `List its history: cdk8s-lifecycle history ${release} -n ${namespace}`);
  const number = to ?? last.version - 1;
  const target = revisionOf(history, number);
  if (!target) {
    throw new RefusedError(
      number < 1 ? `Release "${release}" has no revision before revision ${last.version}` : `Release "${release}" has no revision ${number}`,
      `Its revisions are ${history.map(({ record }) => record.version).join(', ')}.`,
    );
  }
  const { hooks, resources } = recordedContent(target);
  const revision = last.version + 1;
  return {
    operation: 'rollback',
    release,
    namespace,
    createNamespace: false,
    revision,
    from: last.version,
    to: number,
    before: hookSteps(hooks, 'pre-rollback'),
    ...difference(namespace, resourcesInCluster(history), resources),
    after: hookSteps(hooks, 'post-rollback'),
    record: {
      ...target,
      version: revision,
      info: { ...target.info, first_deployed: last.info.first_deployed, status: 'pending-rollback', description: `Rollback to ${number}` },
      apply_method: 'ssa',
    },
    deployed: deployedOf(history)?.version,
    supersede: history.filter(({ record }) => record.info.status === 'deployed').map(({ record }) => record.version),
    forget: surplusOf(history, historyMax).map(({ record }) => record.version),
    wait,
    timeoutSeconds,
  };
}
