/** Values of a chart, by name; a key set to null deletes what the chart has there. */
export type Values = { [key: string]: unknown };

/** Whether it is a map, which Helm calls a table. */
export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands under a key; nothing that every object inherits. */
export function valueAt(map: Values, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Puts a value under a key, which may be any text: `__proto__`, too. */
export function put(map: Values, key: string, value: unknown): void {
  if (key !== '__proto__') map[key] = value;
  else Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Both maps in one; where both have a value that is no map, that of the second counts, null included (pkg/chart/v2/loader, MergeMaps). */
export function mergeMaps(first: Values, second: Values): Values {
  const merged: Values = {};
  for (const [key, value] of Object.entries(first)) put(merged, key, value);
  for (const [key, value] of Object.entries(second)) {
    const before = valueAt(merged, key);
    put(merged, key, isMap(before) && isMap(value) ? mergeMaps(before, value) : value);
  }
  return merged;
}

/** A copy that shares no map and no list with the original. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isMap(value)) return value;
  const copy: Values = {};
  for (const [key, each] of Object.entries(value)) put(copy, key, copyOf(each));
  return copy as T;
}
