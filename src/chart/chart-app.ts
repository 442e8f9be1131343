import { existsSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { App, AppProps, Yaml } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ChartSource, Files, ReleaseManifest, chartFiles, releaseFiles, releaseManifests } from './chart-files';
import { ChartMaintainer } from './chart-maintainer';
import { checkMetadata } from './chart-metadata';
import { ChartValues } from './chart-values';
import { CONSTRUCT_RECORD, constructRecord } from './construct-record';
import { textToken } from './expression-token';
import { outputFile } from './output-file';
import { checkOwnValues } from './own-values';
import { ReleaseFacts } from './release-facts';
import { RequestedRelease, requestedRelease } from './requested-release';
import { Subchart, SubchartOptions } from './subchart';
import { synthesize } from './synthesized';
import { writeFiles } from './write-files';

/** A chart, and how it is written. */
export interface HelmChartAppProps extends AppProps {
  /**
   * Name of the chart: lower case letters, digits and dashes, at most 53.
   *
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0' });
   */
  readonly name: string;

  /**
   * Version of the chart, by Semantic Versioning 2. `cdk8s synth --chart-version` wins over it.
   *
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0' });
   */
  readonly version: string;

  /**
   * Version of what the chart deploys.
   *
   * @default - none
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', appVersion: '2.0' });
   */
  readonly appVersion?: string;

  /**
   * The chart in a sentence.
   *
   * @default - none
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', description: 'Counts its visitors' });
   */
  readonly description?: string;

  /**
   * The versions of Kubernetes that the chart works with, as a range of Semantic Versioning: `>=1.27.0-0`.
   *
   * @default - all
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', kubeVersion: '>=1.27.0-0' });
   */
  readonly kubeVersion?: string;

  /**
   * What people may look for.
   *
   * @default - none
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', keywords: ['visitors', 'postgresql'] });
   */
  readonly keywords?: string[];

  /**
   * Page of the project.
   *
   * @default - none
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', home: 'https://example.com/webapp' });
   */
  readonly home?: string;

  /**
   * Where the sources are.
   *
   * @default - none
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', sources: ['https://git.example.com/webapp'] });
   */
  readonly sources?: string[];

  /**
   * Who answers for the chart.
   *
   * @default - nobody
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', maintainers: [{ name: 'Platform team' }] });
   */
  readonly maintainers?: ChartMaintainer[];

  /**
   * URL of an image, SVG or PNG.
   *
   * @default - none
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', icon: 'https://example.com/webapp.svg' });
   */
  readonly icon?: string;

  /**
   * Whether nobody should begin with the chart any more.
   *
   * @default false
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', deprecated: true });
   */
  readonly deprecated?: boolean;

  /**
   * Annotations of the chart, such as those of Artifact Hub: `artifacthub.io/license`.
   *
   * @default - none
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', annotations: { 'artifacthub.io/license': 'Apache-2.0' } });
   */
  readonly annotations?: { [key: string]: string };

  /**
   * What Helm prints after an install and an upgrade. What values stand in is added with `addNotes`.
   *
   * @default - nothing
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', notes: 'Watch it come up: kubectl get pods' });
   */
  readonly notes?: string;

  /**
   * Whether CustomResourceDefinitions go to `crds/`: Helm creates those before anything else, and never changes or deletes them.
   *
   * @default false
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', definitionsFirst: true });
   */
  readonly definitionsFirst?: boolean;
}

/**
 * An app that becomes a Helm chart with values.
 *
 * `synth` writes Chart.yaml, values.yaml, values.schema.json, README.md and the templates to the output folder. Run by `cdk8s-lifecycle`, it writes the
 * manifests of one release instead, and helm is not needed.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { HelmChartApp, MigrationHook } from 'cdk8s-lifecycle';
 *
 * const app = new HelmChartApp({ name: 'webapp', version: '1.2.0', appVersion: '2.0' });
 * const tag = app.values.text('image.tag', { defaultValue: '2.0', pattern: '^[0-9.]+$' });
 *
 * const chart = new Chart(app, 'web');
 * new MigrationHook(chart, 'migrate', { image: `web:${tag}`, command: ['./migrate'] });
 * app.synth();
 */
export class HelmChartApp extends App {
  /**
   * The chart that a construct belongs to.
   *
   * @example
   * const replicas = HelmChartApp.containing(chart).values.integer('replicas', { defaultValue: 2 });
   */
  public static containing(construct: IConstruct): HelmChartApp {
    const { root } = construct.node;
    if (root instanceof HelmChartApp) return root;
    throw new Error(`${construct.node.path} is in no HelmChartApp, so there are no values and no release`);
  }

  /** What users of the chart may change. */
  public readonly values: ChartValues;

  /** What is known of a release. */
  public readonly release: ReleaseFacts;

  /** Name of the chart. */
  public readonly chartName: string;

  /** Version of the chart, as it is packaged. */
  public readonly chartVersion: string;

  /** Version of what the chart deploys, as it is packaged. */
  public readonly appVersion: string;

  private readonly props: HelmChartAppProps;
  private readonly subcharts: Subchart[] = [];
  private readonly notes: string[] = [];

  public constructor(props: HelmChartAppProps) {
    super(props);
    checkMetadata(props);
    this.props = props;
    if (props.notes !== undefined) this.notes.push(props.notes);
    this.values = new ChartValues();
    this.release = new ReleaseFacts(props.name);
    this.chartName = props.name;
    this.chartVersion = textToken({ kind: 'chart', fact: 'Version' }, 'the version of the chart', props.version);
    this.appVersion = textToken({ kind: 'chart', fact: 'AppVersion' }, 'the version of the app', props.appVersion ?? '');
  }

  /**
   * Brings a chart of somebody else along. Only helm can render such a chart.
   *
   * @example
   * app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com' });
   */
  public subchart(name: string, options: SubchartOptions): Subchart {
    const subchart = new Subchart(name, options);
    if (this.subcharts.some((each) => each.name === subchart.name)) throw new Error(`there are two subcharts "${subchart.name}": give one of them an alias`);
    this.subcharts.push(subchart);
    return subchart;
  }

  /**
   * Adds a line, or several, to what Helm prints after an install and an upgrade; values may stand in it.
   *
   * @example
   * app.addNotes(`Watch it come up: kubectl get pods --namespace ${app.release.namespaceName}`);
   */
  public addNotes(text: string): void {
    this.notes.push(text);
  }

  /**
   * Writes the chart, or the manifests of the release that `cdk8s-lifecycle` asks for.
   *
   * @example
   * app.synth(); // dist/Chart.yaml, dist/values.yaml, dist/templates/…
   */
  public synth(): void {
    const { folder, version } = this.target();
    const source = this.source(version);
    writeFiles(folder, this.filesOf(source), this.outputFileExtension);
    if (this.props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true') {
      writeFileSync(join(this.outdir, CONSTRUCT_RECORD), constructRecord(this.chartName, source.objects));
    }
  }

  /**
   * The objects that `synth` would write, in one text: templates, which are YAML before Helm renders them.
   *
   * @example
   * const templates = app.synthYaml();
   */
  public synthYaml(): string {
    const isManifest = (file: string) => /^(?:templates|crds)\//.test(file) && file.endsWith(this.outputFileExtension);
    const files = [...this.filesOf(this.source(this.props.version))];
    return files.flatMap(([file, text]) => (isManifest(file) && text !== '' ? [text] : [])).join('---\n');
  }

  /**
   * What `synth` would write for one release, object by object.
   *
   * @internal
   */
  public _manifestsOf(release: RequestedRelease): readonly ReleaseManifest[] {
    const source = this.source(this.props.version);
    checkOwnValues(source.nodes, source.objects, source.notes);
    return releaseManifests(source, release);
  }

  private source(version: string): ChartSource {
    return {
      metadata: { ...this.props, version },
      notes: this.notes.length === 0 ? undefined : this.notes.join('\n'),
      definitionsFirst: this.props.definitionsFirst === true,
      nodes: this.values._nodes,
      subcharts: this.subcharts,
      objects: this.charts.flatMap((chart) => synthesize(chart, (apiObject) => outputFile(this.yamlOutputType, chart, apiObject))),
      extension: this.outputFileExtension,
    };
  }

  private filesOf(source: ChartSource): Files {
    checkOwnValues(source.nodes, source.objects, source.notes);
    const release = requestedRelease();
    return release === undefined ? chartFiles(source) : releaseFiles(source, release);
  }

  /** With `--format helm`, cdk8s-cli has written a Chart.yaml and asks for the templates only: the chart is the folder around them. */
  private target(): { readonly folder: string; readonly version: string } {
    const { version } = this.props;
    const around = dirname(this.outdir);
    const scaffold = join(around, 'Chart.yaml');
    if (basename(this.outdir) !== 'templates' || !existsSync(scaffold)) return { folder: this.outdir, version };
    const [written] = Yaml.load(scaffold) as { readonly version?: string }[];
    return { folder: around, version: written?.version ?? version };
  }
}
