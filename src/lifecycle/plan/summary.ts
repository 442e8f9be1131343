import { HookEventName, ObjectRef } from '../../vocabulary';
import { ApplyStep, HookStep, OperationName, Plan, RemoveStep } from './plan';

/** A run of a hook, by name. */
export interface HookSummary {
  readonly event: HookEventName;
  readonly weight: number;
  readonly hook: ObjectRef;
}

/** What a plan will do, by the names of the objects: it holds no manifest, so it can be printed and kept without giving a Secret away. */
export interface PlanSummary {
  readonly operation: OperationName;
  readonly release: string;
  readonly namespace: string;
  readonly createNamespace: boolean;
  readonly revision: number;
  readonly from?: number;
  readonly to?: number;
  /** The revision that is deployed now, and stays so if the operation fails. */
  readonly deployed?: number;
  readonly before: readonly HookSummary[];
  readonly apply: readonly { readonly action: ApplyStep['action']; readonly resource: ObjectRef }[];
  readonly remove: readonly { readonly action: RemoveStep['action']; readonly resource: ObjectRef }[];
  readonly after: readonly HookSummary[];
  readonly wait: boolean;
  readonly timeoutSeconds: number;
}

function hookSummary({ event, hook }: HookStep): HookSummary {
  return { event, weight: hook.weight, hook: hook.ref };
}

/** The plan without its manifests. */
export function summarize(plan: Plan): PlanSummary {
  const { operation, release, namespace, createNamespace, revision, from, to, deployed, wait, timeoutSeconds } = plan;
  return {
    operation,
    release,
    namespace,
    createNamespace,
    revision,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(deployed === undefined ? {} : { deployed }),
    before: plan.before.map(hookSummary),
    apply: plan.apply.map(({ action, resource }) => ({ action, resource: resource.ref })),
    remove: plan.remove.map(({ action, resource }) => ({ action, resource: resource.ref })),
    after: plan.after.map(hookSummary),
    wait,
    timeoutSeconds,
  };
}
