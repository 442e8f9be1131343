import { Values, isMap } from '../../vocabulary';
import { Fields } from './managed-fields';

type JsonMap = Readonly<Values>;

/** Which item of a list a path element means: by its keys, or by its value. */
function indexOf(list: readonly unknown[], element: string): number {
  const wanted: unknown = JSON.parse(element.slice(2));
  if (element.startsWith('v:')) return list.findIndex((item) => JSON.stringify(item) === JSON.stringify(wanted));
  const keys = Object.entries(wanted as JsonMap);
  return list.findIndex((item) => isMap(item) && keys.every(([key, value]) => item[key] === value));
}

/** What a field becomes: one that is owned itself goes with all that is in it, of others only what is owned in them. */
function pruned(value: unknown, fields: Fields): unknown {
  return Object.keys(fields).length === 0 || '.' in fields ? undefined : removeFields(value, fields);
}

/** The value without the fields of a set: what a server-side apply drops when its manager no longer states them. */
export function removeFields(value: unknown, fields: Fields): unknown {
  const elements = Object.entries(fields).filter(([element]) => element !== '.');
  if (Array.isArray(value)) {
    const removals = new Map(elements.map(([element, child]) => [indexOf(value, element), child]));
    const left = value.map((item: unknown, index) => (removals.has(index) ? pruned(item, removals.get(index)!) : item));
    return left.filter((item) => item !== undefined);
  }
  if (!isMap(value)) return value;
  const children = new Map(elements.map(([element, child]) => [element.slice(2), child]));
  const left = Object.entries(value).map(([key, field]) => [key, children.has(key) ? pruned(field, children.get(key)!) : field] as const);
  return Object.fromEntries(left.filter(([, field]) => field !== undefined));
}
