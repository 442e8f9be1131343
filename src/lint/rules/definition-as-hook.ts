import { HOOK, annotationPath } from '../../vocabulary';
import { hookRule } from '../rule';

/** Events that come once in the life of a release. */
const ONCE: readonly string[] = ['pre-install', 'post-install'];

/** A CustomResourceDefinition as a hook of more than the install. */
export const definitionAsHook = hookRule({
  id: 'definition-as-hook',
  severity: 'error',
  title: 'A CustomResourceDefinition as a hook of more than the install',
  why: 'Helm never deletes a definition, whatever the policy, so the hook works once: then Helm 3 fails every upgrade with "already exists", and Helm 4 patches what is there.',
  check: ({ hook: { events }, object: { kind } }) => {
    const again = events.filter((event) => !ONCE.includes(event));
    if (kind !== 'CustomResourceDefinition' || again.length === 0) return [];
    return [{
      message: `a CustomResourceDefinition as a hook of ${again.join(', ')} fails when it exists already`,
      remedy: 'Put it into the crds/ folder of the chart, or make it a resource.',
      path: annotationPath(HOOK),
    }];
  },
});
