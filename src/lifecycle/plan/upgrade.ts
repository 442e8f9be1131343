import { History, ReleaseContent, ReleaseRecord, deployedOf, isPending, lastOf, manifestText, recordHook, surplusOf } from '../../release';
import { Plan } from './plan';
import { PlanOptions, recordedChart } from './plan-options';
import { RefusedError, ReleaseLockedError } from './refused-error';
import { difference, hookSteps, resourcesInCluster } from './steps';

/** The revision whose resources an upgrade starts from: the deployed one, else the last, if it failed (pkg/action/upgrade.go, prepareUpgrade). */
function baseOf(history: History, release: string): ReleaseRecord {
  const last = lastOf(history);
  if (!last) throw new RefusedError(`There is no release "${release}"`, `Install it first: cdk8s-lifecycle install ${release} …, or pass --install.`);
  if (isPending(last)) throw new ReleaseLockedError(release, last.version, last.info.status);
  const base = deployedOf(history) ?? (['failed', 'superseded'].includes(last.info.status) ? last : undefined);
  if (!base) {
    throw new RefusedError(
      `Release "${release}" has no deployed revision: revision ${last.version} is ${last.info.status}`,
      last.info.status === 'uninstalled' ? `Install it again: cdk8s-lifecycle install ${release} …` : `Finish with: cdk8s-lifecycle uninstall ${release}`,
    );
  }
  return base;
}

/** The next revision of a release. */
export function planUpgrade(history: History, { hooks, resources }: ReleaseContent, options: PlanOptions): Plan {
  const { release, namespace, wait = false, timeoutSeconds = 300, historyMax = 10 } = options;
  const base = baseOf(history, release);
  const revision = lastOf(history)!.version + 1;
  return {
    operation: 'upgrade',
    release,
    namespace,
    createNamespace: false,
    revision,
    from: base.version,
    before: hookSteps(hooks, 'pre-upgrade'),
    ...difference(namespace, resourcesInCluster(history), resources),
    after: hookSteps(hooks, 'post-upgrade'),
    record: {
      name: release,
      namespace,
      version: revision,
      info: { first_deployed: base.info.first_deployed, status: 'pending-upgrade', description: 'Preparing upgrade' },
      chart: recordedChart(options),
      config: base.config,
      manifest: manifestText(resources),
      hooks: hooks.map(recordHook),
      apply_method: 'ssa',
    },
    deployed: deployedOf(history)?.version,
    // Helm supersedes what the upgrade started from, even if that had failed: pkg/action/upgrade.go, performUpgrade.
    supersede: history.filter(({ record }) => record.info.status === 'deployed' || record === base).map(({ record }) => record.version),
    forget: surplusOf(history, historyMax).map(({ record }) => record.version),
    wait,
    timeoutSeconds,
  };
}
