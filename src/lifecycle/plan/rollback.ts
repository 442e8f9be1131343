import { History, deployedOf, lastOf, recordedContent, revisionOf, surplusOf } from '../../release';
import { ON_FAILURE } from '../../vocabulary';
import { checkReversible } from './irreversible';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';
import { settingsOf } from './plan-settings';
import { RefusedError } from './refused-error';
import { difference, hookSteps, inOrder, resourcesInCluster } from './steps';
import { takeBack } from './take-back';

/**
 * A new revision with the manifests and hooks of an older one.
 *
 * The hooks are those of the revision gone back to, as in Helm; what only the revision that is left knows, such as how to take its migrations back, it says
 * with the events `…-rollback-from-source`.
 *
 * Like Helm's, it starts from any state, so it is the way out of a revision that is pending for ever.
 *
 * @param to the revision to go back to; without it, the one before the last
 */
export function planRollback(history: History, to: number | undefined, options: PlanOptions): Plan {
  const { release, namespace, historyMax = 10 } = options;
  const settings = settingsOf(options);
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
  if (!settings.acceptDataLoss) checkReversible(history, last, target, settings);
  const { hooks, resources } = recordedContent(target);
  const { hooks: left, warnings } = takeBack(last);
  const revision = last.version + 1;
  return {
    operation: 'rollback',
    release,
    namespace,
    revision,
    from: last.version,
    to: number,
    deployed: deployedOf(history)?.version,
    settings,
    ...(settings.hooks && warnings.length > 0 ? { warnings } : {}),
    definitions: [],
    before: inOrder([...hookSteps(settings, hooks, 'pre-rollback'), ...hookSteps(settings, left, 'pre-rollback-from-source')]),
    ...difference(namespace, resourcesInCluster(history), resources),
    after: inOrder([...hookSteps(settings, hooks, 'post-rollback'), ...hookSteps(settings, left, 'post-rollback-from-source')]),
    afterFailure: hookSteps(settings, hooks, ON_FAILURE),
    record: {
      ...target,
      version: revision,
      info: { ...target.info, first_deployed: last.info.first_deployed, status: 'pending-rollback', description: `Rollback to ${number}` },
      apply_method: 'ssa',
    },
    supersede: history.filter(({ record }) => record.info.status === 'deployed').map(({ record }) => record.version),
    forget: surplusOf(history, historyMax).map(({ record }) => record.version),
  };
}
