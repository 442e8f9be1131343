import { planRollback, planUndo, planUpgrade } from '../../../src/lifecycle';
import { HookPhase, ReleaseRecord, ReleaseStatus } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, refusalOf } from './plans';

function annotated({ metadata, ...object }: KubeObject, annotations: Readonly<Record<string, string>>): KubeObject {
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } } } as KubeObject;
}

const DROP = annotated(job('drop', { on: 'pre-upgrade' }), { 'cdk8s-lifecycle/irreversible': 'true' });
const KEEP = annotated(job('drop', { on: 'pre-upgrade' }), { 'cdk8s-lifecycle/irreversible': 'false' });
const RESTORE = annotated(job('restore', { on: 'post-rollback-from-source' }), { 'cdk8s-lifecycle/restores': 'Job/drop' });
const OTHER_RESTORE = annotated(job('restore', { on: 'post-rollback-from-source' }), { 'cdk8s-lifecycle/restores': 'Job/other' });
const LATE_RESTORE = annotated(job('restore', { on: 'post-rollback' }), { 'cdk8s-lifecycle/restores': 'Job/drop' });

/** A revision whose hook `drop` came to this; a description is that of a rollback. */
function revision(
  version: number, hooks: readonly KubeObject[] = [], phase: HookPhase = '', description?: string, status: ReleaseStatus = 'deployed',
): ReleaseRecord {
  const made = record(version, status, [configMap('a'), ...hooks]);
  const lastRun = phase === '' ? { phase } : { phase, started_at: `2025-01-0${version}T00:00:01Z` };
  const info = { ...made.info, ...(description === undefined ? {} : { description }) };
  return { ...made, info, hooks: made.hooks.map((hook) => ({ ...hook, last_run: lastRun })) };
}

const refused = (to: number, what: string) =>
  `refused: A rollback to revision ${to} does not take back what ${what} did: it is irreversible (cdk8s-lifecycle/irreversible) | ` +
  'Mend it by another upgrade, or restore a dump yourself; to roll back all the same, pass --accept-data-loss.';

test.each<[string, readonly ReleaseRecord[], number, string]>([
  ['over one that has run', [revision(1), revision(2, [DROP], 'Succeeded')], 1, refused(1, 'Job/drop of revision 2')],
  ['over one that has failed: what it did is not known', [revision(1), revision(2, [DROP], 'Failed', undefined, 'failed')], 1, refused(1, 'Job/drop of revision 2')],
  ['over one that was running when its operation died', [revision(1), revision(2, [DROP], 'Running', undefined, 'pending-upgrade')], 1, refused(1, 'Job/drop of revision 2')],
  ['over one of an earlier revision', [revision(1), revision(2, [DROP], 'Succeeded'), revision(3)], 1, refused(1, 'Job/drop of revision 2')],
  ['over two', [revision(1), revision(2, [DROP], 'Succeeded'), revision(3, [DROP], 'Succeeded')], 1, refused(1, 'Job/drop of revision 3, Job/drop of revision 2')],
  ['over one whose dump another hook puts back', [revision(1), revision(2, [DROP, OTHER_RESTORE], 'Succeeded')], 1, refused(1, 'Job/drop of revision 2')],
  ['over one whose dump is put back by a hook that does not run then', [revision(1), revision(2, [DROP, LATE_RESTORE], 'Succeeded')], 1, refused(1, 'Job/drop of revision 2')],
  ['over two, of which one dump is put back', [revision(1), revision(2, [DROP], 'Succeeded'), revision(3, [DROP, RESTORE], 'Succeeded')], 1, refused(1, 'Job/drop of revision 2')],
])('a rollback %s is refused', (_what, records, to, refusal) => {
  expect(refusalOf(() => planRollback(historyOf(...records), to, OPTIONS))).toBe(refusal);
});

test.each<[string, readonly ReleaseRecord[], number]>([
  ['over one that never began', [revision(1), revision(2, [DROP])], 1],
  ['over one that says false', [revision(1), revision(2, [KEEP], 'Succeeded')], 1],
  ['to the revision in which it ran', [revision(1), revision(2, [DROP], 'Succeeded'), revision(3)], 2],
  ['over one whose dump is put back', [revision(1), revision(2, [DROP, RESTORE], 'Succeeded')], 1],
  ['over what an earlier rollback went back over', [revision(1), revision(2, [DROP], 'Succeeded'), revision(3, [], '', 'Rollback to 1')], 1],
  ['of a release that was uninstalled', [revision(1), revision(2, [DROP], 'Succeeded', undefined, 'uninstalled')], 1],
])('a rollback %s goes through', (_what, records, to) => {
  expect(refusalOf(() => planRollback(historyOf(...records), to, OPTIONS))).toBe('nothing');
});

test('whoever accepts the loss of data may roll back', () => {
  const history = historyOf(revision(1), revision(2, [DROP], 'Succeeded'));
  expect(planRollback(history, 1, { ...OPTIONS, acceptDataLoss: true })).toMatchObject({ operation: 'rollback', to: 1 });
});

test('without hooks no dump is put back', () => {
  const history = historyOf(revision(1), revision(2, [DROP, RESTORE], 'Succeeded'));
  expect(refusalOf(() => planRollback(history, 1, { ...OPTIONS, hooks: false }))).toContain('Job/drop of revision 2');
});

test.each([[false, 'refused'], [true, 'nothing']])('a failed upgrade takes itself back over one only where the loss is accepted: %s', (acceptDataLoss, refusal) => {
  const plan = planUpgrade(historyOf(revision(1)), content(DROP), { ...OPTIONS, rollbackOnFailure: true, acceptDataLoss });
  const failed = historyOf(revision(1), revision(2, [DROP], 'Succeeded', undefined, 'failed'));
  expect(refusalOf(() => planUndo(plan, failed)!)).toContain(refusal);
});
