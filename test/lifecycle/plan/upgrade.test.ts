import { planUpgrade, planUpgradeOrInstall } from '../../../src/lifecycle';
import { History, ReleaseStatus } from '../../../src/release';
import { configMap, content, deployment, job, object, withMetadata } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, refusalOf, steps } from './plans';

const CONTENT = content(deployment('web'), job('migrate', { on: 'pre-upgrade' }));
const history = (...statuses: readonly ReleaseStatus[]): History => historyOf(...statuses.map((status, index) => record(index + 1, status)));
const KEPT = { annotations: { 'helm.sh/resource-policy': 'keep' } };

test.each<[ReleaseStatus[], number, number[]]>([
  [['deployed'], 1, [1]],
  [['superseded', 'deployed'], 2, [2]],
  [['deployed', 'failed'], 1, [1]],
  [['deployed', 'failed', 'failed'], 1, [1]],
  [['deployed', 'deployed'], 2, [1, 2]],
  [['failed'], 1, [1]],
  [['superseded', 'failed'], 2, [2]],
  [['superseded', 'superseded'], 2, [2]],
  [['deployed', 'uninstalling'], 1, [1]],
])('after %j an upgrade starts from revision %d and supersedes %j', (statuses, from, supersede) => {
  expect(planUpgrade(history(...statuses), CONTENT, OPTIONS)).toMatchObject({ operation: 'upgrade', from, supersede, revision: statuses.length + 1 });
});

test.each<[ReleaseStatus[], string]>([
  [[], 'refused: There is no release "web" | Install it first: cdk8s-lifecycle install web …, or pass --install.'],
  [['uninstalling'], 'refused: Release "web" has no deployed revision: revision 1 is uninstalling | Finish with: cdk8s-lifecycle uninstall web'],
  [['uninstalled'], 'refused: Release "web" has no deployed revision: revision 1 is uninstalled | Install it again: cdk8s-lifecycle install web …'],
])('after %j an upgrade is refused', (statuses, refusal) => {
  expect(refusalOf(() => planUpgrade(history(...statuses), CONTENT, OPTIONS))).toBe(refusal);
});

test.each<ReleaseStatus>(['pending-install', 'pending-upgrade', 'pending-rollback'])('a revision that is %s locks the release', (status) => {
  expect(refusalOf(() => planUpgrade(history('deployed', status), CONTENT, OPTIONS))).toBe(
    `locked: Release "web" is locked: revision 2 is ${status}, so another operation is running, or died while it ran | Wait for it; if nothing runs any more, end it with: ` +
      'cdk8s-lifecycle rollback web  (or, if revision 2 is the first, uninstall web)',
  );
});

test('resources are created, changed, left, deleted or kept by comparison with the revision before', () => {
  const old = record(1, 'deployed', [
    configMap('same', { a: '1' }),
    configMap('changed', { a: '1' }),
    configMap('dropped'),
    withMetadata(configMap('kept'), KEPT),
    object('v1', 'Service', 'gone', { spec: {} }),
  ]);
  const next = content(configMap('new'), configMap('changed', { a: '2' }), configMap('same', { a: '1' }));
  expect(steps(planUpgrade(historyOf(old), next, OPTIONS))).toEqual([
    'create ConfigMap/new', 'change ConfigMap/changed', 'none ConfigMap/same', 'delete ConfigMap/dropped', 'keep ConfigMap/kept', 'delete Service/gone',
  ]);
});

test.each([
  ['a new version of its group is the same resource', object('batch/v1beta1', 'CronJob', 'x', { spec: {} }), object('batch/v1', 'CronJob', 'x', { spec: {} }), ['change CronJob/x']],
  ['the namespace of the release, written out, is the same resource', configMap('x'), withMetadata(configMap('x'), { namespace: 'shop' }), ['change ConfigMap/x']],
  ['another namespace is another resource', configMap('x'), withMetadata(configMap('x'), { namespace: 'b' }), ['create ConfigMap/x', 'delete ConfigMap/x']],
  ['another group is another resource', object('a.io/v1', 'X', 'x'), object('b.io/v1', 'X', 'x'), ['create X/x', 'delete X/x']],
])('%s', (_sentence, before, after, expected) => {
  expect(steps(planUpgrade(historyOf(record(1, 'deployed', [before])), content(after), OPTIONS))).toEqual(expected);
});

test('the hooks are those of the new revision, and only of its event', () => {
  const old = record(1, 'deployed', [configMap('cm'), job('old', { on: 'pre-upgrade,post-upgrade' })]);
  const next = content(configMap('cm'), job('b', { on: 'pre-upgrade' }), job('a', { on: 'pre-upgrade,post-upgrade' }), job('i', { on: 'pre-install' }));
  expect(steps(planUpgrade(historyOf(old), next, OPTIONS))).toEqual(['pre-upgrade a', 'pre-upgrade b', 'none ConfigMap/cm', 'post-upgrade a']);
});

test('the record takes over when the release was first deployed and the values that Helm knows', () => {
  const old = { ...record(1, 'deployed'), config: { replicas: 3 } };
  expect(planUpgrade(historyOf(old), CONTENT, OPTIONS).record).toMatchObject({
    version: 2, config: { replicas: 3 }, info: { first_deployed: '2025-01-01T00:00:00Z', status: 'pending-upgrade', description: 'Preparing upgrade' },
  });
});

test.each([
  [undefined, [1, 2]],
  [5, [1, 2, 3, 4, 5, 6, 7]],
  [0, []],
])('with a limit of %p revisions, %j make room', (historyMax, forget) => {
  const many = history(...Array.from({ length: 10 }, () => 'superseded' as const), 'deployed');
  expect(planUpgrade(many, CONTENT, { ...OPTIONS, historyMax }).forget).toEqual(forget);
});

test.each<[ReleaseStatus[], string]>([
  [[], 'install'],
  [['uninstalled'], 'install'],
  [['deployed'], 'upgrade'],
  [['failed'], 'upgrade'],
])('upgrade --install after %j is an %s', (statuses, operation) => {
  expect(planUpgradeOrInstall(history(...statuses), CONTENT, OPTIONS).operation).toBe(operation);
});

test('upgrade --install of a locked release is refused', () => {
  expect(refusalOf(() => planUpgradeOrInstall(history('pending-install'), CONTENT, OPTIONS))).toMatch(/^locked: /);
});
