import { ALWAYS, HOOK, HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, HOOK_WEIGHT, MUTEX, RETRY, RUN_ON, TIMEOUT } from './annotations';
import { closest } from './closest';
import { FieldPath, annotationPath } from './field-path';
import { Annotations, readAlways, readDeletePolicies, readEvents, readOutputLogPolicies, readTimeout, readWeight } from './hook-annotations';
import { HOOK_EVENTS, isPostEvent } from './hook-events';
import { DELETE_POLICIES, OUTPUT_LOG_POLICIES } from './hook-policies';
import { readMutex } from './mutex';
import { readRetry } from './retry';
import { readRunOn } from './run-on';

/** Something that is wrong with an object, and what to do about it. */
export interface Mistake {
  readonly message: string;
  readonly remedy: string;
  /** The field that is wrong, or that is missing; absent where it is the object as a whole. */
  readonly path?: FieldPath;
}

function unknownWords(key: string, unknown: readonly string[], known: readonly string[], consequence: string): Mistake[] {
  return unknown.map((word) => {
    const guess = closest(word, known);
    return {
      message: `${key} names "${word}", which Helm does not know (${consequence})`,
      remedy: guess ? `Did you mean "${guess}"?` : `Known are ${known.join(', ')}.`,
      path: annotationPath(key),
    };
  });
}

/** Words of `helm.sh/hook` that are no events. */
export function unknownEvents(annotations: Annotations): Mistake[] {
  return unknownWords(HOOK, readEvents(annotations).unknown, HOOK_EVENTS, 'it would drop the whole object without a word');
}

/** Words of `helm.sh/hook-delete-policy` that are no policies. */
export function unknownDeletePolicies(annotations: Annotations): Mistake[] {
  return unknownWords(HOOK_DELETE_POLICY, readDeletePolicies(annotations).unknown, DELETE_POLICIES, 'it would then never delete the object');
}

/** Words of `helm.sh/hook-output-log-policy` that are no policies. */
export function unknownLogPolicies(annotations: Annotations): Mistake[] {
  return unknownWords(HOOK_OUTPUT_LOG_POLICY, readOutputLogPolicies(annotations).unknown, OUTPUT_LOG_POLICIES, 'it would ignore it');
}

/** A `helm.sh/hook-weight` that Helm cannot read. */
export function badWeight(annotations: Annotations): Mistake[] {
  if (readWeight(annotations) !== undefined) return [];
  return [{ message: `${HOOK_WEIGHT} is "${annotations[HOOK_WEIGHT]}", not an integer (Helm would take it for 0)`, remedy: 'Write an integer in quotes, such as "-5".', path: annotationPath(HOOK_WEIGHT) }];
}

/** A `cdk8s-lifecycle/timeout` that is no duration. */
export function badTimeout(annotations: Annotations): Mistake[] {
  if (!Number.isNaN(readTimeout(annotations))) return [];
  return [{ message: `${TIMEOUT} is "${annotations[TIMEOUT]}", not a duration above zero`, remedy: 'Write one such as "90s", "5m" or "1h30m".', path: annotationPath(TIMEOUT) }];
}

/** A `cdk8s-lifecycle/retry` that cannot be read. */
export function badRetry(annotations: Annotations): Mistake[] {
  const retry = readRetry(annotations);
  if (retry === undefined || !('unreadable' in retry)) return [];
  return [{
    message: `${RETRY} is "${annotations[RETRY]}": ${retry.unreadable}`,
    remedy: 'Write it as "attempts=3", "attempts=3,backoff=2s" or "attempts=3,backoff=2s,on=1|75".',
    path: annotationPath(RETRY),
  }];
}

/** A `cdk8s-lifecycle/mutex` that cannot be read. */
export function badMutex(annotations: Annotations): Mistake[] {
  const mutex = readMutex(annotations);
  if (mutex === undefined || !('unreadable' in mutex)) return [];
  return [{
    message: `${MUTEX} is "${annotations[MUTEX]}": ${mutex.unreadable}`,
    remedy: 'Write a name such as "orders-db", or with the namespace of its Lease "shared/orders-db".',
    path: annotationPath(MUTEX),
  }];
}

/** A `cdk8s-lifecycle/always` that is neither yes nor no, or on a hook that runs before its operation has done anything. */
export function badAlways(annotations: Annotations): Mistake[] {
  const value = annotations[ALWAYS];
  if (value === undefined) return [];
  const always = readAlways(annotations);
  if (always === undefined) {
    return [{ message: `${ALWAYS} is "${value}", neither "true" nor "false"`, remedy: 'Write "true", in quotes, or remove the annotation.', path: annotationPath(ALWAYS) }];
  }
  if (always && annotations[RUN_ON] !== undefined) {
    const message = `${ALWAYS} is "true" on a hook that is passed over where nothing has changed (${RUN_ON})`;
    return [{ message, remedy: 'Leave out one of the two.', path: annotationPath(ALWAYS) }];
  }
  const { known, unknown } = readEvents(annotations);
  if (!always || unknown.length > 0 || known.some(isPostEvent)) return [];
  return [{
    message: `${ALWAYS} is "true" on a hook of ${known.join(', ')}: only hooks of a post-event can run in any case`,
    remedy: 'Give it the event that ends the operation, such as post-upgrade; for a hook that runs when the operation has failed, on-failure, and no annotation.',
    path: annotationPath(ALWAYS),
  }];
}

/** A `cdk8s-lifecycle/run-on` or `cdk8s-lifecycle/mutable-tags` that cannot be read. */
export function badRunOn(annotations: Annotations): Mistake[] {
  const runOn = readRunOn(annotations);
  if (runOn === undefined || !('unreadable' in runOn)) return [];
  const { unreadable, key, known, isMeant } = runOn;
  return [{
    message: `${key} is "${unreadable}", which means nothing`,
    remedy: isMeant ? `Did you mean "${known}"?` : `Write "${known}", or leave it out.`,
    path: annotationPath(key),
  }];
}

/** Annotations or labels that are no strings: the API server refuses them, and Helm finds out halfway through a release. */
export function nonStrings(field: 'annotations' | 'labels', map: object): Mistake[] {
  return Object.entries(map)
    .filter(([, value]) => typeof value !== 'string')
    .map(([key, value]) => ({
      message: `metadata.${field}["${key}"] is ${value === null ? 'null' : typeof value === 'object' ? 'a map or a list' : `a ${typeof value}`}, not a string`,
      remedy: `Quote it: ${key}: "${typeof value === 'object' ? '' : String(value)}"`,
      path: ['metadata', field, key],
    }));
}
