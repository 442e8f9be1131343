import { LINT_IGNORE, Mistake, annotationPath, closest } from '../vocabulary';
import { Subject, isTemplate } from './subject';

/** The rules that an object may break, and what is wrong with how it says so. */
export interface Ignore {
  readonly rules: ReadonlySet<string>;
  readonly mistakes: readonly Mistake[];
}

const FORM = 'Write it as "rule: reason", with ";" between two of them.';

/** Reads the annotation by which an object may break rules: `rule: reason; other: reason`. A rule without a reason is not ignored. */
export function ignoreOf({ annotations }: Subject, known: readonly string[]): Ignore {
  const rules = new Set<string>();
  const mistakes: Mistake[] = [];
  const tell = (message: string, remedy: string) => mistakes.push({ message, remedy, path: annotationPath(LINT_IGNORE) });
  const value = annotations[LINT_IGNORE];
  if (isTemplate(value)) return { rules, mistakes };
  if (value === undefined) return { rules, mistakes };
  const parts = value.split(';').map((part) => part.trim()).filter((part) => part !== '');
  if (parts.length === 0) tell(`${LINT_IGNORE} names no rule`, `${FORM} Or remove it.`);
  for (const part of parts) {
    const [, rule, reason] = /^([^:\s]+)(?:\s*:\s*(.*))?$/s.exec(part) ?? [];
    if (rule === undefined) {
      tell(`${LINT_IGNORE} holds ${JSON.stringify(part)}, which is no rule with a reason`, FORM);
    } else if (!known.includes(rule)) {
      const guess = closest(rule, known);
      tell(`${LINT_IGNORE} names the rule "${rule}", which does not exist`, guess ? `Did you mean "${guess}"?` : FORM);
    } else if (!reason) {
      tell(`${LINT_IGNORE} ignores ${rule} without a reason`, `Say why: "${rule}: the reason".`);
    } else {
      rules.add(rule);
    }
  }
  return { rules, mistakes };
}
