import { Expression, typeOf } from './expression';
import { itemsToken, structureToken, textToken } from './expression-token';
import { goJson } from './go-text';

/**
 * A list or a map of values.yaml, whole.
 *
 * `Placed` puts it into a field. It can also be given as the value of a field that has no type, as in an `ApiObject`.
 *
 * @exampleMetadata nofixture
 * @example
 * import { HelmChartApp, Placed, StructuredValue } from 'cdk8s-lifecycle';
 * import { Deployment } from 'cdk8s-plus-27';
 *
 * declare const app: HelmChartApp;
 * declare const deployment: Deployment;
 * const tolerations: StructuredValue = app.values.list('tolerations');
 * Placed.at(deployment, '/spec/template/spec/tolerations', tolerations);
 */
export class StructuredValue {
  /** @internal */
  public static _of(expression: Expression, label: string, sample?: unknown): StructuredValue {
    return new StructuredValue(expression, label, sample);
  }

  /** The value as a line of JSON, for a variable of the environment or a file of a ConfigMap. */
  public readonly asJson: string;

  /** @internal */
  public readonly _isList: boolean;

  /** @internal What stands for the items of the list, or the fields of the map, among others. */
  public readonly _items: string;

  private readonly token: string;

  private constructor(expression: Expression, label: string, sample: unknown) {
    this.token = structureToken(expression, label, sample);
    this._items = itemsToken(expression, label, sample);
    this._isList = typeOf(expression) === 'list';
    this.asJson = textToken({ kind: 'json', of: expression }, label, sample === undefined ? undefined : goJson(sample));
  }

  /**
   * What cdk8s puts where this value is given as the value of a field.
   *
   * @example
   * new ApiObject(chart, 'web', { apiVersion: 'example.com/v1', kind: 'Web', spec: { hosts: app.values.list('hosts') } }); // cdk8s calls resolve()
   */
  public resolve(): any { // eslint-disable-line @typescript-eslint/no-explicit-any
    return this.token;
  }

  /**
   * What stands for this value where it is made a part of a text, which is refused at synth: `asJson` may stand there.
   *
   * @example
   * String(app.values.list('hosts')); // say app.values.list('hosts').asJson
   */
  public toString(): string {
    return this.token;
  }
}
