import { ApiObject, Duration } from 'cdk8s';
import { withSamples } from '../tokens';
import {
  Annotations, DEFAULT_DELETE_POLICIES, HOOK, HOOK_DELETE_POLICY, MUTEX, readAlways, readDeletePolicies, readEvents, readMutex, readOutputLogPolicies,
  readRetry, readRunOn, readTimeout, readWeight,
} from '../vocabulary';
import { DeletePolicy } from './delete-policy';
import { HelmHookDescription } from './helm-hook-description';
import { HookEvent } from './hook-event';
import { MutableTags } from './mutable-tags';
import { OutputLogPolicy } from './output-log-policy';
import { hookRetry } from './retry-annotation';
import { RunOn } from './run-on';

/** The member of an enum that has this value: the enums spell the words of the vocabulary. */
function members<T extends string>(values: Readonly<Record<string, T>>, names: readonly string[]): T[] {
  return names.flatMap((name) => Object.values(values).find((value) => value === name) ?? []);
}

/** Reads an object's annotations as Helm does, values as their defaults; nothing for an object that is no hook. */
export function describeHook(apiObject: ApiObject): HelmHookDescription | undefined {
  const { metadata } = withSamples(apiObject.toJson()) as { readonly metadata?: { readonly annotations?: Annotations } };
  const annotations = metadata?.annotations ?? {};
  if (annotations[HOOK] === undefined) return undefined;
  const policies = annotations[HOOK_DELETE_POLICY] === undefined ? DEFAULT_DELETE_POLICIES : readDeletePolicies(annotations).known;
  const seconds = readTimeout(annotations) || undefined; // what is no duration is left out
  const retry = readRetry(annotations); // the same
  const mutex = readMutex(annotations);
  const runOn = readRunOn(annotations);
  return {
    events: members(HookEvent, readEvents(annotations).known),
    weight: readWeight(annotations) ?? 0,
    deletePolicies: members(DeletePolicy, policies),
    logPolicies: members(OutputLogPolicy, readOutputLogPolicies(annotations).known),
    ...(seconds === undefined ? {} : { timeout: Duration.millis(Math.round(seconds * 1000)) }),
    ...(retry && 'attempts' in retry ? { retry: hookRetry(retry) } : {}),
    ...(mutex && 'name' in mutex ? { mutex: annotations[MUTEX] } : {}),
    ...(runOn && 'on' in runOn ? { runOn: RunOn.CHANGE, ...(runOn.mutableTags ? { mutableTags: MutableTags.TRUST } : {}) } : {}),
    ...(readAlways(annotations) ? { always: true } : {}),
  };
}
