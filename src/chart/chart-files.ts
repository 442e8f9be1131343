import { Yaml } from 'cdk8s';
import { inPlace, tokensIn } from '../tokens';
import { coalesceValues } from '../vocabulary';
import { ChartMetadata, chartYaml } from './chart-metadata';
import { chartReadme } from './chart-readme';
import { withFittingNames } from './fitting-names';
import { ReleaseRenderer, Renderer, TemplateRenderer } from './render';
import { RequestedRelease } from './requested-release';
import { Subchart } from './subchart';
import { SynthesizedObject } from './synthesized';
import { helperOf } from './template';
import { ValueNode, declarationsOf, defaultsOf } from './value-tree';
import { valuesSchema } from './values-schema';
import { valuesYaml } from './values-yaml';

/** Texts of files by their path in the chart. */
export type Files = ReadonlyMap<string, string>;

/** All that a chart is made of. */
export interface ChartSource {
  readonly metadata: ChartMetadata;
  readonly notes?: string;
  /** Whether definitions of kinds go to `crds/`. */
  readonly definitionsFirst: boolean;
  readonly nodes: readonly ValueNode[];
  readonly subcharts: readonly Subchart[];
  readonly objects: readonly SynthesizedObject[];
  /** Of the files of objects, with its dot. */
  readonly extension: string;
}

/** What belongs to an editor, or to cdk8s-cli, and not into a package: without it Helm would take the record of constructs for a template. */
const IGNORED = ['.git/', '.gitignore', '.DS_Store', '*.swp', '*.bak', '*.tmp', '*.orig', '*~', '.idea/', '.vscode/', 'construct-metadata.json', ''];

function isDefinition({ object }: SynthesizedObject): boolean {
  return (object as { readonly kind?: unknown }).kind === 'CustomResourceDefinition';
}

/** Helm creates what is in `crds/` as it is. */
function checkDefinition({ path, object, condition }: SynthesizedObject): void {
  const [token] = tokensIn(object);
  if (condition === undefined && !token) return;
  const problem = condition ? 'it may not be under a flag' : `${token.label} may not stand in it`;
  throw new Error(`${path}: a definition in crds/ is no template, so ${problem}. Put it into a plain Chart without values, or say definitionsFirst: false.`);
}

/** The objects of each file. */
function grouped(objects: readonly SynthesizedObject[]): Map<string, SynthesizedObject[]> {
  const groups = new Map<string, SynthesizedObject[]>();
  for (const each of objects) groups.set(each.file, [...(groups.get(each.file) ?? []), each]);
  return groups;
}

function objectFiles({ objects, definitionsFirst, extension }: ChartSource, renderer: Renderer): [string, string][] {
  const fitting = withFittingNames(objects.map(({ object }) => object));
  const all = objects.map((each, index) => ({ ...each, object: fitting[index] }));
  const definitions = all.filter((each) => definitionsFirst && isDefinition(each));
  definitions.forEach(checkDefinition);
  const others = all.filter((each) => !definitions.includes(each));
  return [
    ...[...grouped(definitions)].map(([file, group]) => [`crds/${file}${extension}`, Yaml.stringify(...group.map(({ object }) => object))] as [string, string]),
    ...[...grouped(others)].map(([file, group]) => [`templates/${file}${extension}`, renderer.file(group)] as [string, string]),
  ];
}

/** What all subcharts get, in the places where Helm looks for it. */
function subchartValues(subcharts: readonly Subchart[]): Record<string, unknown> {
  return Object.fromEntries(subcharts.filter(({ _values }) => Object.keys(_values).length > 0).map(({ name, _values }) => [name, _values]));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** A text that ends with one line break. */
function closed(text: string): string {
  return `${text.replace(/\n+$/, '')}\n`;
}

/** NOTES.txt. */
function notesText(renderer: Renderer, notes: string): string {
  return closed(inPlace('the notes of the chart', () => renderer.text(notes)));
}

/** The chart's own values, for people and for helm. */
function ownValues({ metadata, nodes, subcharts }: ChartSource): string {
  const head = `Values of the chart ${metadata.name}. README.md has them as a table, values.schema.json says what is allowed.`;
  return valuesYaml(nodes, subchartValues(subcharts), head);
}

/** A Helm chart. */
export function chartFiles(source: ChartSource): Files {
  const { metadata, nodes, subcharts, notes } = source;
  const renderer = new TemplateRenderer(helperOf(metadata.name));
  return new Map<string, string>([
    ['Chart.yaml', chartYaml(metadata, subcharts.map(({ _dependency }) => _dependency))],
    ['values.yaml', ownValues(source)],
    ['values.schema.json', json(valuesSchema(metadata.name, nodes, subcharts))],
    ['README.md', chartReadme(metadata, declarationsOf(nodes))],
    ['.helmignore', IGNORED.join('\n')],
    ['templates/_helpers.tpl', renderer.definition],
    ...(notes === undefined ? [] : [['templates/NOTES.txt', notesText(renderer, notes)] as [string, string]]),
    ...objectFiles(source, renderer),
  ]);
}

function rendererFor({ metadata }: ChartSource, release: RequestedRelease, values: Record<string, unknown>): ReleaseRenderer {
  const { name, namespace, revision, isInstall } = release;
  return new ReleaseRenderer({
    release: { Name: name, Namespace: namespace, Revision: revision, Service: 'Helm', IsInstall: isInstall, IsUpgrade: !isInstall },
    chart: { Name: metadata.name, Version: metadata.version, AppVersion: metadata.appVersion ?? '' },
    values,
  });
}

/** The manifests of one release, and the values that they were made of. */
export function releaseFiles(source: ChartSource, release: RequestedRelease): Files {
  const { metadata, nodes, subcharts, notes } = source;
  if (subcharts.length > 0) return chartFiles(source); // nobody but helm renders the charts of others
  const values = coalesceValues(defaultsOf(nodes), release.values);
  const renderer = rendererFor(source, release, values);
  return new Map<string, string>([
    ['Chart.yaml', chartYaml(metadata, [])],
    ['values.json', json(values)],
    ['values.yaml', ownValues(source)], // what the record keeps as the chart's own: helm upgrade --reuse-values starts from it
    ['values.schema.json', json(valuesSchema(metadata.name, nodes, subcharts))],
    ...(notes === undefined ? [] : [['templates/NOTES.txt', notesText(renderer, notes)] as [string, string]]),
    ...objectFiles(source, renderer),
  ]);
}

/** A manifest of one release, and the path of the construct that it comes from. */
export interface ReleaseManifest {
  readonly path: string;
  readonly text: string;
}

/** The manifests of one release, object by object; those that its values leave out are not among them. */
export function releaseManifests(source: ChartSource, release: RequestedRelease): ReleaseManifest[] {
  const { name } = source.metadata;
  if (source.subcharts.length > 0) throw new Error(`Chart ${name} brings charts of others along, which only helm can render: take what helm template prints`);
  const renderer = rendererFor(source, release, coalesceValues(defaultsOf(source.nodes), release.values));
  const fitting = withFittingNames(source.objects.map(({ object }) => object));
  const manifests = source.objects.map((each, index) => ({ path: each.path, text: renderer.file([{ ...each, object: fitting[index] }]) }));
  return manifests.filter(({ text }) => text !== '');
}
