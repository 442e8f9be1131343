import { HOOK_OUTPUT_LOG_POLICY, annotationPath, unknownLogPolicies } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A log policy that Helm does not know, or none. */
export const unknownLogPolicy = hookRule({
  id: 'unknown-log-policy',
  severity: 'error',
  title: 'A log policy that Helm does not know, or none',
  why: 'Helm ignores it, and prints no logs when they are needed.',
  check: ({ annotations }) => {
    if (isTemplate(annotations[HOOK_OUTPUT_LOG_POLICY])) return [];
    if (annotations[HOOK_OUTPUT_LOG_POLICY]?.trim() === '') {
      return [{ message: `${HOOK_OUTPUT_LOG_POLICY} is empty`, remedy: 'Write "hook-failed", or remove the annotation.', path: annotationPath(HOOK_OUTPUT_LOG_POLICY) }];
    }
    return unknownLogPolicies(annotations);
  },
});
