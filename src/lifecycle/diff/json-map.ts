/** A map of JSON. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** Whether the value is a map: no list, no scalar, not nothing. */
export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
