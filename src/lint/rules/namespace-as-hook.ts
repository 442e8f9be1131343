import { HOOK_DELETE_POLICY, annotationPath } from '../../vocabulary';
import { hookRule } from '../rule';

/** A Namespace that Helm deletes. */
export const namespaceAsHook = hookRule({
  id: 'namespace-as-hook',
  severity: 'error',
  title: 'A Namespace that Helm deletes',
  why: 'A delete policy, before-hook-creation being the default, deletes the Namespace with everything that lies in it.',
  check: ({ hook: { deletePolicies = [] }, object: { apiVersion, kind } }) => {
    if (apiVersion !== 'v1' || kind !== 'Namespace' || deletePolicies.length === 0) return [];
    return [{
      message: `${deletePolicies.join(', ')} deletes the namespace and everything in it`,
      remedy: 'Let the install create it (--create-namespace), or make it a resource.',
      path: annotationPath(HOOK_DELETE_POLICY),
    }];
  },
});
