import { RESOURCE_POLICY, annotationPath } from '../../vocabulary';
import { hookRule } from '../rule';

/** A resource policy on a hook. */
export const policyOnHook = hookRule({
  id: 'policy-on-hook',
  severity: 'warning',
  title: 'A resource policy on a hook',
  why: 'Helm looks at `helm.sh/resource-policy` of resources only: a hook is deleted as its delete policies say, whatever it holds.',
  check: ({ annotations }) =>
    (annotations[RESOURCE_POLICY] === undefined ? [] : [{
      message: `${RESOURCE_POLICY} stands on a hook, where Helm ignores it`,
      remedy: 'Make the object a resource, or remove the annotation.',
      path: annotationPath(RESOURCE_POLICY),
    }]),
});
