import { planRollback } from '../../../src/lifecycle';
import { ReleaseStatus } from '../../../src/release';
import { configMap, job } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, refusalOf, steps } from './plans';

const first = record(1, 'superseded', [configMap('a'), configMap('b'), job('one', { on: 'pre-rollback,post-rollback' })]);
const second = record(2, 'deployed', [configMap('a', { x: '2' }), configMap('c'), job('two', { on: 'pre-rollback,post-rollback' })]);

test('a rollback runs the hooks of the revision it goes back to, and turns the resources of the last one into those', () => {
  const plan = planRollback(historyOf(first, second), undefined, OPTIONS);
  expect(plan).toMatchObject({ operation: 'rollback', revision: 3, from: 2, to: 1, supersede: [2], forget: [] });
  expect(steps(plan)).toEqual(['pre-rollback one', 'change ConfigMap/a', 'create ConfigMap/b', 'delete ConfigMap/c', 'post-rollback one']);
});

test('the new record is the old one under a new number', () => {
  const { info, version, ...rest } = planRollback(historyOf(first, second), 1, OPTIONS).record;
  const { info: oldInfo, version: oldVersion, ...old } = first;
  expect(rest).toEqual(old);
  expect([version, oldVersion]).toEqual([3, 1]);
  expect(info).toEqual({ ...oldInfo, status: 'pending-rollback', description: 'Rollback to 1' });
});

test('a revision that Helm applied client-side is applied server-side from now on', () => {
  const byHelm3 = { ...first, apply_method: undefined };
  expect(planRollback(historyOf(byHelm3, second), 1, OPTIONS).record.apply_method).toBe('ssa');
});

test.each<[ReleaseStatus[], number | undefined, number, number[]]>([
  [['superseded', 'deployed'], undefined, 1, [2]],
  [['superseded', 'deployed'], 2, 2, [2]],
  [['deployed', 'failed'], undefined, 1, [1]],
  [['superseded', 'deployed', 'pending-upgrade'], undefined, 2, [2]],
  [['superseded', 'deployed', 'pending-rollback'], 1, 1, [2]],
  [['deployed', 'uninstalling'], undefined, 1, [1]],
  [['superseded', 'uninstalled'], undefined, 1, []],
  [['failed', 'failed'], 1, 1, []],
])('after %j a rollback to %p goes to revision %d and supersedes %j', (statuses, to, target, supersede) => {
  const history = historyOf(...statuses.map((status, index) => record(index + 1, status)));
  expect(planRollback(history, to, OPTIONS)).toMatchObject({ to: target, from: statuses.length, revision: statuses.length + 1, supersede });
});

test.each<[ReleaseStatus[], number | undefined, string]>([
  [[], undefined, 'refused: There is no release "web" | List its history: cdk8s-lifecycle history web -n shop'],
  [['deployed'], undefined, 'refused: Release "web" has no revision before revision 1 | Its revisions are 1.'],
  [['superseded', 'deployed'], 7, 'refused: Release "web" has no revision 7 | Its revisions are 1, 2.'],
])('after %j a rollback to %p is refused', (statuses, to, refusal) => {
  const history = historyOf(...statuses.map((status, index) => record(index + 1, status)));
  expect(refusalOf(() => planRollback(history, to, OPTIONS))).toBe(refusal);
});

test('a revision before the last that was pruned is no target', () => {
  const history = historyOf(record(3, 'deployed'), record(5, 'failed'));
  expect(refusalOf(() => planRollback(history, undefined, OPTIONS))).toBe('refused: Release "web" has no revision 4 | Its revisions are 3, 5.');
});

test('revisions beyond the limit make room', () => {
  const history = historyOf(...[1, 2, 3].map((version) => record(version, 'superseded')), record(4, 'deployed'));
  expect(planRollback(history, undefined, { ...OPTIONS, historyMax: 3 }).forget).toEqual([1, 2]);
});
