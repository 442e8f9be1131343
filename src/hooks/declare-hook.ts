import { ApiObject, Chart, Duration, Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';
import {
  AFTER, ALWAYS, DeletePolicyName, HOOK, HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, HOOK_WEIGHT, HookEventName, MUTABLE_TAGS, MUTEX,
  OutputLogPolicyName, RETRY, RUN_ON, TIMEOUT, isPostEvent,
} from '../vocabulary';
import { goDuration } from './go-duration';
import { declaredHook, knownBy, rememberHook } from './hook';
import { HookLint } from './hook-lint';
import { HookRetry } from './hook-retry';
import { MutableTags } from './mutable-tags';
import { mutexAnnotation } from './mutex-annotation';
import { Ordering } from './ordering';
import { retryAnnotation } from './retry-annotation';
import { RunOn } from './run-on';

/** What a hook is declared to be, with every default in place. */
export interface HookDeclaration {
  readonly events: readonly HookEventName[];
  readonly deletePolicies: readonly DeletePolicyName[];
  readonly logPolicies?: readonly OutputLogPolicyName[];
  readonly timeout?: Duration;
  readonly retry?: HookRetry;
  readonly mutex?: string;
  readonly runOn?: RunOn;
  readonly mutableTags?: MutableTags;
  readonly always?: boolean;
  readonly weight?: number;
  readonly after?: readonly IConstruct[];
}

/** Annotations are resolved at synth, when all dependencies are known. */
function atSynth(produce: () => string | undefined): string {
  return Lazy.any({ produce }) as string;
}

/** What runs in any case has an event at which something can have failed before it, and is never passed over. */
function checkAlways(apiObject: ApiObject, { events, runOn }: HookDeclaration): void {
  const { path } = knownBy(apiObject).node;
  if (!events.some(isPostEvent)) throw new Error(`${path} is a hook of ${events.join(', ')}, and cannot run in any case: give it a post-event, or leave out always`);
  if (runOn !== undefined) throw new Error(`${path} runs in any case, and only where something has changed: leave out always or runOn`);
}

/** Makes an object a hook: its annotations, its place in the order, and the checks at synth. */
export function declareHook(apiObject: ApiObject, declaration: HookDeclaration): void {
  const { events, weight, deletePolicies, logPolicies, timeout, retry, mutex, runOn, mutableTags, always, after } = declaration;
  const before = declaredHook(apiObject);
  if (before) throw new Error(`${before.construct.node.path} is a hook already (${before.events.join(', ')}), and cannot be made one again (${events.join(', ')})`);
  if (always) checkAlways(apiObject, declaration);

  const ordering = Ordering.of(apiObject);
  const hook = rememberHook({ apiObject, events, weight, after });
  ordering.refresh();

  const { metadata } = apiObject;
  metadata.addAnnotation(HOOK, events.join(','));
  metadata.addAnnotation(HOOK_WEIGHT, atSynth(() => String(ordering.weight(hook))));
  metadata.addAnnotation(HOOK_DELETE_POLICY, deletePolicies.join(','));
  if (logPolicies && logPolicies.length > 0) metadata.addAnnotation(HOOK_OUTPUT_LOG_POLICY, logPolicies.join(','));
  if (timeout) metadata.addAnnotation(TIMEOUT, goDuration(timeout));
  if (retry) metadata.addAnnotation(RETRY, retryAnnotation(retry));
  if (mutex !== undefined) metadata.addAnnotation(MUTEX, mutexAnnotation(mutex));
  if (runOn !== undefined) metadata.addAnnotation(RUN_ON, runOn);
  if (mutableTags !== undefined) metadata.addAnnotation(MUTABLE_TAGS, mutableTags);
  if (always) metadata.addAnnotation(ALWAYS, 'true');
  metadata.addAnnotation(AFTER, atSynth(() => ordering.after(hook)));

  hook.construct.node.addValidation({ validate: () => [...ordering.problems(hook)] });
  HookLint.addTo(Chart.of(apiObject));
}

/** Says what a hook runs after, in addition to what was said before. */
export function runAfter(apiObject: ApiObject, others: readonly IConstruct[]): void {
  const hook = declaredHook(apiObject);
  if (!hook) throw new Error(`${apiObject.node.path} is no hook`);
  hook.after = [...(hook.after ?? []), ...others];
  Ordering.of(apiObject).refresh();
}
