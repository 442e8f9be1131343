import { MUTABLE_TAGS, Mistake, RUN_ON, annotationPath } from '../../vocabulary';
import { hookRule } from '../rule';
import { HookSubject, isJob } from '../subject';

function mistakes({ object, annotations, hook: { events }, undecided }: HookSubject): Mistake[] {
  if (annotations[RUN_ON] === undefined) {
    if (annotations[MUTABLE_TAGS] === undefined) return [];
    return [{ message: `${MUTABLE_TAGS} says nothing without ${RUN_ON}`, remedy: `Add ${RUN_ON}: change, or leave it out.`, path: annotationPath(MUTABLE_TAGS) }];
  }
  const path = annotationPath(RUN_ON);
  if (!isJob(object) && object.kind !== 'Pod') return [{ message: `${RUN_ON} has no effect on a ${object.kind}, which runs nothing`, remedy: 'Leave it out.', path }];
  if (undecided || events.some((event) => event.endsWith('-upgrade'))) return [];
  return [{ message: `${RUN_ON} has no effect on a hook that no upgrade runs`, remedy: 'Add pre-upgrade or post-upgrade to its events, or leave it out.', path }];
}

/** A `run-on` that changes nothing. */
export const runOnWithoutEffect = hookRule({
  id: 'run-on-without-effect',
  severity: 'warning',
  title: 'A `run-on` that changes nothing',
  why: 'Only upgrades pass over a Job or a Pod of which nothing has changed; an install, a rollback, an uninstall and a test run all of their hooks.',
  check: mistakes,
});
