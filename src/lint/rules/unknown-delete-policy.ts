import { HOOK_DELETE_POLICY, annotationPath, unknownDeletePolicies } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A delete policy that Helm does not know, or none. */
export const unknownDeletePolicy = hookRule({
  id: 'unknown-delete-policy',
  severity: 'error',
  title: 'A delete policy that Helm does not know, or none',
  why: 'Helm does not check the words: an unknown one, even an empty one, only switches its default before-hook-creation off, and the next run finds the object of the last in its way.',
  check: ({ annotations }) => {
    if (isTemplate(annotations[HOOK_DELETE_POLICY])) return [];
    if (annotations[HOOK_DELETE_POLICY]?.trim() === '') {
      return [{
        message: `${HOOK_DELETE_POLICY} is empty, which switches off the default before-hook-creation`,
        remedy: 'Write "before-hook-creation", or remove the annotation.',
        path: annotationPath(HOOK_DELETE_POLICY),
      }];
    }
    return unknownDeletePolicies(annotations);
  },
});
