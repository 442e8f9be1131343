import { TIMEOUT, badTimeout as mistakes } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A timeout of a hook that is no duration. */
export const badTimeout = hookRule({
  id: 'bad-timeout',
  severity: 'error',
  title: 'A timeout of a hook that is no duration',
  why: '`cdk8s-lifecycle` refuses the release, since it cannot know how long it may wait.',
  check: ({ annotations }) => (isTemplate(annotations[TIMEOUT]) ? [] : mistakes(annotations)),
});
