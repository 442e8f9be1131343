import { ignoreOf } from '../ignore';
import { Rule } from '../rule';

/** A rule is ignored without a reason, or does not exist. */
export const badIgnore: Rule = {
  id: 'bad-ignore',
  severity: 'error',
  title: 'A rule is ignored without a reason, or does not exist',
  why: 'Whoever comes next must see why a mistake is none here; and what is misspelt ignores nothing.',
  check: (subject, { rules }) => ignoreOf(subject, rules).mistakes,
};
