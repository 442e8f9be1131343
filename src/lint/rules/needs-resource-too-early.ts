import { describeRef } from '../../vocabulary';
import { pathOfReference, resourceNamed } from '../named';
import { Rule, hookRule } from '../rule';

/** A pre-install hook that needs a resource of the same release. */
export const needsResourceTooEarly: Rule = hookRule({
  id: 'needs-resource-too-early',
  severity: 'error',
  title: 'A pre-install hook that needs a resource of the same release',
  why: 'Helm creates the resources when the pre-install hooks have succeeded. The Pod of this hook cannot start before, so the install waits until its timeout, and fails.',
  check: (hook, release) => {
    if (!hook.hook.events.includes('pre-install')) return [];
    return hook.needs.filter((each) => resourceNamed(each, hook, release)).map((each) => ({
      message: `at pre-install it needs ${describeRef(each)}, which is a resource of the release and comes later`,
      // A claim that is a hook would lose its data: rule claim-as-hook.
      remedy: each.kind === 'PersistentVolumeClaim' ? 'Run this hook at post-install.' : `Make ${describeRef(each)} a hook of pre-install with a lower weight, or run this hook at post-install.`,
      path: pathOfReference(hook, each),
    }));
  },
});
