import { History, ReleaseRecord, revisionOf } from '../../release';
import { ContentSource, Held, withWarnings } from './content-source';
import { manifestChanges } from './manifest-changes';
import { ManifestsChangedError } from './manifests-changed-error';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';
import { Resumption, planResume } from './resume';
import { headOf } from './revision-head';

/**
 * Goes on with the last revision, which failed, if its manifests are still those that the source gives.
 *
 * @param source absent where nobody gives manifests: those that were recorded count
 * @throws ManifestsChangedError with the differences
 */
export async function planResumeFrom(
  source: ContentSource | undefined,
  history: History,
  resumption: Resumption,
  options: PlanOptions,
  held?: Held,
): Promise<Plan> {
  const plan = planResume(history, resumption, options);
  if (!source) return plan;
  const failed: ReleaseRecord = revisionOf(history, plan.revision)!;
  const { content, warnings, ...origin } = await source({ ...headOf(plan, history), resumes: true }, held);
  const changes = manifestChanges(failed, { content, ...origin }, resumption.mask);
  if (changes.length > 0) throw new ManifestsChangedError(failed, changes, `cdk8s-lifecycle ${plan.operation} ${options.release} --resume -n ${options.namespace}`);
  return withWarnings({ ...plan, definitions: content.definitions }, warnings);
}
