import { MUTABLE_TAGS, RUN_ON, badRunOn as mistakes } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A `run-on` of a hook that means nothing. */
export const badRunOn = hookRule({
  id: 'bad-run-on',
  severity: 'error',
  title: 'A word that says when a hook runs, and means nothing',
  why: '`cdk8s-lifecycle` refuses the release, since it cannot know whether the hook may be passed over.',
  check: ({ annotations }) => ([RUN_ON, MUTABLE_TAGS].some((key) => isTemplate(annotations[key])) ? [] : mistakes(annotations)),
});
