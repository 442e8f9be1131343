import { HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, annotationPath } from '../../vocabulary';
import { Rule } from '../rule';

/** A hook's policy on an object that is no hook. */
export const policyWithoutHook: Rule = {
  id: 'policy-without-hook',
  severity: 'warning',
  title: "A hook's policy on an object that is no hook",
  why: 'Without `helm.sh/hook` the object is a resource of the release, and Helm ignores what is said of it as a hook.',
  check: ({ hook, annotations }) => {
    if (hook) return [];
    const policies = [HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY].filter((key) => annotations[key] !== undefined);
    return policies.map((key) => ({ message: `${key} stands on an object that is no hook`, remedy: 'Give it helm.sh/hook with an event, or remove the annotation.', path: annotationPath(key) }));
  },
};
