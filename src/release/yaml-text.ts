import { dump } from 'js-yaml';

/** How an object is written. */
export interface YamlStyle {
  /**
   * Sort the keys of every map, as kubectl does, so that two states of an object can be compared line by line.
   *
   * @default false
   */
  readonly sortKeys?: boolean;
}

/** A value as YAML. */
export function yamlText(value: unknown, { sortKeys = false }: YamlStyle = {}): string {
  return dump(value, { lineWidth: -1, noRefs: true, sortKeys });
}
