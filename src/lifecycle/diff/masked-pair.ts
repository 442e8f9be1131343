import { MASK, holdsValues, isSecret } from '../../release';
import { Values, isMap } from '../../vocabulary';

/** Two states of a value; the one that is absent is undefined. */
export interface Pair<T = unknown> {
  readonly before: T;
  readonly after: T;
}

type Mask = (text: string) => string;

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** What is left of the two when they are hidden; where that would hide that they differ, the second says so. */
function hiddenLeaf({ before, after }: Pair, hide: (value: unknown) => unknown): Pair {
  const [was, is] = [before, after].map((value) => (value === undefined ? undefined : hide(value)));
  return { before: was, after: was !== undefined && isSame(was, is) && !isSame(before, after) ? `${String(is)} (changed)` : is };
}

/** The pairs of two maps, key by key, put together again. */
function eachKey(maps: Pair, change: (pair: Pair, key: string) => Pair, rename: Mask = (key) => key): Pair {
  const [before, after] = [maps.before ?? {}, maps.after ?? {}] as [Values, Values];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const pairs = keys.map((key) => [key, change({ before: before[key], after: after[key] }, key)] as const);
  const side = (which: keyof Pair) => {
    const present = pairs.filter(([, pair]) => pair[which] !== undefined);
    return maps[which] === undefined ? undefined : Object.fromEntries(present.map(([key, pair]) => [rename(key), pair[which]]));
  };
  return { before: side('before'), after: side('after') };
}

/** The pairs of two lists, item by item, put together again. */
function eachItem(lists: Pair, change: (pair: Pair) => Pair): Pair {
  const [before, after] = [lists.before ?? [], lists.after ?? []] as [unknown[], unknown[]];
  const pairs = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => change({ before: before[index], after: after[index] }));
  const side = (which: keyof Pair, { length }: readonly unknown[]) =>
    lists[which] === undefined ? undefined : pairs.slice(0, length).map((pair) => pair[which]);
  return { before: side('before', before), after: side('after', after) };
}

function both({ before, after }: Pair, test: (value: unknown) => boolean): boolean {
  return [before, after].every((value) => value === undefined || test(value));
}

/** Two states of values that nobody may see: nothing but their keys is left. */
export function hiddenPair(pair: Pair): Pair {
  return both(pair, isMap) ? eachKey(pair, hiddenPair) : hiddenLeaf(pair, () => MASK);
}

/** Values of anything else; a value of a Secret may stand in them, too. */
function masked(pair: Pair, mask: Mask): Pair {
  const child = (each: Pair) => masked(each, mask);
  if (both(pair, isMap)) return eachKey(pair, child, mask);
  if (both(pair, Array.isArray)) return eachItem(pair, child);
  if (both(pair, (value) => typeof value !== 'object' || value === null)) return hiddenLeaf(pair, (value) => (typeof value === 'string' ? mask(value) : value));
  return { before: child({ before: pair.before, after: undefined }).before, after: child({ before: undefined, after: pair.after }).after };
}

/**
 * Two states of an object, or of a list of objects, without the values of Secrets: those of the object itself, and those that the mask knows wherever they stand.
 *
 * Where a value differs that cannot be seen, the second state says that it has changed.
 */
export function maskedPair(pair: Pair, mask: Mask): Pair {
  if (!both(pair, isMap)) return masked(pair, mask);
  if ([pair.before, pair.after].some((value) => isMap(value) && isSecret(value))) {
    return eachKey(pair, (child, key) => (holdsValues(key) ? hiddenPair(child) : masked(child, mask)), mask);
  }
  return eachKey(pair, (child, key) => (key === 'items' && both(child, Array.isArray) ? eachItem(child, (item) => maskedPair(item, mask)) : masked(child, mask)), mask);
}
