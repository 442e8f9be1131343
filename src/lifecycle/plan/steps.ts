import { ApplyStep, HookStep, RemoveStep } from './plan';
import { Hook, Resource, executionOrder, identityIn, isKept } from '../../release';
import { HookEventName } from '../../vocabulary';

/** The runs of an event's hooks, in Helm's order. */
export function hookSteps(hooks: readonly Hook[], event: HookEventName): HookStep[] {
  return executionOrder(hooks, event).map((hook) => ({ event, hook }));
}

/** From the resources of one revision to those of another. */
export interface Difference {
  readonly apply: readonly ApplyStep[];
  readonly remove: readonly RemoveStep[];
}

/** What has to be applied and removed; the old revision's order is the order of removal, as in Helm (pkg/kube/client.go, update). */
export function difference(namespace: string, from: readonly Resource[], to: readonly Resource[]): Difference {
  const identity = ({ ref }: Resource) => identityIn(namespace, ref);
  const old = new Map(from.map((resource) => [identity(resource), resource]));
  const kept = new Set(to.map(identity));
  const action = (resource: Resource): ApplyStep['action'] => {
    const before = old.get(identity(resource));
    if (!before) return 'create';
    return JSON.stringify(before.object) === JSON.stringify(resource.object) ? 'none' : 'change';
  };
  return {
    apply: to.map((resource) => ({ action: action(resource), resource })),
    remove: from.filter((resource) => !kept.has(identity(resource))).map(removal),
  };
}

/** Deletes a resource, unless its manifest says that it stays. */
export function removal(resource: Resource): RemoveStep {
  return { action: isKept(resource.object) ? 'keep' : 'delete', resource };
}
