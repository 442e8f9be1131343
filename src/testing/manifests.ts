import { ApiObject, App, Chart } from 'cdk8s';
import type { HelmChartApp } from '../chart';
import { ReleaseContent, identityIn, readContent } from '../release';
import { KubeObject, refOf } from '../vocabulary';

/**
 * Manifests as tests have them: a chart, all charts of an app, or YAML of one or more documents, such as what `helm template` prints.
 *
 * Those of a `HelmChartApp` are made for the release and its values.
 */
export type Manifests = Chart | App | string;

/** The revision that manifests are made for, and what its user said. */
export interface ManifestsOf {
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  readonly isInstall: boolean;
  /** As in a values.yaml: what the defaults of the chart do not say. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Manifests as the engine reads them, and how the constructs are called that they come from. */
export interface ReadManifests {
  readonly content: ReleaseContent;
  /** The path of a construct in its chart, such as `migrate`, of what it has made; nothing where there is no chart. */
  readonly constructOf: (made: { readonly text: string }) => string | undefined;
  /** What they are, in a sentence. */
  readonly what: string;
}

/** An object, and the path of its construct in the app. */
interface Made {
  readonly path: string;
  readonly text: string;
}

function chartsOf(source: Chart | App): Chart[] {
  return Chart.isChart(source) ? [source] : (source as App).charts;
}

/** The path of a construct in its chart, as people know it: without the names that constructs give to what they are made of. */
function pathIn(charts: readonly Chart[], path: string): string {
  const around = charts.map(({ node }) => `${node.path}/`).filter((prefix) => path.startsWith(prefix)).sort((a, b) => b.length - a.length);
  return path.slice(around[0]?.length ?? 0).replace(/(\/(Resource|Default))+$/, '');
}

/** Whether manifests have values, so that they are others in every release. */
export function haveValues(source: Manifests): boolean {
  return typeof source !== 'string' && '_manifestsOf' in source.node.root;
}

/** The objects of charts with values, as they are in a release: what its values leave out is not there. */
function rendered(source: Chart | App, { release, ...facts }: ManifestsOf): Made[] {
  const all = (source.node.root as HelmChartApp)._manifestsOf({ ...facts, name: release });
  return all.filter(({ path }) => !Chart.isChart(source) || path.startsWith(`${source.node.path}/`));
}

/** The objects of other charts, which are the same whatever the release. */
function synthesized(charts: readonly Chart[]): Made[] {
  return charts.flatMap((chart) => {
    const objects = (chart.toJson() as readonly KubeObject[]).map((object) => ({ object, identity: identityIn('', refOf(object)) }));
    const apiObjects = chart.node.findAll().flatMap((each) => (ApiObject.isApiObject(each) && Chart.of(each) === chart ? [each] : []));
    const paths = new Map(apiObjects.map(({ apiVersion, kind, name, metadata: { namespace }, node }) =>
      [identityIn('', { apiVersion, kind, name, namespace }), node.path]));
    return objects.map(({ object, identity }) => ({ path: paths.get(identity) ?? chart.node.path, text: JSON.stringify(object) }));
  });
}

/**
 * Reads manifests as the engine does.
 *
 * @throws BadInputError that lists everything that is wrong with them
 */
export function readManifests(source: Manifests, of: ManifestsOf): ReadManifests {
  if (typeof source === 'string') {
    return { content: readContent([{ path: 'manifests', text: source }], of.namespace), constructOf: () => undefined, what: 'the manifests' };
  }
  const charts = chartsOf(source);
  const made = haveValues(source) ? rendered(source, of) : synthesized(charts);
  const what = charts.length === 1 ? `chart ${charts[0].node.id}` : 'the app';
  // One text, as synth writes it: resources of a kind are applied in the order in which they stand there.
  const content = readContent([{ path: what, text: made.map(({ text }) => text).join('\n---\n') }], of.namespace);
  const constructs = new Map(made.map(({ path, text }) => [text.trim(), pathIn(charts, path)]));
  return { content, constructOf: ({ text }) => constructs.get(text.trim()), what };
}
