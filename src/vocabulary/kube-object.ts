/** Metadata that every Kubernetes object has, as far as it is read here. */
export interface ObjectMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A Kubernetes object of any kind. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** What kind of object, in which group and version. */
export interface GroupVersionKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Which object. */
export interface ObjectRef extends GroupVersionKind {
  readonly name: string;
  /** Absent for objects that live outside of namespaces. */
  readonly namespace?: string;
}

/** Which object this is. */
export function refOf({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: name!, ...(namespace === undefined ? {} : { namespace }) };
}

/** `Kind/name`, as kubectl prints it. */
export function describeRef(ref: { readonly kind: string; readonly name: string }): string {
  return `${ref.kind}/${ref.name}`;
}
