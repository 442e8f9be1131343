import { HOOK_WEIGHT, badWeight as mistakes } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate } from '../subject';

/** A weight that is no integer. */
export const badWeight = hookRule({
  id: 'bad-weight',
  severity: 'error',
  title: 'A weight that is no integer',
  why: 'Helm takes what it cannot read for 0, so the hooks run in another order than the one that was meant.',
  check: ({ annotations }) => (isTemplate(annotations[HOOK_WEIGHT]) ? [] : mistakes(annotations)),
});
