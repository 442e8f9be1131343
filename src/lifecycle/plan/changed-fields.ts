import { FieldPath, describePath, toJson } from '../../vocabulary';

/** Fields that are named of one object; more would be read by nobody. */
const MOST = 50;

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function fieldOf(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function differences(before: unknown, after: unknown, path: FieldPath): FieldPath[] {
  if (!isContainer(before) || !isContainer(after)) return toJson(before) === toJson(after) ? [] : [path];
  if (Array.isArray(before) !== Array.isArray(after)) return [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(fieldOf(before, key), fieldOf(after, key), [...path, Array.isArray(after) ? Number(key) : key]));
}

/** The fields in which two states of an object differ, such as `spec.template.spec.containers[0].image`; their values are not told. */
export function changedFields(before: unknown, after: unknown): string[] {
  return differences(before, after, []).slice(0, MOST).map(describePath);
}
