import { ReleaseStatus, deployedOf, lastOf, revisionOf, surplusOf } from '../../src/release';
import { historyOf, record } from './records';

const history = (...statuses: readonly ReleaseStatus[]) => historyOf(...statuses.map((status, index) => record(index + 1, status)));
const versions = (of: ReturnType<typeof history>) => of.map(({ record: { version } }) => version);

test('revisions are sorted by number, whatever order the cluster lists them in', () => {
  expect(versions(historyOf(record(10, 'deployed'), record(9, 'superseded'), record(2, 'superseded')))).toEqual([2, 9, 10]);
});

test('there is no last, no deployed and no numbered revision of nothing', () => {
  expect([lastOf([]), deployedOf([]), revisionOf([], 1)]).toEqual([undefined, undefined, undefined]);
});

test.each<[ReleaseStatus[], number, number | undefined]>([
  [['deployed'], 1, 1],
  [['superseded', 'deployed'], 2, 2],
  [['deployed', 'failed'], 2, 1],
  [['deployed', 'deployed', 'failed'], 3, 2],
  [['failed', 'pending-upgrade'], 2, undefined],
])('of %j the last is %d and the deployed one %p', (statuses, last, deployed) => {
  expect([lastOf(history(...statuses))?.version, deployedOf(history(...statuses))?.version]).toEqual([last, deployed]);
});

test('a revision is found by its number', () => {
  expect(revisionOf(history('superseded', 'deployed'), 1)?.info.status).toBe('superseded');
  expect(revisionOf(history('superseded', 'deployed'), 3)).toBeUndefined();
});

test.each<[ReleaseStatus[], number, number[]]>([
  [[], 10, []],
  [['superseded', 'superseded', 'deployed'], 0, []],
  [['superseded', 'superseded', 'deployed'], -1, []],
  [['superseded', 'superseded', 'deployed'], 4, []],
  [['superseded', 'superseded', 'deployed'], 3, [1]],
  [['superseded', 'superseded', 'deployed'], 2, [1, 2]],
  [['superseded', 'superseded', 'deployed'], 1, [1, 2]],
  [['deployed', 'failed', 'failed', 'failed'], 3, [2, 3]],
  [['deployed', 'deployed', 'failed'], 2, [1, 3]],
  [['failed', 'failed'], 1, [1, 2]],
])('of %j with a limit of %d the revisions %j make room', (statuses, max, surplus) => {
  expect(versions(surplusOf(history(...statuses), max))).toEqual(surplus);
});
