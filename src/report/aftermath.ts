import { LifecycleEvent, Outcome, PlanSummary } from '../lifecycle';
import { describeRef } from '../vocabulary';
import { undoText } from './plan-text';

/** The same where only hooks of one event were run, around resources that somebody else manages. */
function aftermathOf({ release, namespace, event }: PlanSummary): string {
  const next = `cdk8s-lifecycle run-hooks ${release} ${event} … -n ${namespace}`;
  if (event === 'post-delete') return `Nothing else was deleted: release "${release}" counts as there until its post-delete hooks have succeeded. Find the cause, then: ${next}`;
  return `Nothing but hooks was touched: the resources of the release are managed elsewhere. Find the cause, then: ${next}`;
}

/** How it goes on without doing again what is done; nothing where nothing is. */
function resumption({ release, namespace, operation, resume }: Outcome): string[] {
  if (!resume || resume.skips.length === 0) return [];
  const skips = resume.skips.map(describeRef).join(', ');
  return [`Or go on where it failed, with the same manifests: cdk8s-lifecycle ${operation} ${release} --resume -n ${namespace}  (skips ${skips})`];
}

/** What people need to know after a failure: what the cluster holds now, and what to do. */
export function aftermath(plan: PlanSummary, outcome: Outcome, events: ReadonlySet<LifecycleEvent['kind']>): string[] {
  const { release, namespace, operation, revision } = outcome;
  const flag = `-n ${namespace}`;
  if (operation === 'test') return ['Nothing but the tests was touched; the release is as it was.'];
  if (!events.has('record-written') && !events.has('hook-started')) {
    const made = [...(events.has('namespace-created') ? ['the namespace'] : []), ...(events.has('definition-created') ? ['definitions'] : [])];
    return [made.length === 0 ? 'Nothing was changed.' : `Nothing of the release was recorded; what was created before it stays: ${made.join(', ')}.`];
  }
  if (plan.event !== undefined) return [aftermathOf(plan)];
  if (operation === 'uninstall') {
    if (events.has('records-deleted')) return [`Release "${release}" is gone all the same; what its post-delete hook was to do is left to you.`];
    return events.has('record-written')
      ? [`Look at what is left, then go on with: cdk8s-lifecycle uninstall ${release} ${flag}`]
      : [`Nothing was deleted; release "${release}" is as it was. Go on with: cdk8s-lifecycle uninstall ${release} ${flag}`];
  }
  const applied = events.has('resource-applied') ? `Resources of revision ${revision} were applied` : 'Nothing was applied';
  const next = operation === 'rollback' ? `cdk8s-lifecycle rollback ${release} ${plan.to} ${flag}` : `cdk8s-lifecycle upgrade ${release} … ${flag}`;
  const state = [`revision ${revision} is recorded as failed`, ...(plan.deployed === undefined ? [] : [`revision ${plan.deployed} is still the deployed one`])].join(', ');
  if (plan.onFailure && outcome.status === 'failed') return [`${applied}; ${state}.`, `It is taken back now: ${undoText(plan.onFailure)}.`];
  const canGoBack = events.has('resource-applied') && operation === 'upgrade' && plan.deployed !== undefined;
  const back = canGoBack ? `, or go back: cdk8s-lifecycle rollback ${release} ${plan.deployed} ${flag}` : '';
  return [`${applied}; ${state}.`, `Find the cause, then: ${next}${back}`, ...resumption(outcome)];
}
