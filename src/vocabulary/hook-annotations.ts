import { AFTER, ALWAYS, HOOK, HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, HOOK_WEIGHT, TIMEOUT } from './annotations';
import { goDurationSeconds } from './go-duration';
import { HookEventName, hookEvent } from './hook-events';
import { DELETE_POLICIES, DeletePolicyName, OUTPUT_LOG_POLICIES, OutputLogPolicyName } from './hook-policies';

/** Annotations as Helm reads them: every value a string. */
export type Annotations = Readonly<Record<string, string>>;

/** The words of a list annotation: Helm splits at commas, trims and lower-cases. */
export function words(value: string | undefined): string[] {
  return value === undefined ? [] : value.split(',').map((word) => word.trim().toLowerCase());
}

/** Words that were read, and those that nobody knows. */
export interface Reading<T> {
  readonly known: readonly T[];
  readonly unknown: readonly string[];
}

function read<T>(value: string | undefined, lookup: (word: string) => T | undefined): Reading<T> {
  const known: T[] = [];
  const unknown: string[] = [];
  for (const word of words(value)) {
    const meaning = lookup(word);
    if (meaning === undefined) unknown.push(word);
    else known.push(meaning);
  }
  return { known, unknown };
}

/** The events of `helm.sh/hook`; an object without the annotation is no hook and has none. */
export function readEvents(annotations: Annotations): Reading<HookEventName> {
  return read(annotations[HOOK], hookEvent);
}

/** The policies of `helm.sh/hook-delete-policy`; where the annotation is absent, none. */
export function readDeletePolicies(annotations: Annotations): Reading<DeletePolicyName> {
  return read(annotations[HOOK_DELETE_POLICY], (word) => DELETE_POLICIES.find((policy) => policy === word));
}

/** The policies of `helm.sh/hook-output-log-policy`. */
export function readOutputLogPolicies(annotations: Annotations): Reading<OutputLogPolicyName> {
  return read(annotations[HOOK_OUTPUT_LOG_POLICY], (word) => OUTPUT_LOG_POLICIES.find((policy) => policy === word));
}

/**
 * The weight of a hook, 0 where the annotation is absent, nothing where it is no integer.
 *
 * Helm parses with strconv.Atoi: a sign and decimal digits, no space, at most 64 bits; what does not parse it takes for 0.
 */
export function readWeight(annotations: Annotations): number | undefined {
  const value = annotations[HOOK_WEIGHT];
  if (value === undefined) return 0;
  if (!/^[+-]?[0-9]+$/.test(value)) return undefined;
  const weight = Number(value) + 0; // Go has no -0
  return Number.isSafeInteger(weight) ? weight : undefined;
}

/** How long the runner waits for a hook, in seconds: nothing where the annotation is absent, NaN where it is no duration above zero. */
export function readTimeout(annotations: Annotations): number | undefined {
  const value = annotations[TIMEOUT];
  return value === undefined ? undefined : goDurationSeconds(value) || NaN;
}

/** Whether a hook runs in any case: nothing where the annotation is absent, or says neither yes nor no. */
export function readAlways(annotations: Annotations): boolean | undefined {
  const value = annotations[ALWAYS];
  return value === 'true' || value === 'false' ? value === 'true' : undefined;
}

/** The hooks that run before one because somebody said so, as `Kind/name`; nothing where nobody said anything. */
export function readAfter(annotations: Annotations): readonly string[] | undefined {
  return annotations[AFTER]?.split(',').map((name) => name.trim()).filter((name) => name !== '');
}
