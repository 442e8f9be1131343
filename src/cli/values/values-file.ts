import { BadInputError, readDocuments } from '../../release';
import { Values, copyOf, isMap, mergeMaps } from '../../vocabulary';

/** Numbers as Helm has them from a file: sigs.k8s.io/yaml makes JSON of it, and that a float64 of each. */
function floats(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(floats);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, floats(each)])) : value;
}

/**
 * The values of a file: one map, or several documents that are merged (pkg/chart/v2/loader, LoadValues).
 *
 * @throws BadInputError that quotes nothing of it
 */
export function readValues(path: string, text: string): Values {
  return readDocuments({ path, text }, { lenient: true }).reduce<Values>((merged, { source, value }) => {
    if (isMap(value)) return mergeMaps(merged, floats(copyOf(value)) as Values);
    throw new BadInputError([{ source, message: 'values are a map, and this is none', remedy: 'Write name: value, one a line.' }]);
  }, {});
}
