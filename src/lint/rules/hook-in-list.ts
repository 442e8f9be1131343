import { HOOK, annotationPath } from '../../vocabulary';
import { describeSubject } from '../finding';
import { Rule } from '../rule';
import { isHook, subjectOf } from '../subject';

/** A hook inside of a List. */
export const hookInList: Rule = {
  id: 'hook-in-list',
  severity: 'error',
  title: 'A hook inside of a List',
  why: 'Helm reads the annotations of the document and not those of its items: the hook is created together with the resources, at no event.',
  check: ({ place, object: { kind, items } }) => {
    if (!kind.endsWith('List') || !Array.isArray(items)) return [];
    const hooks = items.map((value: unknown) => subjectOf({ place, value }));
    return hooks.flatMap((hook, index) => (!hook || !isHook(hook) ? [] : [{
      message: `${describeSubject(hook)} has ${HOOK} inside of a ${kind}, where Helm does not look`,
      remedy: 'Write it as a document of its own, separated by ---.',
      path: ['items', index, ...annotationPath(HOOK)],
    }]));
  },
};
