import { Hook, inputsOf, runsOnChange, secretReferences } from '../../release';
import { GroupVersionKind, KubeObject, ObjectRef, describeRef } from '../../vocabulary';
import { Plan, PlanSteps, everyHook } from '../plan';
import { mutexNeeds } from './mutex-needs';
import { Need } from './need';

const POD: GroupVersionKind = { apiVersion: 'v1', kind: 'Pod' };
const SECRET: GroupVersionKind = { apiVersion: 'v1', kind: 'Secret' };
const LEASE: GroupVersionKind = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
const EVENT: GroupVersionKind = { apiVersion: 'v1', kind: 'Event' };
const NAMESPACE: GroupVersionKind = { apiVersion: 'v1', kind: 'Namespace' };

/** What every operation does: it reads and writes the records and the journals, and holds the lock. */
export function releaseNeeds({ release, namespace }: Pick<Plan, 'release' | 'namespace'>): Need[] {
  return [
    // The revisions to come have names that no rule could list.
    { ...SECRET, namespace, verbs: ['get', 'list', 'create', 'update', 'delete'] },
    { ...LEASE, namespace, name: `cdk8s-lifecycle.${release}`, verbs: ['get', 'list', 'watch', 'update', 'delete'] },
    { ...LEASE, namespace, verbs: ['create'] },
  ];
}

function namespaceNeeds({ namespace, settings: { createNamespace } }: PlanSteps): Need[] {
  const look = { ...NAMESPACE, namespace, name: namespace, verbs: ['get'] };
  if (createNamespace) return [look, { ...NAMESPACE, verbs: ['create'] }];
  return [{ ...look, otherwise: 'a namespace that is missing is told by the first request that fails' }];
}

/** A change of such objects is waited for by a watch, which begins with a list. Neither can be kept to a name. */
function watchNeeds({ apiVersion, kind, namespace }: ObjectRef): Need {
  return { apiVersion, kind, namespace, verbs: ['list', 'watch'] };
}

/** What it takes to stop a hook that runs, whether its operation goes on or died. */
export function stopNeeds(ref: ObjectRef): Need[] {
  if (ref.kind !== 'Job' && ref.kind !== 'Pod') return [];
  const patch = { ...ref, verbs: ['patch'], otherwise: 'the verdict on a Job comes up to a second later, and one that must be stopped is deleted, with its logs' };
  return [{ ...ref, verbs: ['get', 'delete'] }, watchNeeds(ref), ...(ref.kind === 'Job' ? [patch] : [])];
}

function hookNeeds({ ref, deletePolicies }: Hook): Need[] {
  const { apiVersion, kind, namespace } = ref;
  // A POST does not say the name in its path, so a rule for it cannot name it either.
  const create = { apiVersion, kind, namespace, verbs: ['create'] };
  if (kind === 'CustomResourceDefinition') return [create, watchNeeds(ref)];
  if (kind === 'Job' || kind === 'Pod') {
    const log = { ...POD, part: 'log', namespace, verbs: ['get'], otherwise: 'the logs of hooks are neither shown nor kept' };
    const events = { ...EVENT, namespace, verbs: ['list', 'watch'], otherwise: 'what keeps the Pods of a hook from being made is not told' };
    return [create, ...stopNeeds(ref), watchNeeds({ ...POD, namespace, name: '' }), log, events];
  }
  return deletePolicies.length === 0 ? [create] : [create, { ...ref, verbs: ['get', 'delete'] }, watchNeeds(ref)];
}

function applyNeeds(ref: ObjectRef, wait: boolean): Need[] {
  // A server-side apply says the name: the API server asks for `create` with it, too (pkg/endpoints/handlers/patch.go, createAuthorizerAttributes).
  const apply = { ...ref, verbs: ['get', 'create', 'patch'] };
  return wait || ref.kind === 'CustomResourceDefinition' ? [apply, watchNeeds(ref)] : [apply];
}

/** The objects that a plan makes. */
export function objectsOf(plan: PlanSteps): KubeObject[] {
  const applied = plan.apply.map(({ resource }) => resource);
  return [...everyHook(plan).map(({ hook }) => hook), ...plan.definitions, ...applied].map(({ object }) => object);
}

/** The Secrets that an object uses are read to mask their values; those of the release's namespace may be read anyhow. */
function maskNeeds(object: KubeObject): Need[] {
  const { namespace } = object.metadata;
  return secretReferences(object).map((name) => ({ ...SECRET, namespace, name, verbs: ['get'], otherwise: `the values of Secret/${name} are not masked` }));
}

/** What a hook uses that runs only when it has changed. Such a hook runs every time where that cannot be read. */
function inputNeeds(hook: Hook): Need[] {
  if (!runsOnChange(hook)) return [];
  const otherwise = `${describeRef(hook.ref)} runs each time, whether anything has changed or not`;
  return inputsOf(hook, hook.ref.namespace).map((ref) => ({ ...ref, verbs: ['get'], otherwise }));
}

/** What hooks have left goes with the release: their Jobs and Pods, other objects only on request. */
export function leftoverNeeds(hooks: readonly Hook[], { deleteHookObjects }: Pick<Plan['settings'], 'deleteHookObjects'>): Need[] {
  const goes = ({ ref: { kind } }: Hook) => kind === 'Job' || kind === 'Pod' || deleteHookObjects;
  return hooks.filter(goes).map(({ ref }) => ({ ...ref, verbs: ['delete'], otherwise: 'what hooks have made stays after an uninstall' }));
}

/**
 * What the engine does to make a plan happen, by kinds.
 *
 * @param leaves hooks whose objects go with the release
 */
export function planNeeds(plan: PlanSteps, leaves: readonly Hook[]): Need[] {
  const { wait, cleanupOnFail } = plan.settings;
  const hooks = everyHook(plan);
  const removed = plan.remove.filter(({ action }) => action === 'delete').map(({ resource }) => resource.ref);
  const cleaned = cleanupOnFail ? plan.apply.filter(({ action }) => action === 'create').map(({ resource }) => resource.ref) : [];
  const awaited = wait && plan.operation === 'uninstall' ? removed : [];
  return [
    ...releaseNeeds(plan),
    ...namespaceNeeds(plan),
    ...hooks.flatMap(({ hook }) => [...hookNeeds(hook), ...(hook.mutex ? mutexNeeds(hook.mutex) : []), ...inputNeeds(hook)]),
    ...plan.definitions.flatMap(({ ref }) => [{ ...ref, name: undefined, verbs: ['create'] }, watchNeeds(ref)]),
    ...plan.apply.flatMap(({ resource }) => applyNeeds(resource.ref, wait)),
    ...[...removed, ...cleaned].map((ref) => ({ ...ref, verbs: ['get', 'delete'] })),
    ...awaited.map(watchNeeds),
    ...leftoverNeeds(leaves, plan.settings),
    ...objectsOf(plan).flatMap(maskNeeds),
  ];
}
