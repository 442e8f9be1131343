import { FieldPath, describePath, toJson } from '../../vocabulary';

/** Fields that are named of one object; more would be read by nobody. */
const MOST = 50;

function differences(before: unknown, after: unknown, path: FieldPath): FieldPath[] {
  if (toJson(before) === toJson(after)) return [];
  const [old, now] = [before, after].map((value) => (typeof value === 'object' && value !== null ? value : undefined)) as (object | undefined)[];
  if (!old || !now || Array.isArray(old) !== Array.isArray(now)) return [path];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const within = (key: string) => [...path, Array.isArray(now) ? Number(key) : key];
  const fieldOf = (value: object, key: string) => (Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined);
  return keys.flatMap((key) => differences(fieldOf(old, key), fieldOf(now, key), within(key)));
}

/** The fields in which two states of an object differ, such as `spec.template.spec.containers[0].image`; their values are not told. */
export function changedFields(before: unknown, after: unknown): string[] {
  return differences(before, after, []).slice(0, MOST).map(describePath);
}
