import { RETRY, badRetry as mistakes } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A retry of a hook that cannot be read. */
export const badRetry = hookRule({
  id: 'bad-retry',
  severity: 'error',
  title: 'A retry of a hook that cannot be read',
  why: '`cdk8s-lifecycle` refuses the release, since it cannot know when it may run the hook once more.',
  check: ({ annotations }) => (isTemplate(annotations[RETRY]) ? [] : mistakes(annotations)),
});
