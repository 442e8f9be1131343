import { Hook, ReleaseContent, readContent } from '../release';
import { KubeObject } from '../vocabulary';

/**
 * Manifests as Helm reads them.
 *
 * @param nameOf what an object is called in errors
 * @throws BadInputError that lists what is wrong
 */
export function contentOf(objects: readonly KubeObject[], namespace: string, nameOf: (index: number) => string = String): ReleaseContent {
  if (objects.length === 0) return { definitions: [], hooks: [], resources: [] };
  // JSON is YAML, and has no line of its own that could be a separator.
  return readContent(objects.map((object, index) => ({ path: nameOf(index), text: JSON.stringify(object) })), namespace);
}

/** The hooks that manifests are. */
export function hooksOf(objects: readonly KubeObject[], namespace: string): readonly Hook[] {
  return contentOf(objects, namespace).hooks;
}
