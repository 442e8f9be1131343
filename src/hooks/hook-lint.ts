import { ApiObject, Chart } from 'cdk8s';
import { IConstruct, IValidation } from 'constructs';
import { Finding, LintDocument, lint } from '../lint';
import { conditionOf, inPlace, tokensIn, withSamples } from '../tokens';
import { KubeObject } from '../vocabulary';
import { declaredHook } from './hook';
import { Ordering } from './ordering';
import { SynthRun } from './synth-run';

const LINTED = new WeakSet<IConstruct>();

function nameOf(apiObject: ApiObject): string {
  return (declaredHook(apiObject)?.construct ?? apiObject).node.path;
}

function describe({ rule, place, object, message, remedy }: Finding): string {
  return `${object} (${place.construct}): ${message}. ${remedy} [${rule}]`;
}

/** The flag that an object stands under. */
function conditionFor(apiObject: ApiObject): Pick<LintDocument, 'condition'> {
  const flag = conditionOf(apiObject);
  if (flag === undefined) return {};
  return { condition: { text: flag.label, ...(typeof flag.sample === 'boolean' ? { byDefault: flag.sample } : {}) } };
}

/** Longest name that a value makes: HelmChartApp cuts longer ones. */
const LONGEST = 63;

/** An object as it will be, as far as can be said. */
function asFarAsKnown(apiObject: ApiObject): unknown {
  return inPlace(apiObject.node.path, () => {
    const json: unknown = apiObject.toJson();
    const object = withSamples(json) as KubeObject;
    const { metadata } = object;
    if (metadata?.name === undefined || tokensIn((json as KubeObject).metadata.name).length === 0) return object;
    return { ...object, metadata: { ...metadata, name: metadata.name.slice(0, LONGEST) } };
  });
}

/**
 * Looks for what goes wrong with hooks when a chart is synthesized, by the rules of `cdk8s-lifecycle lint`.
 *
 * Errors stop the synth, warnings are printed to standard error. A chart in which a hook is declared is looked at anyway.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart, Include } from 'cdk8s';
 * import { HookLint } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * new Include(chart, 'vendor', { url: 'vendor/hooks.yaml' });
 * HookLint.addTo(chart);
 */
export class HookLint implements IValidation {
  /**
   * Looks at a chart whenever it is synthesized, and once each time, however often it is asked to.
   *
   * @example
   * HookLint.addTo(chart);
   */
  public static addTo(chart: Chart): void {
    if (LINTED.has(chart)) return;
    LINTED.add(chart);
    chart.node.addValidation(new HookLint(chart));
  }

  private readonly chart: Chart;

  /** An app validates all of its charts for each of them. */
  private readonly told = new Set<string>();

  private constructor(chart: Chart) {
    this.chart = chart;
    SynthRun.of(chart); // a synth that begins is noticed from now on
  }

  /** The errors of the chart; its warnings are printed. */
  public validate(): string[] {
    const findings = SynthRun.of(this.chart).once(this, () => this.look());
    for (const warning of findings.filter(({ severity }) => severity === 'warning')) this.warn(describe(warning));
    return findings.filter(({ severity }) => severity === 'error').map(describe);
  }

  private look(): readonly Finding[] {
    // Without an order there are no weights, hence no objects; the hooks that have none tell it.
    if (Ordering.of(this.chart).hasProblems()) return [];
    return lint(this.documents(), { rendered: false }); // Helm may render what is synthesized
  }

  private warn(warning: string): void {
    if (this.told.has(warning)) return;
    this.told.add(warning);
    console.warn(`warning: ${warning}`);
  }

  /** The objects of the chart, without those of charts in it. */
  private documents(): LintDocument[] {
    const objects = this.chart.node.findAll().filter((each) => ApiObject.isApiObject(each)).filter((each) => Chart.of(each) === this.chart);
    return objects.map((each) => ({ place: { construct: nameOf(each) }, value: asFarAsKnown(each), ...conditionFor(each) }));
  }
}
