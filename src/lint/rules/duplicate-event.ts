import { HOOK, annotationPath, readEvents } from '../../vocabulary';
import { hookRule } from '../rule';

/** An event that is named twice. */
export const duplicateEvent = hookRule({
  id: 'duplicate-event',
  severity: 'error',
  title: 'An event that is named twice',
  why: 'Helm runs the hook once for each time that the event is named.',
  check: ({ annotations }) => {
    const { known } = readEvents(annotations);
    const twice = [...new Set(known.filter((event, index) => known.indexOf(event) < index))];
    return twice.map((event) => ({ message: `${HOOK} names ${event} twice, and Helm would run the hook twice`, remedy: 'Name it once.', path: annotationPath(HOOK) }));
  },
});
