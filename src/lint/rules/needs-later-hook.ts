import { fate } from '../fate';
import { hooksNamed, pathOfReference } from '../named';
import { hookRule } from '../rule';

/** A hook that runs before the hook that makes what it needs. */
export const needsLaterHook = hookRule({
  id: 'needs-later-hook',
  severity: 'error',
  title: 'A hook that runs before the hook that makes what it needs',
  why: 'Helm runs the hooks of an event by weight, and equal weights by name, whatever their kinds: of `Job/migrate` and `ServiceAccount/migrator` with one weight the Job comes first. Its Pod cannot start, and the release waits until its timeout.',
  check: (hook, release) =>
    hook.needs.flatMap((each) => {
      const makers = hooksNamed(each, hook, release);
      if (makers.length === 0) return [];
      const early = hook.hook.events.filter((event) => makers.every((maker) => fate(maker, hook, event) === 'not-yet'));
      if (early.length === 0) return [];
      return [{
        message: `at ${early.join(', ')} it needs ${each.kind}/${each.name}, which is made by a hook that has not run by then`,
        remedy: `Give the hook ${each.kind}/${each.name} the same events and a lower weight.`,
        path: pathOfReference(hook, each),
      }];
    }),
});
