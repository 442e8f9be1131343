import { HOOK, OUR_EVENTS, annotationPath } from '../../vocabulary';
import { hookRule } from '../rule';

const OURS: readonly string[] = OUR_EVENTS;

/** An event of cdk8s-lifecycle together with events of Helm's. */
export const mixedSourceEvent = hookRule({
  id: 'mixed-source-event',
  severity: 'error',
  title: "An event of cdk8s-lifecycle together with events of Helm's",
  why: "Helm knows no `pre-rollback-from-source`, `post-rollback-from-source` or `on-failure` and drops an object that names one, so under Helm the hook does not run at Helm's own events either.",
  check: ({ hook: { events } }) => {
    const ours = events.filter((event) => OURS.includes(event));
    const helms = events.filter((event) => !OURS.includes(event));
    if (ours.length === 0 || helms.length === 0) return [];
    return [{
      message: `${HOOK} names ${ours.join(', ')} beside ${helms.join(', ')}, and Helm would drop the whole object`,
      remedy: 'Write two hooks, one for each kind of event.',
      path: annotationPath(HOOK),
    }];
  },
});
