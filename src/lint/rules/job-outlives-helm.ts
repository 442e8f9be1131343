import { hookRule } from '../rule';
import { jobSpecOf } from '../subject';

/** Helm's own `--timeout`, in seconds. */
const HELM_TIMEOUT = 300;

/** A deadline above Helm's timeout. */
export const jobOutlivesHelm = hookRule({
  id: 'job-outlives-helm',
  severity: 'warning',
  title: "A deadline above Helm's timeout",
  why: 'Helm waits 5 minutes for each hook unless `--timeout` says more; then it fails the release, while the Job runs on.',
  check: (hook) => {
    const deadline = jobSpecOf(hook)?.activeDeadlineSeconds;
    if (typeof deadline !== 'number' || deadline <= HELM_TIMEOUT) return [];
    return [{
      message: `spec.activeDeadlineSeconds is ${deadline}, and Helm waits no longer than ${HELM_TIMEOUT} s unless --timeout says more`,
      remedy: `Set it below ${HELM_TIMEOUT}, or ignore the rule with the --timeout that the release is run with.`,
      path: ['spec', 'activeDeadlineSeconds'],
    }];
  },
});
