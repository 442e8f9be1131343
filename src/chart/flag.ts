import { sampleText } from '../tokens';
import { Expression, typeOf } from './expression';
import { structureToken, textToken } from './expression-token';
import { expressionOfText } from './fitting-names';

/**
 * A truth that the release decides.
 *
 * Whole objects stand under one with `OnlyIf`, and `Placed` puts one into a field.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Flag, HelmChartApp, OnlyIf } from 'cdk8s-lifecycle';
 * import { Ingress } from 'cdk8s-plus-27';
 *
 * declare const app: HelmChartApp;
 * declare const ingress: Ingress;
 * const enabled: Flag = app.values.flag('ingress.enabled', { defaultValue: false });
 * ingress.with(OnlyIf.of(enabled));
 */
export class Flag {
  /**
   * Whether all flags are true.
   *
   * @example
   * deployment.with(OnlyIf.of(Flag.all([app.values.flag('web.enabled'), app.release.isUpgrade])));
   */
  public static all(flags: Flag[]): Flag {
    return Flag.combined('all', flags, (samples) => !samples.includes(false));
  }

  /**
   * Whether at least one flag is true.
   *
   * @example
   * deployment.with(OnlyIf.of(Flag.any([app.values.flag('web.enabled'), app.values.flag('all')])));
   */
  public static any(flags: Flag[]): Flag {
    return Flag.combined('any', flags, (samples) => samples.includes(true));
  }

  /**
   * Whether a text is not empty.
   *
   * @example
   * const className = app.values.text('ingress.className', { defaultValue: '' });
   * const ingress = deployment.exposeViaService().exposeViaIngress('/');
   * Placed.at(ingress, '/spec/ingressClassName', className);
   * Placed.onlyIf(ingress, '/spec/ingressClassName', Flag.notEmpty(className));
   */
  public static notEmpty(text: string): Flag {
    const expression = expressionOfText(text);
    const of: Expression = typeOf(expression) === 'string' ? expression : { kind: 'join', parts: [expression] }; // Helm calls a zero empty
    return new Flag({ kind: 'filled', of }, `"${sampleText(text)}" is not empty`, sampleText(text) !== '');
  }

  /** @internal */
  public static _of(expression: Expression, label: string, sample?: boolean): Flag {
    return new Flag(expression, label, sample);
  }

  private static combined(kind: 'all' | 'any', flags: readonly Flag[], decide: (samples: readonly unknown[]) => boolean): Flag {
    if (flags.length === 0) throw new Error(`Flag.${kind} needs at least one flag`);
    const samples = flags.map(({ _sample }) => _sample);
    const label = flags.map((flag) => flag.label).join(kind === 'all' ? ' and ' : ' or ');
    return new Flag({ kind, of: flags.map(({ _expression }) => _expression) }, label, samples.includes(undefined) ? undefined : decide(samples));
  }

  /** What people call it. */
  public readonly label: string;

  /** `true` or `false` as a text, for a variable of the environment or an annotation. */
  public readonly asText: string;

  /** @internal */
  public readonly _expression: Expression;

  /** @internal */
  public readonly _sample?: boolean;

  private readonly token: string;

  private constructor(expression: Expression, label: string, sample: boolean | undefined) {
    this._expression = expression;
    this._sample = sample;
    this.label = label;
    this.token = structureToken(expression, label, sample);
    this.asText = textToken(expression, label, sample === undefined ? undefined : String(sample));
  }

  /** The flag that is true when this one is false. */
  public get negated(): Flag {
    return new Flag({ kind: 'not', of: this._expression }, `not ${this.label}`, this._sample === undefined ? undefined : !this._sample);
  }

  /**
   * What cdk8s puts where this flag is given as the value of a field.
   *
   * @example
   * new ApiObject(chart, 'job', { apiVersion: 'batch/v1', kind: 'Job', spec: { suspend: app.values.flag('paused') } }); // cdk8s calls resolve()
   */
  public resolve(): any { // eslint-disable-line @typescript-eslint/no-explicit-any
    return this.token;
  }

  /**
   * A text if the flag is true, another one if it is false; values may stand in both.
   *
   * @example
   * const digest = app.values.text('image.digest', { defaultValue: '' });
   * const image = `shop${Flag.notEmpty(digest).choose(`@${digest}`, ':2.4.0')}`;
   */
  public choose(text: string, otherwise: string): string {
    const expression: Expression = { kind: 'choice', condition: this._expression, yes: expressionOfText(text), no: expressionOfText(otherwise) };
    return textToken(expression, `${this.label} ? ${sampleText(text)} : ${sampleText(otherwise)}`, this._sample === undefined ? undefined : sampleText(this._sample ? text : otherwise));
  }

  /**
   * What stands for this flag where it is made a part of a text.
   *
   * @example
   * const args = [`--verbose=${app.values.flag('verbose', { defaultValue: false })}`];
   */
  public toString(): string {
    return this.token;
  }
}
