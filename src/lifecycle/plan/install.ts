import { History, ReleaseContent, lastOf, manifestText, recordHook } from '../../release';
import { Plan } from './plan';
import { PlanOptions, recordedChart } from './plan-options';
import { RefusedError } from './refused-error';
import { difference, hookSteps } from './steps';

/** The first revision of a release. */
export function planInstall(history: History, { hooks, resources }: ReleaseContent, options: PlanOptions): Plan {
  const { release, namespace, createNamespace = false, wait = false, timeoutSeconds = 300 } = options;
  const last = lastOf(history);
  if (last && last.info.status !== 'uninstalled') {
    throw new RefusedError(
      `Release "${release}" exists already: revision ${last.version} is ${last.info.status}`,
      `Upgrade it (cdk8s-lifecycle upgrade ${release} …), or choose another name.`,
    );
  }
  const revision = (last?.version ?? 0) + 1;
  return {
    operation: 'install',
    release,
    namespace,
    createNamespace,
    revision,
    before: hookSteps(hooks, 'pre-install'),
    ...difference(namespace, [], resources),
    after: hookSteps(hooks, 'post-install'),
    record: {
      name: release,
      namespace,
      version: revision,
      info: { status: 'pending-install', description: 'Initial install underway' },
      chart: recordedChart(options),
      manifest: manifestText(resources),
      hooks: hooks.map(recordHook),
      apply_method: 'ssa',
    },
    supersede: [],
    forget: [],
    wait,
    timeoutSeconds,
  };
}
