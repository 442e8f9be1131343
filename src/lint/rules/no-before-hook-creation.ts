import { HOOK_DELETE_POLICY, annotationPath, readDeletePolicies } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A delete policy that leaves an object in the way of the next run. */
export const noBeforeHookCreation = hookRule({
  id: 'no-before-hook-creation',
  severity: 'error',
  title: 'A delete policy that leaves an object in the way of the next run',
  why: 'A hook that names a policy loses the default before-hook-creation. What one run leaves then stands in the way of the next: Helm 3 fails with "already exists", and Helm 4 takes the verdict of the old Job for that of the new one and runs nothing.',
  check: ({ hook, name, object, annotations }) => {
    const policies = hook.deletePolicies;
    if (policies === undefined || policies.includes('before-hook-creation') || readDeletePolicies(annotations).unknown.length > 0) return [];
    if (policies.includes('hook-succeeded') && policies.includes('hook-failed')) return []; // nothing is left, whatever the outcome
    if (isTemplate(name) || name === '') return []; // a name that Helm makes anew with every revision stands in nobody's way
    if (object.kind === 'CustomResourceDefinition') return []; // Helm deletes none, whatever the policy
    return [{
      message: `${HOOK_DELETE_POLICY} is only ${policies.join(',')}: what another outcome leaves stands in the way of the next run`,
      remedy: `Write "before-hook-creation,${policies.join(',')}".`,
      path: annotationPath(HOOK_DELETE_POLICY),
    }];
  },
});
