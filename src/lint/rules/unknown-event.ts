import { HOOK, annotationPath, unknownEvents } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** Words of Helm 2, which people still copy. */
const PAST: Readonly<Record<string, string>> = {
  'crd-install': 'It was of Helm 2. Put the definition into the crds/ folder of the chart.',
  'test-failure': 'It was of Helm 2. Use "test", and let the test succeed when the failure occurs.',
};

/** An event that Helm does not know, or none. */
export const unknownEvent = hookRule({
  id: 'unknown-event',
  severity: 'error',
  title: 'An event that Helm does not know, or none',
  why: 'One word of `helm.sh/hook` that Helm does not know, and it drops the whole object: it is neither a hook nor a resource, and nobody is told.',
  check: ({ annotations }) => {
    if (isTemplate(annotations[HOOK])) return [];
    if (annotations[HOOK].trim() === '') {
      return [{
        message: `${HOOK} names no event (Helm would drop the whole object without a word)`,
        remedy: 'Name one, such as pre-upgrade, or remove the annotation.',
        path: annotationPath(HOOK),
      }];
    }
    return unknownEvents(annotations).map((mistake) => {
      const past = Object.keys(PAST).find((word) => mistake.message.includes(`"${word}"`));
      return past === undefined ? mistake : { ...mistake, remedy: PAST[past] };
    });
  },
});
