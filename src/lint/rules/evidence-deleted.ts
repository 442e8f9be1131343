import { HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, annotationPath, readOutputLogPolicies } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A failed hook whose logs are deleted unread. */
export const evidenceDeleted = hookRule({
  id: 'evidence-deleted',
  severity: 'warning',
  title: 'A failed hook whose logs are deleted unread',
  why: 'hook-failed deletes the Job or Pod and with it the logs that tell why it failed; Helm prints them only where `helm.sh/hook-output-log-policy` says so (3.18 and later).',
  check: (hook) => {
    if (!hook.pod || !hook.hook.deletePolicies?.includes('hook-failed') || isTemplate(hook.annotations[HOOK_OUTPUT_LOG_POLICY])) return [];
    if (readOutputLogPolicies(hook.annotations).known.includes('hook-failed')) return [];
    return [{
      message: 'hook-failed deletes what would tell why the hook failed',
      remedy: `Add ${HOOK_OUTPUT_LOG_POLICY}: hook-failed, or drop hook-failed from the delete policies.`,
      path: annotationPath(HOOK_DELETE_POLICY),
    }];
  },
});
