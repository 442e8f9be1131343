import { ApiObject, Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AFTER, DeletePolicyName, HOOK, HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, HOOK_WEIGHT, HookEventName, OutputLogPolicyName } from '../vocabulary';
import { declaredHook, rememberHook } from './hook';
import { Ordering } from './ordering';

/** What a hook is declared to be, with every default in place. */
export interface HookDeclaration {
  readonly events: readonly HookEventName[];
  readonly deletePolicies: readonly DeletePolicyName[];
  readonly logPolicies?: readonly OutputLogPolicyName[];
  readonly weight?: number;
  readonly after?: readonly IConstruct[];
}

/** What Helm would swallow without a word. */
function mistakes({ events, weight, deletePolicies }: HookDeclaration, name: string): string[] {
  const found: string[] = [];
  if (events.length === 0) found.push('the hook names no event, and Helm would drop it. Give it one, such as HookEvent.PRE_UPGRADE.');
  for (const event of new Set(events.filter((each, index) => events.indexOf(each) < index))) {
    found.push(`the hook names the event ${event} twice, and Helm would run it twice. Name it once.`);
  }
  if (weight !== undefined && !Number.isSafeInteger(weight)) {
    found.push(`the hook's weight is ${weight}, and Helm takes what is no integer for 0. Give it an integer.`);
  }
  // A name that Helm makes anew with every revision stands in nobody's way.
  if (!deletePolicies.includes('before-hook-creation') && !name.includes('{{')) {
    const now = deletePolicies.length === 0 ? 'no delete policy' : `only ${deletePolicies.join(', ')}`;
    found.push(`the hook has ${now}, so what is left of one run stands in the way of the next. Add DeletePolicy.BEFORE_HOOK_CREATION.`);
  }
  return found;
}

/** Annotations are resolved at synth, when all dependencies are known. */
function atSynth(produce: () => string | undefined): string {
  return Lazy.any({ produce }) as string;
}

/** Makes an object a hook: its annotations, its place in the order, and the checks at synth. */
export function declareHook(apiObject: ApiObject, declaration: HookDeclaration): void {
  const { events, weight, deletePolicies, logPolicies, after } = declaration;
  const before = declaredHook(apiObject);
  if (before) throw new Error(`${before.construct.node.path} is a hook already (${before.events.join(', ')}), and cannot be made one again (${events.join(', ')})`);

  const ordering = Ordering.of(apiObject);
  const hook = rememberHook({ apiObject, events, weight, after });
  ordering.refresh();

  const { metadata } = apiObject;
  metadata.addAnnotation(HOOK, events.join(','));
  metadata.addAnnotation(HOOK_WEIGHT, atSynth(() => String(ordering.weight(hook))));
  metadata.addAnnotation(HOOK_DELETE_POLICY, deletePolicies.join(','));
  if (logPolicies && logPolicies.length > 0) metadata.addAnnotation(HOOK_OUTPUT_LOG_POLICY, logPolicies.join(','));
  metadata.addAnnotation(AFTER, atSynth(() => ordering.after(hook)));

  hook.construct.node.addValidation({ validate: () => [...mistakes(declaration, apiObject.name), ...ordering.problems(hook)] });
}

/** Says what a hook runs after, in addition to what was said before. */
export function runAfter(apiObject: ApiObject, others: readonly IConstruct[]): void {
  const hook = declaredHook(apiObject);
  if (!hook) throw new Error(`${apiObject.node.path} is no hook`);
  hook.after = [...(hook.after ?? []), ...others];
  Ordering.of(apiObject).refresh();
}
