import { History, Hook, Resource, deployedOf, executionOrder, identityIn, isKept, lastOf, recordedContent } from '../../release';
import { HookEventName, describeRef, readAfter, toJson } from '../../vocabulary';
import { changedFields } from './changed-fields';
import { ApplyStep, HookStep, RemoveStep } from './plan';
import { PlanSettings } from './plan-settings';
import { OrderedHook, waitsOf } from './waits';

/** The runs of an event's hooks, in Helm's order; none where hooks are switched off. */
export function hookSteps(settings: Pick<PlanSettings, 'hooks'>, hooks: readonly Hook[], event: HookEventName): HookStep[] {
  return settings.hooks ? inOrder(executionOrder(hooks, event).map((hook) => ({ event, hook }))) : [];
}

function usualWait(place: number): readonly number[] {
  return place === 0 ? [] : [place - 1];
}

/** The steps with what each of them waits for, as their hooks declare it. */
export function inOrder(steps: readonly HookStep[]): HookStep[] {
  const declared = steps.map(({ event, hook: { ref, object } }): OrderedHook => {
    const after = readAfter(object.metadata.annotations ?? {});
    return { event, name: describeRef(ref), ...(after === undefined ? {} : { after }) };
  });
  return waitsOf(declared).map((waitsFor, place) => {
    const { waitsFor: _before, ...step } = steps[place];
    return toJson(waitsFor) === toJson(usualWait(place)) ? step : { ...step, waitsFor };
  });
}

/** The hooks that each of the steps waits for, by their places. */
export function waitsForOf(steps: readonly Pick<HookStep, 'waitsFor'>[]): (readonly number[])[] {
  return steps.map(({ waitsFor }, place) => waitsFor ?? usualWait(place));
}

/** From the resources of one revision to those of another. */
export interface Difference {
  readonly apply: readonly ApplyStep[];
  readonly remove: readonly RemoveStep[];
}

/**
 * What has to be applied and removed to get from what may be in the cluster to the resources of a revision.
 *
 * The old order is the order of removal, as in Helm (pkg/kube/client.go, update).
 *
 * @param from the resources of every revision that may have left some, oldest first
 */
export function difference(namespace: string, from: readonly (readonly Resource[])[], to: readonly Resource[]): Difference {
  const identity = ({ ref }: Resource) => identityIn(namespace, ref);
  const byIdentity = from.map((resources) => new Map(resources.map((resource) => [identity(resource), resource])));
  const wanted = new Set(to.map(identity));
  const step = (resource: Resource): ApplyStep => {
    const before = byIdentity.map((revision) => revision.get(identity(resource)));
    if (before.every((each) => each === undefined)) return { action: 'create', resource };
    if (before.every((each) => each && toJson(each.object) === toJson(resource.object))) return { action: 'none', resource };
    const fields = changedFields(before.filter((each) => each !== undefined).at(-1)!.object, resource.object);
    return { action: 'change', resource, ...(fields.length === 0 ? {} : { fields }) };
  };
  return {
    apply: to.map(step),
    remove: everyResource(namespace, from).filter((resource) => !wanted.has(identity(resource))).map(removal),
  };
}

/** Each resource once, as the newest revision has it, in the order in which they first came. */
export function everyResource(namespace: string, revisions: readonly (readonly Resource[])[]): Resource[] {
  const resources = new Map<string, Resource>();
  for (const resource of revisions.flat()) resources.set(identityIn(namespace, resource.ref), resource);
  return [...resources.values()];
}

/**
 * The resources that may be in the cluster, revision by revision: those of the deployed one (or, if none is, the last that was), and of all that were tried since.
 *
 * Helm looks at one revision only, and so loses for good what another one left behind.
 */
export function resourcesInCluster(history: History): (readonly Resource[])[] {
  if (lastOf(history)?.info.status === 'uninstalled') return [];
  const base = deployedOf(history) ?? history.filter(({ record }) => record.info.status === 'superseded').at(-1)?.record;
  return history.filter(({ record }) => record.version >= (base?.version ?? 0)).map(({ record }) => recordedContent(record).resources);
}

/** Deletes a resource, unless its manifest says that it stays. */
export function removal(resource: Resource): RemoveStep {
  return { action: isKept(resource.object) ? 'keep' : 'delete', resource };
}
