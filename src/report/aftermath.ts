import { LifecycleEvent, Outcome, PlanSummary } from '../lifecycle';

/** What people need to know after a failure: what the cluster holds now, and what to do. */
export function aftermath(plan: PlanSummary, outcome: Outcome, events: ReadonlySet<LifecycleEvent['kind']>): string[] {
  const { release, namespace, operation, revision } = outcome;
  const flag = `-n ${namespace}`;
  if (!events.has('record-written') && !events.has('hook-started')) return ['Nothing was changed.'];
  if (operation === 'uninstall') {
    return events.has('resource-removed')
      ? [`Look at what is left, then go on with: cdk8s-lifecycle uninstall ${release} ${flag}`]
      : [`Nothing was deleted; release "${release}" is as it was. Go on with: cdk8s-lifecycle uninstall ${release} ${flag}`];
  }
  const applied = events.has('resource-applied') ? `Resources of revision ${revision} were applied` : 'Nothing was applied';
  const next = operation === 'rollback' ? `cdk8s-lifecycle rollback ${release} ${plan.to} ${flag}` : `cdk8s-lifecycle upgrade ${release} … ${flag}`;
  if (plan.from === undefined) return [`${applied}; revision ${revision} is recorded as failed.`, `Find the cause, then: ${next}`];
  const back = events.has('resource-applied') && operation === 'upgrade' ? `, or go back: cdk8s-lifecycle rollback ${release} ${plan.from} ${flag}` : '';
  return [`${applied}; revision ${revision} is recorded as failed, revision ${plan.from} stays the last good one.`, `Find the cause, then: ${next}${back}`];
}
