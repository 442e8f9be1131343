import { containersOf, pathsWhere } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

function tagOf(image: string): string | undefined {
  return /:([^:/]+)$/.exec(image)?.[1];
}

/** An image that may be another one tomorrow. */
export const mutableImage = hookRule({
  id: 'mutable-image',
  severity: 'warning',
  title: 'An image that may be another one tomorrow',
  why: 'A rollback runs the hooks of the old revision: with `latest`, or no tag, they run in whatever image is the newest by then.',
  check: (hook) => {
    const images = containersOf(hook.pod ?? {}).map(({ image }) => image);
    const loose = images.filter((image): image is string => typeof image === 'string' && image !== '' && !isTemplate(image) && !image.includes('@'))
      .filter((image) => [undefined, 'latest'].includes(tagOf(image)));
    return [...new Set(loose)].map((image) => ({
      message: `the image ${image} ${tagOf(image) === undefined ? 'has no tag' : 'has the tag latest'}`,
      remedy: 'Name a version, or a digest.',
      path: pathsWhere(hook.object, (path, value) => path.at(-1) === 'image' && value === image).at(0),
    }));
  },
});
