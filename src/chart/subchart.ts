import { ChartDependency } from './chart-metadata';
import { textToken } from './expression-token';
import { goLiteral } from './go-text';
import { checkWritten } from './value-check';

/** How a chart of somebody else is brought along. */
export interface SubchartOptions {
  /**
   * The versions that will do, as a range of Semantic Versioning.
   *
   * @example
   * app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com' });
   */
  readonly version: string;

  /**
   * Where the chart is: an `https://` or `oci://` URL, or `file://` with a path from the chart.
   *
   * @example
   * app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com' });
   */
  readonly repository: string;

  /**
   * Another name for it here, also in values.yaml.
   *
   * @default - its own name
   * @example
   * app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com', alias: 'db' });
   */
  readonly alias?: string;

  /**
   * Path of the value that says whether it comes along, such as `postgresql.enabled`.
   *
   * @default - it always does
   * @example
   * app.values.flag('postgresql.enabled', { defaultValue: true });
   * app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com', condition: 'postgresql.enabled' });
   */
  readonly condition?: string;

  /**
   * Groups of charts that users switch together.
   *
   * @default - none
   * @example
   * app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com', tags: ['databases'] });
   */
  readonly tags?: string[];

  /**
   * The values that it gets unless the user says otherwise.
   *
   * @default - its own defaults
   * @example
   * app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com', values: { auth: { database: 'web' } } });
   */
  readonly values?: { [key: string]: any }; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/**
 * A chart of somebody else that comes with this one.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Database, HelmChartApp, Subchart } from 'cdk8s-lifecycle';
 * import { Chart } from 'cdk8s';
 * import { Secret } from 'cdk8s-plus-27';
 *
 * declare const app: HelmChartApp;
 * declare const chart: Chart;
 * const postgresql: Subchart = app.subchart('postgresql', { version: '16.x.x', repository: 'oci://registry-1.docker.io/bitnamicharts' });
 * const password = Secret.fromSecretName(chart, 'Password', postgresql.include('postgresql.v1.secretName'));
 * Database.postgres({
 *   host: postgresql.include('postgresql.v1.primary.fullname'),
 *   name: 'web',
 *   user: 'web',
 *   password: { secret: password, key: 'password' },
 * });
 */
export class Subchart {
  /** What it is called here, and in values.yaml. */
  public readonly name: string;

  /** @internal */
  public readonly _dependency: ChartDependency;

  /** @internal */
  public readonly _values: Readonly<Record<string, unknown>>;

  /** @param name name of the chart */
  public constructor(name: string, options: SubchartOptions) {
    const { version, repository, alias, condition, tags, values = {} } = options;
    this.name = alias ?? name;
    this._dependency = { name, version, repository, alias, condition, tags };
    checkWritten(`the values of the subchart ${this.name}`, values);
    this._values = values;
  }

  /**
   * A text that a named template of the chart yields, such as the name of its Service. Only helm can work it out.
   *
   * @param name the template, as `{{ define }}` names it
   *
   * @example
   * const host = app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com' }).include('postgresql.v1.primary.fullname');
   */
  public include(name: string): string {
    const pipeline = `include ${goLiteral(name)} (index .Subcharts ${goLiteral(this.name)})`;
    return textToken({ kind: 'helm', pipeline }, `${name} of the chart ${this.name}`);
  }
}
