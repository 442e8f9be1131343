import { hookRule } from '../rule';
import { jobSpecOf } from '../subject';

/** A Job that does not start. */
export const pausedJob = hookRule({
  id: 'paused-job',
  severity: 'error',
  title: 'A Job that does not start',
  why: 'A Job that is suspended, or has no parallelism, runs no Pod and has no deadline: Helm waits for it until its timeout.',
  check: (hook) => {
    const spec = jobSpecOf(hook) ?? {};
    const field = spec.suspend === true ? 'suspend' : spec.parallelism === 0 ? 'parallelism' : undefined;
    if (field === undefined) return [];
    return [{ message: `spec.${field} is ${String(spec[field])}, so the Job never starts`, remedy: 'Remove the field.', path: ['spec', field] }];
  },
});
