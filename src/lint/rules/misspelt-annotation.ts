import { HOOK, HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, HOOK_WEIGHT, RESOURCE_POLICY, annotationPath, closest } from '../../vocabulary';
import { Rule } from '../rule';

const KNOWN = [HOOK, HOOK_WEIGHT, HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, RESOURCE_POLICY];

/** Helm 2 read it; charts that served both keep it, and nothing is lost by it. */
const PAST = 'helm.sh/hook-delete-timeout';

/** An annotation that begins like Helm's and is none. */
export const misspeltAnnotation: Rule = {
  id: 'misspelt-annotation',
  severity: 'error',
  title: "An annotation that begins like Helm's and is none",
  why: 'Helm ignores it: the object is no hook, or its hook has neither the weight nor the policy that was meant.',
  check: ({ annotations }) =>
    Object.keys(annotations)
      .filter((key) => /^helm\.sh\/(hook|resource-polic)/.test(key) && key !== PAST && !KNOWN.includes(key))
      .map((key) => ({ message: `Helm knows no annotation ${key}, and ignores it`, remedy: `Did you mean ${closest(key, KNOWN) ?? HOOK}?`, path: annotationPath(key) })),
};
