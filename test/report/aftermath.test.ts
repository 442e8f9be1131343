import { LifecycleEvent, OperationName, PlanSummary } from '../../src/lifecycle';
import { aftermath } from '../../src/report/aftermath';

type Kind = LifecycleEvent['kind'];

function after(operation: OperationName, plan: Partial<PlanSummary>, kinds: readonly Kind[]): string[] {
  const summary = { operation, release: 'web', namespace: 'shop', revision: 3, ...plan } as PlanSummary;
  return aftermath(summary, { operation, release: 'web', namespace: 'shop', revision: 3, status: 'failed' }, new Set(kinds));
}

const FAILED = 'revision 3 is recorded as failed';
const UPGRADE = 'Find the cause, then: cdk8s-lifecycle upgrade web … -n shop';
const UNINSTALL = 'cdk8s-lifecycle uninstall web -n shop';

test.each<[string, OperationName, Partial<PlanSummary>, Kind[], string[]]>([
  ['a refusal', 'upgrade', { from: 2, deployed: 2 }, ['operation-started'], ['Nothing was changed.']],
  ['a failed pre-install hook', 'install', {}, ['record-written', 'hook-started'], [`Nothing was applied; ${FAILED}.`, UPGRADE]],
  ['a failed install', 'install', {}, ['record-written', 'resource-applied'], [`Resources of revision 3 were applied; ${FAILED}.`, UPGRADE]],
  ['a failed pre-upgrade hook', 'upgrade', { from: 2, deployed: 2 }, ['record-written', 'hook-started'], [`Nothing was applied; ${FAILED}, revision 2 is still the deployed one.`, UPGRADE]],
  [
    'a failed post-upgrade hook', 'upgrade', { from: 2, deployed: 1 }, ['record-written', 'resource-applied'],
    [`Resources of revision 3 were applied; ${FAILED}, revision 1 is still the deployed one.`, `${UPGRADE}, or go back: cdk8s-lifecycle rollback web 1 -n shop`],
  ],
  ['an upgrade of what never was deployed', 'upgrade', { from: 2 }, ['record-written', 'resource-applied'], [`Resources of revision 3 were applied; ${FAILED}.`, UPGRADE]],
  [
    'a failed rollback', 'rollback', { from: 2, to: 1, deployed: 2 }, ['record-written', 'resource-applied'],
    [`Resources of revision 3 were applied; ${FAILED}, revision 2 is still the deployed one.`, 'Find the cause, then: cdk8s-lifecycle rollback web 1 -n shop'],
  ],
  [
    'a failed pre-upgrade hook of what others manage', 'upgrade', { event: 'pre-upgrade' }, ['hook-started'],
    ['Nothing but hooks was touched: the resources of the release are managed elsewhere. Find the cause, then: cdk8s-lifecycle run-hooks web pre-upgrade … -n shop'],
  ],
  [
    'a failed post-delete hook of what others manage', 'uninstall', { event: 'post-delete' }, ['hook-started'],
    ['Nothing else was deleted: release "web" counts as there until its post-delete hooks have succeeded. Find the cause, then: cdk8s-lifecycle run-hooks web post-delete … -n shop'],
  ],
  ['a failed pre-delete hook', 'uninstall', {}, ['hook-started'], [`Nothing was deleted; release "web" is as it was. Go on with: ${UNINSTALL}`]],
  ['a resource that cannot be deleted', 'uninstall', {}, ['record-written', 'resource-removed'], [`Look at what is left, then go on with: ${UNINSTALL}`]],
  ['a deletion of nothing that was interrupted', 'uninstall', {}, ['record-written', 'hook-started'], [`Look at what is left, then go on with: ${UNINSTALL}`]],
  [
    'a failed post-delete hook', 'uninstall', {}, ['record-written', 'resource-removed', 'hook-started', 'records-deleted'],
    ['Release "web" is gone all the same; what its post-delete hook was to do is left to you.'],
  ],
])('after %s people read what is so, and what to do', (_case, operation, plan, kinds, lines) => {
  expect(after(operation, plan, kinds)).toEqual(lines);
});
