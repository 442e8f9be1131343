import { HOOK_OUTPUT_LOG_POLICY, annotationPath } from '../../vocabulary';
import { hookRule } from '../rule';

/** A log policy on an object that has no logs. */
export const logPolicyWithoutLogs = hookRule({
  id: 'log-policy-without-logs',
  severity: 'warning',
  title: 'A log policy on an object that has no logs',
  why: 'Helm prints the logs of Jobs and Pods, and ignores the annotation on everything else.',
  check: ({ annotations, object: { kind } }) => {
    if (annotations[HOOK_OUTPUT_LOG_POLICY] === undefined || ['Job', 'Pod'].includes(kind)) return [];
    return [{ message: `${HOOK_OUTPUT_LOG_POLICY} stands on a ${kind}, which has no logs`, remedy: 'Remove the annotation.', path: annotationPath(HOOK_OUTPUT_LOG_POLICY) }];
  },
});
