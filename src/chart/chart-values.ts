import { Duration, Size } from 'cdk8s';
import { Expression, ExpressionType } from './expression';
import { numberToken, textToken } from './expression-token';
import { expressionOfText } from './fitting-names';
import { Flag } from './flag';
import { StructuredValue } from './structured-value';
import { checkPattern } from './text-pattern';
import { checkDefault } from './value-check';
import { ValueDeclaration, keysOf, limitsOfSchema } from './value-declaration';
import { FlagValueOptions, ListValueOptions, MapValueOptions, NumberValueOptions, TextValueOptions } from './value-options';
import { ValueNode, addTo } from './value-tree';

type Schema = ValueDeclaration['schema'];
type Said = Pick<ValueDeclaration, 'defaultValue' | 'description'>;

/** Options without those that were not given. */
function said(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}


/**
 * The values of a chart: what its users may change with `--set` and `-f`.
 *
 * Each is declared once and is a primitive from then on, to be passed to constructs, also as a part of a text. It can be placed, not calculated with.
 *
 * @exampleMetadata nofixture
 * @example
 * import { HelmChartApp } from 'cdk8s-lifecycle';
 * import { Chart } from 'cdk8s';
 * import { Deployment } from 'cdk8s-plus-27';
 *
 * const app = new HelmChartApp({ name: 'webapp', version: '1.2.0' });
 * const values = app.values; // a ChartValues
 * new Deployment(new Chart(app, 'web'), 'web', {
 *   replicas: values.integer('replicas', { defaultValue: 2, minimum: 1 }),
 *   containers: [{ image: `web:${values.text('image.tag', { defaultValue: '2.0' })}` }],
 * });
 */
export class ChartValues {
  /** @internal */
  public readonly _nodes: ValueNode[] = [];

  /**
   * A text.
   *
   * @example
   * const tag = app.values.text('image.tag', { defaultValue: '2.0' });
   * new MigrationHook(chart, 'migrate', { image: `shop:${tag}` });
   */
  public text(path: string, options: TextValueOptions = {}): string {
    const { defaultValue, allowedValues, pattern, minLength, maxLength, fallback } = options;
    if (pattern !== undefined) checkPattern(`values.${path}`, pattern);
    const schema = said({ type: 'string', enum: allowedValues, pattern, minLength, maxLength });
    const limits = limitsOfSchema(schema);
    const value = this.declare(path, schema, options);
    const text: Expression = { kind: 'value', path: value.path, type: 'string', limits };
    if (fallback === undefined) return textToken(text, path, defaultValue);
    return textToken({ kind: 'default', of: text, otherwise: expressionOfText(fallback) }, path, defaultValue === '' ? fallback : defaultValue);
  }

  /**
   * A whole number.
   *
   * @example
   * const replicas = app.values.integer('replicas', { defaultValue: 2 });
   * new kplus.Deployment(chart, 'web', { replicas, containers: [{ image: 'shop:2.4.0' }] });
   */
  public integer(path: string, options: NumberValueOptions = {}): number {
    const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = options;
    return this.numeric(path, 'integer', { ...options, minimum, maximum });
  }

  /**
   * A number that may have a fraction.
   *
   * @example
   * const ratio = app.values.number('sampleRatio', { defaultValue: 0.1 });
   * new ApiObject(chart, 'tracing', { apiVersion: 'example.com/v1', kind: 'Tracing', spec: { ratio } });
   */
  public number(path: string, options: NumberValueOptions = {}): number {
    return this.numeric(path, 'number', options);
  }

  /**
   * A length of time in whole seconds.
   *
   * @example
   * const timeout = app.values.seconds('migration.timeoutSeconds', { defaultValue: 600 });
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', timeout });
   */
  public seconds(path: string, options: NumberValueOptions = {}): Duration {
    return Duration.seconds(this.integer(path, { ...options, minimum: options.minimum ?? 0 }));
  }

  /**
   * A size in whole mebibytes.
   *
   * @example
   * const limit = app.values.mebibytes('migration.memory', { defaultValue: 512 });
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', resources: { memory: { limit } } });
   */
  public mebibytes(path: string, options: NumberValueOptions = {}): Size {
    return Size.mebibytes(this.integer(path, { ...options, minimum: options.minimum ?? 0 }));
  }

  /**
   * A truth.
   *
   * @example
   * deployment.with(OnlyIf.of(app.values.flag('web.enabled', { defaultValue: true })));
   */
  public flag(path: string, options: FlagValueOptions = {}): Flag {
    const value = this.declare(path, { type: 'boolean' }, options);
    return Flag._of({ kind: 'value', path: value.path, type: 'boolean' }, path, options.defaultValue);
  }

  /**
   * A list, to be placed whole.
   *
   * @example
   * Placed.at(deployment, '/spec/template/spec/tolerations', app.values.list('tolerations'));
   */
  public list(path: string, options: ListValueOptions = {}): StructuredValue {
    return this.structured(path, 'list', said({ type: 'array', items: options.items }), { ...options, defaultValue: options.defaultValue ?? [] });
  }

  /**
   * A map whose keys the chart does not know, to be placed whole.
   *
   * @example
   * Placed.at(deployment, '/spec/template/spec/nodeSelector', app.values.mapping('nodeSelector'));
   */
  public mapping(path: string, options: MapValueOptions = {}): StructuredValue {
    const schema = said({ type: 'object', additionalProperties: options.items });
    return this.structured(path, 'map', schema, { ...options, defaultValue: options.defaultValue ?? {} });
  }

  private numeric(path: string, type: 'integer' | 'number', options: NumberValueOptions): number {
    const { defaultValue, minimum, maximum } = options;
    const value = this.declare(path, said({ type, minimum, maximum }), options);
    return numberToken({ kind: 'value', path: value.path, type }, path, defaultValue);
  }

  private structured(path: string, type: ExpressionType, schema: Schema, options: Said): StructuredValue {
    const value = this.declare(path, schema, options);
    return StructuredValue._of({ kind: 'value', path: value.path, type }, path, options.defaultValue);
  }

  private declare(path: string, schema: Schema, options: Said): ValueDeclaration {
    const { defaultValue, description } = options;
    const declaration = { path: keysOf(path), schema, ...said({ defaultValue, description }) };
    checkDefault(declaration);
    addTo(this._nodes, declaration);
    return declaration;
  }
}
