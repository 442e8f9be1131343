import { HookEventName, Mutex, ObjectRef, OutputLogPolicyName, RetryPolicy } from '../../vocabulary';
import { IdleHook, WaitReason, idleHooksOf, waitReasonsOf } from './placement';
import { ApplyStep, HookStep, Plan, PlanHead, PlanSteps, RemoveStep, Skip, runsAlways } from './plan';

/** A run of a hook, by name. */
export interface HookSummary {
  readonly event: HookEventName;
  readonly weight: number;
  readonly hook: ObjectRef;
  /** How long it is waited for; absent where the timeout of the plan counts. */
  readonly timeoutSeconds?: number;
  /** When it is run once more after it failed; absent where it never is. */
  readonly retry?: RetryPolicy;
  /** What it must not do beside hooks of other releases; absent where it may run beside any. */
  readonly mutex?: Mutex;
  /** The hooks that it waits for, by their places in the list; absent where it is the one before it. */
  readonly waitsFor?: readonly number[];
  /** Why it waits for them; absent for the first of an event. */
  readonly because?: WaitReason;
  /** After which outcomes Helm prints its logs; absent where after none. */
  readonly outputLogPolicies?: readonly OutputLogPolicyName[];
  /** Whether it runs in any case, also when the operation has failed before it; absent where it does not. */
  readonly always?: true;
  /** Why it does not run; absent where it does. */
  readonly skip?: Skip;
  /** Why it runs, where it would be passed over if nothing had changed. */
  readonly runsBecause?: string;
}

/** What a plan will do, by the names of the objects: it holds no manifest, so it can be printed and kept without giving a Secret away. */
export interface PlanSummary extends PlanHead {
  readonly definitions: readonly ObjectRef[];
  readonly before: readonly HookSummary[];
  readonly apply: readonly (Pick<ApplyStep, 'action' | 'fields'> & { readonly resource: ObjectRef })[];
  readonly remove: readonly { readonly action: RemoveStep['action']; readonly resource: ObjectRef }[];
  readonly after: readonly HookSummary[];
  /** Hooks that run only if it fails; then those follow that run in any case. */
  readonly afterFailure: readonly HookSummary[];
  /** Hooks of the release that belong to other events; absent where there are none. */
  readonly idle?: readonly IdleHook[];
}

function hookSummary(step: HookStep, because?: WaitReason): HookSummary {
  const { event, hook, waitsFor, skip, runsBecause } = step;
  const { weight, ref, timeoutSeconds, retry, mutex, outputLogPolicies } = hook;
  return {
    event,
    weight,
    hook: ref,
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(retry === undefined ? {} : { retry }),
    ...(mutex === undefined ? {} : { mutex }),
    ...(waitsFor === undefined ? {} : { waitsFor }),
    ...(because === undefined ? {} : { because }),
    ...(outputLogPolicies.length === 0 ? {} : { outputLogPolicies }),
    ...(runsAlways(step) ? { always: true } : {}),
    ...(skip === undefined ? {} : { skip }),
    ...(runsBecause === undefined ? {} : { runsBecause }),
  };
}

function hookSummaries(steps: readonly HookStep[]): HookSummary[] {
  const reasons = waitReasonsOf(steps);
  return steps.map((step, place) => hookSummary(step, reasons[place]));
}

function idleHooks(plan: Partial<Plan> & PlanSteps): Pick<PlanSummary, 'idle'> {
  const idle = plan.record ? idleHooksOf({ ...plan, record: plan.record }) : [];
  return idle.length === 0 ? {} : { idle };
}

/** The plan without its manifests, and without what would tell whether two Secrets are the same. */
export function summarize(plan: PlanSteps): PlanSummary {
  const { record: _record, supersede: _supersede, forget: _forget, successes: _successes, ...steps } = plan as Partial<Plan> & PlanSteps;
  return {
    ...steps,
    definitions: plan.definitions.map(({ ref }) => ref),
    before: hookSummaries(plan.before),
    apply: plan.apply.map(({ resource, ...step }) => ({ ...step, resource: resource.ref })),
    remove: plan.remove.map(({ action, resource }) => ({ action, resource: resource.ref })),
    after: hookSummaries(plan.after),
    afterFailure: hookSummaries(plan.afterFailure),
    ...idleHooks(plan),
  };
}
