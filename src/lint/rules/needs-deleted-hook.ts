import { fate } from '../fate';
import { hooksNamed, pathOfReference } from '../named';
import { hookRule } from '../rule';

/** A hook that needs what hook-succeeded has deleted. */
export const needsDeletedHook = hookRule({
  id: 'needs-deleted-hook',
  severity: 'error',
  title: 'A hook that needs what hook-succeeded has deleted',
  why: 'Helm deletes hooks with hook-succeeded when all hooks of the event have succeeded. At a later event their objects are gone, and the Pod of this hook cannot start.',
  check: (hook, release) =>
    hook.needs.flatMap((each) => {
      const makers = hooksNamed(each, hook, release);
      if (makers.length === 0) return [];
      const fates = (event: (typeof hook.hook.events)[number]) => makers.map((maker) => fate(maker, hook, event));
      const late = hook.hook.events.filter((event) => fates(event).includes('deleted') && !fates(event).includes('there'));
      if (late.length === 0) return [];
      return [{
        message: `at ${late.join(', ')} it needs ${each.kind}/${each.name}, a hook of another event whose policy hook-succeeded has deleted it`,
        remedy: `Make ${each.kind}/${each.name} a hook of ${late.join(', ')}, too, with a lower weight, or drop hook-succeeded from its policies.`,
        path: pathOfReference(hook, each),
      }];
    }),
});
