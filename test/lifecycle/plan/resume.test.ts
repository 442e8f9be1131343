import { PlanOptions, Resumable, planResume } from '../../../src/lifecycle';
import { History, Journal, JournaledHook, ReleaseStatus } from '../../../src/release';
import { configMap, job, withMetadata } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, refusalOf, steps } from './plans';

const OBJECTS = [configMap('settings'), job('backup', { on: 'pre-upgrade' }), job('migrate', { on: 'pre-upgrade', weight: 1 }), job('notify', { on: 'post-upgrade' })];

const history = (...statuses: readonly ReleaseStatus[]): History => historyOf(...statuses.map((status, index) => record(index + 1, status, OBJECTS)));

function ran(name: string, state: JournaledHook['state'], more: Partial<JournaledHook> = {}): JournaledHook {
  return { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name, namespace: 'shop' }, uid: name, state, startedAt: '2025-01-02T00:00:00Z', ...more };
}

function journal(operation: string | undefined, ...hooks: readonly JournaledHook[]): Journal {
  return { schema: 1, release: 'web', revision: 2, hooks, ...(operation === undefined ? {} : { operation }) };
}

function resume(of: History, known: Journal | undefined, operations: readonly Resumable[] = ['upgrade'], options: PlanOptions = OPTIONS) {
  return planResume(of, { operations, mask: (text) => text, ...(known ? { journal: known } : {}) }, options);
}

const skips = (of: History, known: Journal) => {
  const { before, after } = resume(of, known);
  return [...before, ...after].map(({ hook, skip }) => `${hook.ref.name}${skip ? ` skipped: ${skip.reason}` : ''}`);
};

const DONE = 'skipped: it has succeeded in an earlier attempt';

test('a resumed upgrade is the same revision, planned from where it began', () => {
  const plan = resume(history('superseded', 'deployed', 'failed'), journal('upgrade'));
  expect(plan).toMatchObject({ operation: 'upgrade', revision: 3, from: 2, deployed: 2, supersede: [2], resumes: true });
  expect(plan.record).toMatchObject({ version: 3, info: { status: 'pending-upgrade', description: 'Preparing upgrade', last_deployed: '2025-01-03T00:00:00Z' } });
  expect(steps(plan)).toEqual(['pre-upgrade backup', 'pre-upgrade migrate', 'none ConfigMap/settings', 'post-upgrade notify']);
});

test.each<[string, JournaledHook[], string[] | undefined]>([
  ['where it has, and a Job is passed over', [ran('backup', 'succeeded'), ran('page-down', 'succeeded', { event: 'post-upgrade' })], ['Job/page-down has run since the failure; what that took back of Job/backup is not done again']],
  ['not where it has not', [ran('backup', 'succeeded'), ran('page-down', 'failed', { event: 'post-upgrade' })], undefined],
  ['not where nothing is passed over', [ran('backup', 'failed'), ran('page-down', 'succeeded', { event: 'post-upgrade' })], undefined],
])('that what runs in any case may have taken something back is told %s', (_, hooks, warnings) => {
  const down = withMetadata(job('page-down', { on: 'post-upgrade', weight: 9 }), { annotations: { 'cdk8s-lifecycle/always': 'true' } });
  const of = historyOf(record(1, 'deployed', OBJECTS), record(2, 'failed', [...OBJECTS, down]));
  expect(resume(of, journal('upgrade', ...hooks)).warnings).toEqual(warnings);
});

test('what the failed attempt may have left is known', () => {
  const old = record(1, 'deployed', [configMap('settings', { version: '1' })]);
  const failed = record(2, 'failed', [configMap('settings', { version: '2' }), configMap('new')]);
  expect(steps(resume(historyOf(old, failed), journal('upgrade')))).toEqual(['change ConfigMap/settings', 'change ConfigMap/new']);
});

test.each<[string, JournaledHook[], string[]]>([
  ['nothing ran', [], ['backup', 'migrate', 'notify']],
  ['a hook failed', [ran('backup', 'succeeded'), ran('migrate', 'failed')], [`backup ${DONE}`, 'migrate', 'notify']],
  ['all before the resources succeeded', [ran('backup', 'succeeded'), ran('migrate', 'succeeded')], [`backup ${DONE}`, `migrate ${DONE}`, 'notify']],
  ['it succeeded in the second attempt', [ran('backup', 'failed'), ran('backup', 'succeeded')], [`backup ${DONE}`, 'migrate', 'notify']],
  ['it failed in the second attempt', [ran('backup', 'succeeded'), ran('backup', 'failed')], ['backup', 'migrate', 'notify']],
  ['it succeeded at another event', [ran('notify', 'succeeded')], ['backup', 'migrate', 'notify']],
  ['another kind of its name succeeded', [ran('backup', 'succeeded', { hook: { apiVersion: 'v1', kind: 'Pod', name: 'backup' } })], ['backup', 'migrate', 'notify']],
  ['its UID was lost, but its name had been free', [ran('backup', 'succeeded', { uid: undefined })], [`backup ${DONE}`, 'migrate', 'notify']],
])('where %s, the rest runs', (_case, hooks, expected) => {
  expect(skips(history('deployed', 'failed'), journal('upgrade', ...hooks))).toEqual(expected);
});

test('a Job that is known by its name alone, which another may have had, is not taken for one that has succeeded', () => {
  const of = historyOf(record(1, 'failed', [configMap('a'), job('seed', { on: 'pre-install', policies: 'hook-failed' })]));
  const lost = ran('seed', 'succeeded', { event: 'pre-install', uid: undefined });
  expect(resume(of, journal('install', lost), ['install']).before.map(({ skip }) => skip)).toEqual([undefined]);
});

const ANEW = 'Leave out --resume to begin a new revision: cdk8s-lifecycle upgrade web … -n shop';

test.each<[string, History, Journal | undefined, Resumable[], string]>([
  ['no release', [], undefined, ['upgrade'], 'refused: There is no release "web" in namespace shop | Name the right namespace with -n; helm list -A shows all releases.'],
  ['a deployed revision', history('deployed'), journal('install'), ['install', 'upgrade'], `refused: There is nothing to resume: revision 1 of release "web" is deployed | ${ANEW}`],
  [
    'a revision of helm', history('deployed', 'failed'), undefined, ['upgrade'],
    `refused: Revision 2 of release "web" cannot be resumed: it failed before its first hook, or helm made it, so nothing says which of its hooks have succeeded | ${ANEW}`,
  ],
  [
    'a rollback', history('superseded', 'deployed', 'failed'), journal('rollback'), ['upgrade'],
    `refused: Revision 3 of release "web" cannot be resumed: it is of a rollback | Only an install and an upgrade go on where they failed. ${ANEW}`,
  ],
  [
    'an install', history('failed'), journal('install'), ['upgrade'],
    'refused: Revision 1 of release "web" is of an install, not of an upgrade | Go on with: cdk8s-lifecycle install web --resume -n shop',
  ],
  [
    'a release whose uninstall has begun', history('deployed', 'failed'), journal('upgrade', ran('drain', 'failed', { event: 'pre-delete' })), ['upgrade'],
    'refused: Revision 2 of release "web" cannot be resumed: an uninstall has begun since it failed | Finish it: cdk8s-lifecycle uninstall web -n shop',
  ],
])('%s is not resumed, and people read what to do', (_case, of, known, operations, refusal) => {
  expect(refusalOf(() => resume(of, known, operations))).toBe(refusal);
});

test('a pending revision locks the release', () => {
  expect(refusalOf(() => resume(history('deployed', 'pending-upgrade'), journal('upgrade')))).toMatch(/^locked: Release "web" is locked: revision 2 is pending-upgrade/);
});

test('without hooks none is planned', () => {
  expect(resume(history('deployed', 'failed'), journal('upgrade'), ['upgrade'], { ...OPTIONS, hooks: false }).before).toEqual([]);
});
