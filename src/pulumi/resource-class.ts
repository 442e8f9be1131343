import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { GroupVersionKind, isMap, valueAt } from '../vocabulary';
import type { RestoredObject } from './restore';

/** A class whose instances are objects of a cluster. */
export type ResourceClass = new (name: string, object: RestoredObject, opts?: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** Modules beside those of the groups of the API: their classes are no objects of a cluster. */
const NO_GROUPS = ['helm', 'kustomize', 'meta', 'types', 'yaml'];

/** The classes of a version of a group. Modules are named by the first word of the group: `rbac` is rbac.authorization.k8s.io. */
function classesOf(group: string, version: string): Readonly<Record<string, unknown>> {
  const [module] = group.split('.');
  const versions = NO_GROUPS.includes(module) ? undefined : valueAt(k8s as unknown as Record<string, unknown>, module);
  const classes = isMap(versions) ? valueAt(versions, version) : undefined;
  return isMap(classes) ? classes : {};
}

/** Whether a class is of a list of objects, or of a patch of an object that somebody else made. */
function isDerived(kind: string, classes: Readonly<Record<string, unknown>>): boolean {
  const base = /^(.+)(?:List|Patch)$/.exec(kind)?.[1];
  return base !== undefined && typeof valueAt(classes, base) === 'function';
}

/**
 * The class of `@pulumi/kubernetes` for a kind. A class of its own knows the names that the kind had in earlier versions of the API, so that an object
 * which moves from one to the next is not replaced; `CustomResource` is for the rest.
 */
export function resourceClass({ apiVersion, kind }: GroupVersionKind): ResourceClass {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const classes = classesOf(group, version);
  const found = valueAt(classes, kind) as (ResourceClass & { readonly __pulumiType?: string }) | undefined;
  const isThis = found?.__pulumiType === `kubernetes:${group}/${version}:${kind}`;
  return isThis && !isDerived(kind, classes) ? found : (k8s.apiextensions.CustomResource as unknown as ResourceClass);
}
