import { HOOK_DELETE_POLICY, annotationPath } from '../../vocabulary';
import { hookRule } from '../rule';

/** A volume whose data every run deletes. */
export const claimAsHook = hookRule({
  id: 'claim-as-hook',
  severity: 'error',
  title: 'A volume whose data every run deletes',
  why: 'With before-hook-creation, the default, Helm deletes the PersistentVolumeClaim before it creates it anew, and what is on the volume is lost.',
  check: ({ hook: { deletePolicies = [], events }, object: { apiVersion, kind } }) => {
    if (apiVersion !== 'v1' || kind !== 'PersistentVolumeClaim' || !deletePolicies.includes('before-hook-creation')) return [];
    if (deletePolicies.includes('hook-succeeded') || events.length === 0) return []; // scratch space: it is not to outlive the event
    return [{
      message: `before-hook-creation deletes the volume and its data at ${events.join(', ')}`,
      remedy: 'Make it a resource with helm.sh/resource-policy: keep. Space that only one event needs says so with hook-succeeded.',
      path: annotationPath(HOOK_DELETE_POLICY),
    }];
  },
});
