import { History, ReleaseContent, deployedOf, lastOf, manifestText, recordHook } from '../../release';
import { ON_FAILURE } from '../../vocabulary';
import { Plan } from './plan';
import { PlanOptions, recordedChart, recordedConfig, recoverableSettings } from './plan-options';
import { RefusedError } from './refused-error';
import { difference, hookSteps, resourcesInCluster } from './steps';

/** A name is free where there is no history; what was uninstalled or has never been deployed can be replaced (pkg/action/install.go, availableName). */
function checkName(history: History, { release, replace = false }: PlanOptions): void {
  const last = lastOf(history);
  if (!last) return;
  const replaceable = last.info.status === 'uninstalled' || (last.info.status === 'failed' && !deployedOf(history));
  if (replaceable && replace) return;
  throw new RefusedError(
    `Release "${release}" exists already: revision ${last.version} is ${last.info.status}`,
    `${replaceable ? 'Install over it with --replace' : `Upgrade it (cdk8s-lifecycle upgrade ${release} …)`}, or choose another name.`,
  );
}

/** The first revision of a release. */
export function planInstall(history: History, { definitions, hooks, resources }: ReleaseContent, options: PlanOptions): Plan {
  const { release, namespace, values, notes } = options;
  const settings = recoverableSettings(options);
  checkName(history, options);
  const last = lastOf(history);
  const revision = (last?.version ?? 0) + 1;
  return {
    operation: 'install',
    release,
    namespace,
    revision,
    ...(options.rollbackOnFailure ? { onFailure: { operation: 'uninstall' } } : {}),
    settings,
    definitions,
    before: hookSteps(settings, hooks, 'pre-install'),
    ...difference(namespace, resourcesInCluster(history), resources),
    after: hookSteps(settings, hooks, 'post-install'),
    afterFailure: hookSteps(settings, hooks, ON_FAILURE),
    record: {
      name: release,
      namespace,
      version: revision,
      info: { status: 'pending-install', description: 'Initial install underway', ...(notes === undefined ? {} : { notes }) },
      chart: recordedChart(options),
      ...(values ? recordedConfig(values) : {}),
      manifest: manifestText(resources),
      hooks: hooks.map(recordHook),
      apply_method: 'ssa',
    },
    supersede: last?.info.status === 'uninstalled' ? [last.version] : [],
    forget: [],
  };
}
