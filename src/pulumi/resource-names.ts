import * as pulumi from '@pulumi/pulumi';
import { isToken, partsOf } from '../tokens';
import { KubeObject } from '../vocabulary';
import { kindOf } from './object-kind';
import { ReleaseObject } from './release-objects';

/** What names depend on. */
export interface NamingOptions {
  readonly release: string;
  readonly namespace: pulumi.Input<string>;
  readonly isClusterWide: (object: KubeObject) => boolean;
}

/** Where an object lives, as far as that tells it from others. */
function placeOf(object: KubeObject, { namespace, isClusterWide }: NamingOptions): pulumi.Input<string> {
  return isClusterWide(object) ? '' : (object.metadata.namespace ?? namespace);
}

function isKnown(text: string): boolean {
  return !partsOf(text).some(isToken);
}

/**
 * The name of an object among those of its kind: with its namespace if that is known and another than the release's. Whether a program says the
 * release's namespace, leaves it out, or knows it only later makes no difference: Pulumi would replace one resource by the other, and with the old one
 * delete the object of both.
 */
function nameAmongKind({ object, path }: ReleaseObject, options: NamingOptions): string {
  const name = object.metadata.name!;
  const place = placeOf(object, options);
  if (!isKnown(name)) return path;
  return typeof place !== 'string' || place === '' || place === options.namespace || !isKnown(place) ? name : `${place}/${name}`;
}

/**
 * What Pulumi calls the objects of a release: `<release>:<name>` or `<release>:<namespace>/<name>`, as pulumi-kubernetes names those of a ConfigGroup; by
 * the path of the construct where the name is known later, or is that of another object already. The kind need not be in it, as it is in the URN.
 *
 * @throws Error if one object is there twice
 */
export function resourceNames(objects: readonly ReleaseObject[], options: NamingOptions): ReadonlyMap<ReleaseObject, string> {
  const names = new Map<ReleaseObject, string>();
  const taken = new Map<string, ReleaseObject>();
  for (const each of objects) {
    const urn = (name: string) => `${kindOf(each.object)}::${name}`;
    const short = nameAmongKind(each, options);
    const other = taken.get(urn(short));
    if (other && placeOf(other.object, options) === placeOf(each.object, options)) {
      throw new Error(`${each.path}: ${each.object.kind} ${short} is the same object as ${other.path}. Give one of the two another name, or remove it.`);
    }
    const name = other ? each.path : short;
    taken.set(urn(name), each);
    names.set(each, `${options.release}:${name}`);
  }
  return names;
}
