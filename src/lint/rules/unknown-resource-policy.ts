import { RESOURCE_POLICY, annotationPath } from '../../vocabulary';
import { Rule } from '../rule';
import { isTemplate } from '../subject';

/** A resource policy other than `keep`. */
export const unknownResourcePolicy: Rule = {
  id: 'unknown-resource-policy',
  severity: 'error',
  title: 'A resource policy other than `keep`',
  why: 'An uninstall leaves an object with any resource policy and tells nobody where it is not `keep`; an upgrade deletes it where it is not exactly `keep`.',
  check: ({ hook, annotations }) => {
    const policy = annotations[RESOURCE_POLICY];
    if (hook || policy === undefined || policy === 'keep' || isTemplate(policy)) return [];
    return [{ message: `${RESOURCE_POLICY} is ${JSON.stringify(policy)}, and Helm knows only "keep"`, remedy: 'Write "keep", or remove the annotation.', path: annotationPath(RESOURCE_POLICY) }];
  },
};
