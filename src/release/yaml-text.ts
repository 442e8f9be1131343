import { DEFAULT_SCHEMA, Type, dump } from 'js-yaml';

/** How an object is written. */
export interface YamlStyle {
  /**
   * Sort the keys of every map, as kubectl does, so that two states of an object can be compared line by line.
   *
   * @default false
   */
  readonly sortKeys?: boolean;
}

const integer = new Type('tag:cdk8s-lifecycle,2026:integer', { kind: 'scalar', resolve: () => false, predicate: (value) => typeof value === 'bigint', represent: String });

/** js-yaml knows no bigint, which is what an integer is here that a double cannot hold. */
const SCHEMA = DEFAULT_SCHEMA.extend({ implicit: [integer] });

/** A value as YAML. */
export function yamlText(value: unknown, { sortKeys = false }: YamlStyle = {}): string {
  return dump(value, { schema: SCHEMA, lineWidth: -1, noRefs: true, sortKeys });
}
