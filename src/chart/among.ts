import { isToken, partsOf } from '../tokens';
import { valueAt } from './pointer';
import { StructuredValue } from './structured-value';

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** The list or the map at a pointer, with the items or the fields of a value among its own. */
export function withItems(object: unknown, pointer: string, value: StructuredValue): unknown {
  const own = valueAt(object, pointer);
  if (isEmpty(own)) return value.resolve();
  if (Array.isArray(own) && value._isList) return [...(own as unknown[]), value._items];
  if (typeof own === 'object' && !Array.isArray(own) && !value._isList) return { ...own, [value._items]: 0 };
  const [whole] = typeof own === 'string' ? partsOf(own) : [];
  if (whole !== undefined && isToken(whole)) throw new Error(`${pointer}: ${whole.label} has been placed there whole. Place it later, with Placed.among, too.`);
  throw new Error(`${pointer}: the value is a ${value._isList ? 'list' : 'map'}, and what is there is none`);
}
