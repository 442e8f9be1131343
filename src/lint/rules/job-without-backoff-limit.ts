import { hookRule } from '../rule';
import { jobSpecOf } from '../subject';

/** A Job that says nothing of retries. */
export const jobWithoutBackoffLimit = hookRule({
  id: 'job-without-backoff-limit',
  severity: 'warning',
  title: 'A Job that says nothing of retries',
  why: 'Kubernetes then tries a failed Pod six more times, with pauses of up to minutes: a broken migration runs seven times, and the release fails by the timeout instead of by its cause.',
  check: (hook) => {
    const spec = jobSpecOf(hook);
    if (!spec || (spec.backoffLimit ?? spec.backoffLimitPerIndex ?? undefined) !== undefined) return [];
    return [{
      message: 'the Job has no spec.backoffLimit, so Kubernetes tries it seven times',
      remedy: 'Say how many retries are right; 0 for what must not run twice.',
      path: ['spec', 'backoffLimit'],
    }];
  },
});
