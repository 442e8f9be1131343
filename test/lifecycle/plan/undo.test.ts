import { planInstall, planUndo, planUpgrade } from '../../../src/lifecycle';
import { configMap, content, job } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, steps } from './plans';

const ASKED = { ...OPTIONS, rollbackOnFailure: true };
const NEXT = content(configMap('b'));

test('an install that failed is uninstalled, with its delete hooks', () => {
  const objects = [configMap('a'), job('last', { on: 'post-delete' })];
  const plan = planInstall([], content(...objects), ASKED);
  const undo = planUndo(plan, historyOf(record(1, 'failed', objects)))!;
  expect([plan.onFailure, undo.operation, steps(undo), undo.forget]).toEqual([{ operation: 'uninstall' }, 'uninstall', ['delete ConfigMap/a', 'post-delete last'], [1]]);
});

test('an upgrade that failed goes back to the deployed revision, as one more revision', () => {
  const history = historyOf(record(1, 'superseded'), record(2, 'deployed', [configMap('a')]));
  const plan = planUpgrade(history, NEXT, ASKED);
  const undo = planUndo(plan, historyOf(record(1, 'superseded'), record(2, 'deployed', [configMap('a')]), record(3, 'failed', [configMap('b')])))!;
  expect([plan.onFailure, undo.operation, undo.to, undo.revision]).toEqual([{ operation: 'rollback', to: 2 }, 'rollback', 2, 4]);
});

test('a way back keeps how the operation was done, and prunes no history', () => {
  const history = historyOf(...Array.from({ length: 12 }, (_, index) => record(index + 1, index === 11 ? 'deployed' : 'superseded')));
  const plan = planUpgrade(history, NEXT, { ...ASKED, hooks: false, timeoutSeconds: 7 });
  const undo = planUndo(plan, historyOf(...history.map((stored) => stored.record), record(13, 'failed')))!;
  expect([undo.settings, undo.forget]).toEqual([plan.settings, []]);
});

test('whoever may take itself back waits until the resources are ready', () => {
  expect(planInstall([], NEXT, ASKED).settings.wait).toBe(true);
});

test('without being asked, nothing is taken back', () => {
  expect(planUndo(planInstall([], NEXT, OPTIONS), historyOf(record(1, 'failed')))).toBeUndefined();
});

test('what has not begun is not taken back', () => {
  const plan = planInstall([], NEXT, ASKED);
  expect([planUndo(plan, []), planUndo(plan, historyOf(record(1, 'deployed')))]).toEqual([undefined, undefined]);
});

test('where no revision was ever deployed, there is none to go back to', () => {
  expect(planUpgrade(historyOf(record(1, 'failed')), NEXT, ASKED).onFailure).toBeUndefined();
});
