import { Duration, Size } from 'cdk8s';
import { ChartValues } from './chart-values';
import { Flag } from './flag';
import { StructuredValue } from './structured-value';
import { FlagValueOptions, ListValueOptions, MapValueOptions, NumberValueOptions, TextValueOptions } from './value-options';

/** Declares a value at a path, and returns what stands for it. */
export type DeclareValue<T> = (values: ChartValues, path: string) => T;

/** Values in the shape of values.yaml: maps of maps of values. */
export type ValuesShape = { readonly [key: string]: DeclareValue<unknown> | ValuesShape };

/** What stands for each value of a shape. */
export type DeclaredValues<T> = { readonly [K in keyof T]: T[K] extends DeclareValue<infer V> ? V : DeclaredValues<T[K]> };

/** The kinds of values for `declareValues`; each takes the options of the method of `ChartValues` that has its name. */
export const value = {
  text: (options?: TextValueOptions): DeclareValue<string> => (values, path) => values.text(path, options),
  integer: (options?: NumberValueOptions): DeclareValue<number> => (values, path) => values.integer(path, options),
  number: (options?: NumberValueOptions): DeclareValue<number> => (values, path) => values.number(path, options),
  seconds: (options?: NumberValueOptions): DeclareValue<Duration> => (values, path) => values.seconds(path, options),
  mebibytes: (options?: NumberValueOptions): DeclareValue<Size> => (values, path) => values.mebibytes(path, options),
  flag: (options?: FlagValueOptions): DeclareValue<Flag> => (values, path) => values.flag(path, options),
  list: (options?: ListValueOptions): DeclareValue<StructuredValue> => (values, path) => values.list(path, options),
  mapping: (options?: MapValueOptions): DeclareValue<StructuredValue> => (values, path) => values.mapping(path, options),
};

function declareAll(values: ChartValues, shape: ValuesShape, above: readonly string[]): unknown {
  const entries = Object.entries(shape).map(([key, each]) => {
    const path = [...above, key];
    return [key, typeof each === 'function' ? each(values, path.join('.')) : declareAll(values, each, path)] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Declares all values of a chart at once, in the shape that they have in values.yaml; the types follow. TypeScript only.
 *
 * @example
 * const { image, replicas } = declareValues(app.values, {
 *   image: { tag: value.text({ defaultValue: '2.0' }) },
 *   replicas: value.integer({ defaultValue: 2, minimum: 1 }),
 * });
 */
export function declareValues<T extends ValuesShape>(values: ChartValues, shape: T): DeclaredValues<T> {
  return declareAll(values, shape, []) as DeclaredValues<T>;
}
