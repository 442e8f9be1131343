import { isFinished, jobState, podState, runState } from '../../../src/lifecycle/run/job-state';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, job, pod } from '../../release/manifests';

const withConditions = (...conditions: readonly object[]): KubeObject => ({ ...job('m'), status: { conditions } });
const is = (type: string, status = 'True', rest = {}) => ({ type, status, ...rest });
const WHY = { reason: 'BackoffLimitExceeded', message: 'too often' };
const RUNNING = { kind: 'running' };
const SUCCEEDED = { kind: 'succeeded' };
const FAILED = { kind: 'failed', reason: 'BackoffLimitExceeded: too often' };

test.each<[string, KubeObject, object, boolean]>([
  ['no status', job('m'), RUNNING, false],
  ['no conditions', { ...job('m'), status: { active: 1 } }, RUNNING, false],
  ['Suspended', withConditions(is('Suspended')), RUNNING, false],
  ['Complete that is not true', withConditions(is('Complete', 'False'), is('Failed', 'Unknown')), RUNNING, false],
  ['Complete', withConditions(is('Complete')), SUCCEEDED, true],
  ['SuccessCriteriaMet', withConditions(is('SuccessCriteriaMet')), SUCCEEDED, false],
  ['SuccessCriteriaMet and Complete', withConditions(is('SuccessCriteriaMet'), is('Complete')), SUCCEEDED, true],
  ['Failed', withConditions(is('Failed', 'True', WHY)), FAILED, true],
  ['FailureTarget', withConditions(is('FailureTarget', 'True', WHY)), FAILED, false],
  ['FailureTarget and Failed', withConditions(is('FailureTarget', 'True', WHY), is('Failed', 'True', { reason: 'other' })), FAILED, true],
  ['Failed without words', withConditions(is('Failed')), { kind: 'failed', reason: '' }, true],
  ['FailureTarget that is not true, before Complete', withConditions(is('FailureTarget', 'False'), is('Complete')), SUCCEEDED, true],
  ['Suspended that is over, before Failed', withConditions(is('Suspended', 'False'), is('Failed', 'True', { reason: 'DeadlineExceeded' })), { kind: 'failed', reason: 'DeadlineExceeded' }, true],
])('a Job with %s has its state', (_case, object, state, finished) => {
  expect([jobState(object), isFinished(object)]).toEqual([state, finished]);
});

test.each<[object | undefined, object]>([
  [undefined, RUNNING],
  [{ phase: 'Pending' }, RUNNING],
  [{ phase: 'Running' }, RUNNING],
  [{ phase: 'Unknown' }, RUNNING],
  [{ phase: 'Succeeded' }, SUCCEEDED],
  [{ phase: 'Failed' }, { kind: 'failed', reason: '' }],
  [{ phase: 'Failed', reason: 'Evicted', message: 'no memory' }, { kind: 'failed', reason: 'Evicted: no memory' }],
])('a Pod with status %j has its state', (status, state) => {
  expect(podState({ ...pod('p'), status })).toEqual(state);
});

test.each<[KubeObject, object]>([
  [{ ...job('m'), status: { conditions: [is('Complete')] } }, SUCCEEDED],
  [{ ...pod('p'), status: { phase: 'Running' } }, RUNNING],
  [configMap('c'), SUCCEEDED],
])('%j has the state of its kind', (object, state) => {
  expect(runState(object)).toEqual(state);
});
