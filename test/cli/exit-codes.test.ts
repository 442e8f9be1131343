import { EXIT, exitCodeOf, exitCodeOfOutcome } from '../../src/cli/exit-codes';
import { UsageError } from '../../src/cli/usage-error';
import { ClusterError } from '../../src/cluster';
import { InterruptedError, Outcome, RefusedError, ReleaseLockedError, TimeoutError } from '../../src/lifecycle';
import { BadInputError } from '../../src/release';
import { LifecycleError } from '../../src/vocabulary';

const unreachable = new ClusterError('unreachable', { verb: 'get', target: 'x' }, 'no');
const OUTCOME: Outcome = { operation: 'install', release: 'web', namespace: 'shop', revision: 1, status: 'failed' };

test('the exit codes are what scripts rely on', () => {
  expect(EXIT).toEqual({ done: 0, failed: 1, changes: 2, locked: 3, usage: 64, badInput: 65, interrupted: 130 });
});

test.each<[string, unknown, number | undefined]>([
  ['wrong usage', new UsageError('no'), 64],
  ['bad manifests', new BadInputError([]), 65],
  ['a bad kubeconfig', new LifecycleError('bad-input', 'no'), 65],
  ['a release that is locked', new ReleaseLockedError('web', 1, 'pending-install'), 3],
  ['an interrupt', new InterruptedError(), 130],
  ['a refusal', new RefusedError('no', 'yes'), 1],
  ['a timeout', new TimeoutError(1, 'x'), 1],
  ['a server that cannot be reached', unreachable, 1],
  ['a defect', new TypeError('x is undefined'), undefined],
  ['what is no error', 'text', undefined],
])('%s has its exit code', (_case, error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

test.each<[Partial<Outcome>, number]>([
  [{ status: 'succeeded' }, 0],
  [{ error: unreachable }, 1],
  [{ error: new ReleaseLockedError('web', 1, 'x') }, 3],
  [{ status: 'interrupted', error: new InterruptedError() }, 130],
  [{ status: 'failed' }, 1],
])('the outcome %# has its exit code', (outcome, code) => {
  expect(exitCodeOfOutcome({ ...OUTCOME, ...outcome })).toBe(code);
});
