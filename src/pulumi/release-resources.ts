import * as pulumi from '@pulumi/pulumi';
import { isKept } from '../release';
import { inPlace } from '../tokens';
import { KubeObject, messageOf } from '../vocabulary';
import { creationOrder } from './creation-order';
import { knownNow } from './known-now';
import { late } from './late';
import { Await, managedObject } from './managed-object';
import { isClusterWide, kindOf } from './object-kind';
import { ReleaseObject } from './release-objects';
import { resourceClass } from './resource-class';
import { resourceNames } from './resource-names';
import { RestoredObject, restoreObject } from './restore';

/** What is said of all resources of a release. */
export interface ReleaseResourcesOptions {
  /** The name of the release, with which the names of its resources begin. */
  readonly release: string;
  /** Where objects live that name no namespace. */
  readonly namespace: pulumi.Input<string>;
  /** Until when Pulumi waits for a resource; a definition of a kind is always waited for, and an object that says itself for what keeps that. */
  readonly await: Await;
  /** The component of which the resources are children. */
  readonly parent: pulumi.Resource;
  /** What comes before all of them: the opening bracket. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** A Secret shows nothing, not even what its program did not say is secret. */
function withSecrets(object: KubeObject, restored: RestoredObject): RestoredObject {
  if (kindOf(object) !== 'Secret') return restored;
  const secret = (name: string) => (restored[name] === undefined ? {} : { [name]: pulumi.secret(restored[name]) });
  return { ...restored, ...secret('data'), ...secret('stringData') };
}

/** What keeps an object from being a resource. */
function checkObject(object: KubeObject): void {
  if (object.kind.endsWith('List') && Array.isArray(object.items)) throw new Error('is a list of objects. Give each object of it by itself.');
  if (typeof object.metadata.name !== 'string' || object.metadata.name === '') {
    throw new Error('has no metadata.name, by which Pulumi and the cluster know it. A name that the API server makes up (generateName) is another in every run.');
  }
}

/** Says with which object it went wrong. */
function inObject<T>({ path, object }: ReleaseObject, work: () => T): T {
  try {
    return inPlace(path, work);
  } catch (error) {
    const message = messageOf(error);
    throw new Error(message.startsWith(path) ? message : `${path} (${object.kind}): ${message}`, { cause: error });
  }
}

/**
 * The objects of a release as Pulumi is to manage them, with outputs in the place of tokens, for those who hand them to Pulumi themselves. Without what is
 * said about hooks; but objects that are hooks have to be taken out before.
 *
 * @throws Error that names the object in which something is wrong
 */
export function manifestsOf(objects: readonly ReleaseObject[], options: Pick<ReleaseResourcesOptions, 'namespace' | 'await'>): RestoredObject[] {
  const all = objects.map(({ object }) => object);
  const namespace = late.string(options.namespace, 'the namespace of the release');
  return objects.map((each) => inObject(each, () => {
    checkObject(each.object);
    return withSecrets(each.object, restoreObject(managedObject(each.object, all, { namespace, await: options.await })));
  }));
}

/**
 * Registers the objects of a release, hooks taken out before, as resources of `@pulumi/kubernetes`: one an object, children of the component, each behind
 * what it comes after.
 *
 * @returns the resources in the order of the objects
 * @throws Error that names the object in which something is wrong
 */
export function registerResources(objects: readonly ReleaseObject[], options: ReleaseResourcesOptions): pulumi.CustomResource[] {
  const all = objects.map(({ object }) => object);
  const manifests = new Map(manifestsOf(objects, options).map((manifest, index) => [objects[index], manifest]));
  const names = resourceNames(objects, { ...options, isClusterWide: (object) => isClusterWide(object, all) });
  const resources = new Map<ReleaseObject, pulumi.CustomResource>();
  for (const { object: each, after } of creationOrder(objects)) {
    const Resource = resourceClass(each.object);
    resources.set(each, inObject(each, () => new Resource(names.get(each)!, manifests.get(each)!, {
      parent: options.parent,
      dependsOn: [...options.dependsOn, ...after.map((other) => resources.get(other)!)],
      ...(isKept(knownNow(each.object)) ? { retainOnDelete: true } : {}),
    })));
  }
  return objects.map((each) => resources.get(each)!);
}
