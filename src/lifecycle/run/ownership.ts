import { KubeObject, MANAGED_BY, MANAGED_BY_HELM, ObjectRef, RELEASE_NAME, RELEASE_NAMESPACE } from '../../vocabulary';

/** Whose an object is. */
export interface Owner {
  readonly release: string;
  readonly namespace: string;
}

/** The object with the metadata by which Helm knows its own: pkg/action/validate.go, setMetadataVisitor. */
export function stamp(object: KubeObject, { release, namespace }: Owner): KubeObject {
  const { labels, annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...labels, [MANAGED_BY]: MANAGED_BY_HELM },
      annotations: { ...annotations, [RELEASE_NAME]: release, [RELEASE_NAMESPACE]: namespace },
    },
  };
}

/** The object as the release applies it: in the namespace where it belongs, and with the marks of its release. */
export function owned(object: KubeObject, { namespace }: Pick<ObjectRef, 'namespace'>, owner: Owner): KubeObject {
  return stamp(namespace === undefined ? object : { ...object, metadata: { ...object.metadata, namespace } }, owner);
}

/** Why the object is not the release's; nothing where it is. */
export function foreign({ metadata: { labels, annotations } }: Pick<KubeObject, 'metadata'>, { release, namespace }: Owner): string | undefined {
  if (labels?.[MANAGED_BY] !== MANAGED_BY_HELM) return `its label ${MANAGED_BY} is not "${MANAGED_BY_HELM}"`;
  if (annotations?.[RELEASE_NAME] !== release) return `its annotation ${RELEASE_NAME} is ${JSON.stringify(annotations?.[RELEASE_NAME] ?? null)}, not "${release}"`;
  if (annotations?.[RELEASE_NAMESPACE] !== namespace) {
    return `its annotation ${RELEASE_NAMESPACE} is ${JSON.stringify(annotations?.[RELEASE_NAMESPACE] ?? null)}, not "${namespace}"`;
  }
  return undefined;
}
