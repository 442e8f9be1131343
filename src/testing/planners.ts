import type { Cluster } from '../cluster';
import {
  ContentSource, Plan, PlanOptions, Planner, Resumable, findResumption, planFromSource, planInstall, planResumeFrom, planRollback, planUpgrade,
  planUpgradeOrInstall, withSuccesses,
} from '../lifecycle';
import { History } from '../release';
import { Manifests, haveValues } from './manifests';
import { InstallOptions, UpgradeOptions } from './rehearsal-options';
import { Stage } from './stage';

/** Plans an operation with what it finds in the cluster. */
export type RehearsedPlanner = (history: History, options: PlanOptions, cluster: Cluster) => Plan | Promise<Plan>;

/** What is installed or upgraded, and how that is planned. */
interface Deployment {
  readonly manifests: Manifests;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly planner: Planner;
  readonly resumes: readonly Resumable[] | false;
}

/** Plans with what the manifests hold in the revision that is made, or goes on with an operation that failed. */
function deploymentPlanner(stage: Stage, { manifests, values, planner, resumes }: Deployment): RehearsedPlanner {
  const { release, namespace } = stage;
  const first = stage.read(manifests, { revision: 1, isInstall: true, values: values ?? {} });
  const source: ContentSource = async ({ revision, isInstall }) => ({
    content: haveValues(manifests) ? stage.read(manifests, { revision, isInstall, values: values ?? {} }) : first,
    ...(values === undefined ? {} : { values: { config: values, defaults: {} } }),
  });
  return async (history, options, cluster) =>
    resumes
      ? planResumeFrom(source, history, await findResumption(cluster, { release, namespace }, history, resumes), options)
      : planFromSource(planner, history, withSuccesses(source, cluster), options);
}

/** Plans an install. */
export function installPlanner(stage: Stage, manifests: Manifests, { resume, values }: Pick<InstallOptions, 'resume' | 'values'>): RehearsedPlanner {
  return deploymentPlanner(stage, { manifests, values, planner: planInstall, resumes: resume ? ['install'] : false });
}

/** Plans an upgrade, or an install where that may be. */
export function upgradePlanner(stage: Stage, manifests: Manifests, { install, resume, values }: Pick<UpgradeOptions, 'install' | 'resume' | 'values'>): RehearsedPlanner {
  const [planner, resumable] = install ? [planUpgradeOrInstall, ['upgrade', 'install'] as const] : [planUpgrade, ['upgrade'] as const];
  return deploymentPlanner(stage, { manifests, values, planner, resumes: resume ? resumable : false });
}

/** Plans a rollback, without a revision to the one before the last. */
export function rollbackPlanner(to?: number): RehearsedPlanner {
  return (history, options) => planRollback(history, to, options);
}
