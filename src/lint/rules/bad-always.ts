import { ALWAYS, HOOK, badAlways as mistakes } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A hook that is said to run in any case, and cannot. */
export const badAlways = hookRule({
  id: 'bad-always',
  severity: 'error',
  title: 'A hook that is said to run in any case, and cannot',
  why: '`cdk8s-lifecycle` refuses the release: what runs before anything has happened cannot run although something has failed.',
  check: ({ annotations }) => (isTemplate(annotations[ALWAYS]) || isTemplate(annotations[HOOK]) ? [] : mistakes(annotations)),
});
