import { KubeObject, references } from '../vocabulary';

/** The names of the Secrets that the Pods of an object use, of whatever kind it is; they lie in its namespace. */
export function secretReferences(object: KubeObject): string[] {
  return references(object).filter(({ kind }) => kind === 'Secret').map(({ name }) => name);
}
