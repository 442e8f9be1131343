import { isMap } from '../../vocabulary';

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** What is left of a map or list; nothing where all that was in it has gone. */
function unlessEmptied<T>(left: T, before: unknown): T | undefined {
  return isEmpty(left) && !isEmpty(before) ? undefined : left;
}

/**
 * What two dry runs of one apply agree on.
 *
 * What they do not agree on the server makes up each time, such as the UID in the labels of a new Job. It will be another one when it is meant, so it is no part
 * of a difference.
 */
export function agreed(first: unknown, second: unknown): unknown {
  if (isMap(first) && isMap(second)) {
    const fields = Object.entries(first).flatMap(([key, value]) => {
      const common = key in second ? agreed(value, second[key]) : undefined;
      return common === undefined ? [] : [[key, common] as const];
    });
    return unlessEmptied(Object.fromEntries(fields), first);
  }
  if (Array.isArray(first) && Array.isArray(second)) {
    return unlessEmptied(first.map((item, index) => agreed(item, second[index])).filter((item) => item !== undefined), first);
  }
  return first === second ? first : undefined;
}
