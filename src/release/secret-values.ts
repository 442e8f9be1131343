import { KubeObject } from '../vocabulary';

/** Every scalar in a value, as text: what should be a string may be a number, or anything else, in a manifest that the API server has not seen yet. */
export function scalars(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(scalars) : [String(value as string | number | boolean)];
}

/** What the base64 stands for; and the text itself, where somebody wrote the value in clear. */
function decoded(text: string): Uint8Array[] {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text.replace(/\s/g, '') ? [bytes] : [bytes, Buffer.from(text)];
}

/** The values of a Secret, as bytes; of any other object none. */
export function secretValues({ apiVersion, kind, data, stringData }: KubeObject): Uint8Array[] {
  if (apiVersion !== 'v1' || kind !== 'Secret') return [];
  return [...scalars(data).flatMap(decoded), ...scalars(stringData).map((text) => Buffer.from(text))];
}
