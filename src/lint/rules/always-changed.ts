import { MUTABLE_TAGS, RUN_ON, mutableImagesOf, pathsWhere } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A hook that is to run only when something has changed, but whose image counts as changed each time. */
export const alwaysChanged = hookRule({
  id: 'always-changed',
  severity: 'warning',
  title: 'A hook that is to run only when something has changed, and runs each time',
  why: 'What a tag names may be another image tomorrow, and nobody can tell: without a digest an image counts as changed.',
  check: (hook) => {
    const { annotations, object } = hook;
    if (annotations[RUN_ON] !== 'change' || annotations[MUTABLE_TAGS] !== undefined) return [];
    const images = mutableImagesOf(hook.pod ?? {}).filter((image) => !isTemplate(image));
    return images.map((image) => ({
      message: `the image ${image} has no digest, so the hook runs with each upgrade`,
      remedy: `Name its digest (IMAGE@sha256:…), or say with ${MUTABLE_TAGS}: trust that its tags are never moved.`,
      path: pathsWhere(object, (_, value) => value === image).at(0),
    }));
  },
});
