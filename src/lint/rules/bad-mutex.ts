import { MUTEX, badMutex as mistakes } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A mutex of a hook that is no name. */
export const badMutex = hookRule({
  id: 'bad-mutex',
  severity: 'error',
  title: 'A mutex of a hook that is no name',
  why: '`cdk8s-lifecycle` refuses the release: the hook would run beside those that it must not run beside.',
  check: ({ annotations }) => (isTemplate(annotations[MUTEX]) ? [] : mistakes(annotations)),
});
