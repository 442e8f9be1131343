import { hookRule } from '../rule';
import { jobSpecOf } from '../subject';

/** A Job without a deadline. */
export const jobWithoutDeadline = hookRule({
  id: 'job-without-deadline',
  severity: 'warning',
  title: 'A Job without a deadline',
  why: 'Helm gives up after its timeout, 5 minutes by default, but stops nothing: a Job without `activeDeadlineSeconds` runs on, and beside the next try.',
  check: (hook) => {
    const spec = jobSpecOf(hook);
    const pod = hook.pod;
    if (!spec || !pod || (spec.activeDeadlineSeconds ?? pod.activeDeadlineSeconds ?? undefined) !== undefined) return [];
    return [{
      message: 'the Job has no spec.activeDeadlineSeconds and may run for ever',
      remedy: "Give it one below Helm's timeout, such as 240.",
      path: ['spec', 'activeDeadlineSeconds'],
    }];
  },
});
