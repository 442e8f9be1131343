import { createHash } from 'node:crypto';
import { compareBytes, isMap } from '../vocabulary';

/** The value with the fields of every map in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => compareBytes(a, b));
  return Object.fromEntries(fields.map(([key, field]) => [key, sorted(field)]));
}

/** What says whether a value has changed. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(sorted(value))).digest('hex');
}
