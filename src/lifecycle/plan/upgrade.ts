import { History, ReleaseContent, ReleaseRecord, deployedOf, isPending, lastOf, manifestText, recordHook, surplusOf } from '../../release';
import { HookEventName, ON_FAILURE } from '../../vocabulary';
import { Plan, Undo } from './plan';
import { PlanOptions, recordedChart, recordedConfig, recoverableSettings } from './plan-options';
import { RefusedError, ReleaseLockedError } from './refused-error';
import { skipUnchanged, takenOver } from './skip-unchanged';
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

/** Back to the newest revision that was ever deployed; nothing where none was (pkg/action/upgrade.go, failRelease). */
function undoOf(history: History): Undo | undefined {
  const to = history.filter(({ record }) => ['deployed', 'superseded'].includes(record.info.status)).at(-1)?.record.version;
  return to === undefined ? undefined : { operation: 'rollback', to };
}

/** The next revision of a release. */
export function planUpgrade(history: History, { definitions, hooks, resources }: ReleaseContent, options: PlanOptions): Plan {
  const { release, namespace, historyMax = 10, values, notes } = options;
  const settings = recoverableSettings(options);
  const base = baseOf(history, release);
  const revision = lastOf(history)!.version + 1;
  const known = { namespace, revision, successes: takenOver(hooks, options) };
  const steps = (event: HookEventName) => skipUnchanged(hookSteps(settings, hooks, event), known);
  return {
    operation: 'upgrade',
    release,
    namespace,
    revision,
    from: base.version,
    deployed: deployedOf(history)?.version,
    ...(options.rollbackOnFailure ? { onFailure: undoOf(history) } : {}),
    settings,
    definitions,
    before: steps('pre-upgrade'),
    ...difference(namespace, resourcesInCluster(history), resources),
    after: steps('post-upgrade'),
    afterFailure: hookSteps(settings, hooks, ON_FAILURE),
    successes: known.successes,
    record: {
      name: release,
      namespace,
      version: revision,
      info: {
        first_deployed: base.info.first_deployed,
        status: 'pending-upgrade',
        description: 'Preparing upgrade',
        ...(notes === undefined ? {} : { notes }),
      },
      chart: recordedChart(options),
      ...(values ? recordedConfig(values) : { config: base.config }),
      manifest: manifestText(resources),
      hooks: hooks.map(recordHook),
      apply_method: 'ssa',
    },
    // Helm supersedes what the upgrade started from, even if that had failed: pkg/action/upgrade.go, performUpgrade.
    supersede: history.filter(({ record }) => record.info.status === 'deployed' || record === base).map(({ record }) => record.version),
    forget: surplusOf(history, historyMax).map(({ record }) => record.version),
  };
}
