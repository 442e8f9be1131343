import { KubeObject, ObjectRef, RESOURCE_POLICY } from '../vocabulary';

/** A manifest that is part of the release itself, not a hook. */
export interface Resource {
  /** Which object; its namespace as written, absent where the release's own is meant. */
  readonly ref: ObjectRef;
  readonly object: KubeObject;
  /** The document as it was written. */
  readonly text: string;
  /** The file it came from. */
  readonly path: string;
}

/** Whether the object stays in the cluster when the release no longer holds it. */
export function isKept(object: KubeObject): boolean {
  return object.metadata.annotations?.[RESOURCE_POLICY]?.trim().toLowerCase() === 'keep';
}

/** Whether an uninstall leaves the object: it does for any resource policy, whatever the word (pkg/action/resource_policy.go). */
export function everyPolicyKeeps({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[RESOURCE_POLICY] !== undefined;
}

/** Whether the manifest is a definition of a chart's crds/ folder: with one goes every object of its kind in the cluster, so Helm never deletes them. */
export function isDefinition({ ref, path, text }: Resource): boolean {
  return ref.kind === 'CustomResourceDefinition' && (/(^|\/)crds\//.test(path) || /^# Source: .*\/crds\//.test(text));
}

/**
 * What makes two manifests of one release the same object.
 *
 * The version is no part of it; and an absent namespace means the release's own, as far as the kind has one at all.
 */
export function identityIn(releaseNamespace: string, ref: ObjectRef): string {
  const slash = ref.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : ref.apiVersion.slice(0, slash);
  return [group, ref.kind, ref.namespace ?? releaseNamespace, ref.name].join('|');
}
