import { Mistake } from '../vocabulary';
import { HookSubject, LintedRelease, Subject, isHook } from './subject';

/** How much a finding weighs: an error is certain to go wrong, a warning goes wrong in time. */
export type Severity = 'error' | 'warning';

/** One thing that lint knows to go wrong. */
export interface Rule {
  /** Its name, which never changes: people write it into annotations. */
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, in a few words. */
  readonly title: string;
  /** What happens if nobody mends it. */
  readonly why: string;
  /** What is wrong with an object. */
  check(subject: Subject, release: LintedRelease): readonly Mistake[];
}

/** A rule, as it is written down where only hooks can break it. */
export interface HookRule extends Omit<Rule, 'check'> {
  check(hook: HookSubject, release: LintedRelease): readonly Mistake[];
}

/** A rule that looks at hooks, and at nothing else. */
export function hookRule({ check, ...rule }: HookRule): Rule {
  return { ...rule, check: (subject, release) => (isHook(subject) ? check(subject, release) : []) };
}
