import { Values, copyOf, isMap, put, valueAt } from './value-map';

/*
 * How Helm lays values over those of a chart without subcharts: pkg/chart/common/util/coalesce.go.
 */

function withoutNulls(map: Values): Values {
  const kept = Object.entries(map).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([key, value]) => [key, isMap(value) ? withoutNulls(value) : value]));
}

function laidOver(over: Values, under: Values): Values {
  const result: Values = {};
  for (const [key, value] of Object.entries(over)) {
    const below = valueAt(under, key);
    const isDeletion = value === null && below !== undefined && below !== null;
    if (!isDeletion) put(result, key, isMap(value) && isMap(below) ? laidOver(value, below) : value);
  }
  for (const [key, value] of Object.entries(under)) if (!Object.hasOwn(over, key)) put(result, key, value);
  return result;
}

/** Values over others: maps are merged, a null deletes what is below it, and one with nothing below it stays (CoalesceTables). */
export function coalesceTables(over: Values, under: Values): Values {
  return copyOf(laidOver(over, under));
}

/** What a chart's templates see: the user's values over its defaults (CoalesceValues). Nulls among the defaults are no values, but the outermost can be deleted. */
export function coalesceValues(defaults: Values, values: Values): Values {
  const said = Object.entries(values).filter(([key, value]) => value !== null || !Object.hasOwn(defaults, key) || defaults[key] !== null);
  return coalesceTables(Object.fromEntries(said), withoutNulls(defaults));
}
