import { nonStrings } from '../../vocabulary';
import { Rule } from '../rule';
import { isTemplate } from '../subject';

/** An annotation or label that is no string. */
export const annotationNotString: Rule = {
  id: 'annotation-not-string',
  severity: 'error',
  title: 'An annotation or label that is no string',
  why: 'Helm renders a chart with `helm.sh/hook-weight: 5`, but neither it nor the API server can make an object of it: the release fails when the turn of the object comes, for a hook of a later event long after the install.',
  check: ({ object: { metadata } }) =>
    (['annotations', 'labels'] as const).flatMap((field) => {
      const map: unknown = metadata[field];
      if (map === undefined || map === null || isTemplate(map)) return [];
      if (typeof map !== 'object' || Array.isArray(map)) return [{ message: `metadata.${field} is not a map`, remedy: 'Write it as key: "value" pairs.', path: ['metadata', field] }];
      return nonStrings(field, Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null))); // a null is an empty text to all
    }),
};
