import { ApiObject, App, Chart } from 'cdk8s';
import { ReleaseContent, identityIn, readContent } from '../release';
import { withSamples } from '../tokens';
import { KubeObject, refOf } from '../vocabulary';

/** Manifests as tests have them: a chart, all charts of an app, or YAML of one or more documents, such as what `helm template` prints. */
export type Manifests = Chart | App | string;

/** Manifests as the engine reads them, and how the constructs are called that they come from. */
export interface ReadManifests {
  readonly content: ReleaseContent;
  /** The path of an object's construct in its chart, such as `migrate`; nothing where there is no chart. */
  readonly constructOf: (object: KubeObject) => string | undefined;
  /** What they are, in a sentence. */
  readonly what: string;
}

function isApp(source: Chart | App): source is App {
  return 'synthYaml' in source;
}

/** The path of a construct in its chart, as people know it: without the names that constructs give to what they are made of. */
function pathIn(chart: Chart, path: string): string {
  const inside = chart.node.path === '' ? path : path.slice(chart.node.path.length + 1);
  return inside.replace(/(\/(Resource|Default))+$/, '');
}

const identityOf = (object: KubeObject) => identityIn('', refOf(object));

function apiObjectsOf(chart: Chart): ApiObject[] {
  return chart.node.findAll().flatMap((each) => (ApiObject.isApiObject(each) && Chart.of(each) === chart ? [each] : []));
}

/** The objects of a chart, with what is known only later in the place of which it has a sample: the default of a value, say. */
function synthesize(chart: Chart): { readonly objects: readonly KubeObject[]; readonly paths: readonly (readonly [string, string])[] } {
  const paths = apiObjectsOf(chart).map(({ apiVersion, kind, name, metadata: { namespace }, node }) => {
    const object = withSamples({ apiVersion, kind, metadata: { name, namespace } }) as KubeObject;
    return [identityOf(object), pathIn(chart, node.path)] as const;
  });
  return { objects: (chart.toJson() as readonly KubeObject[]).map((object) => withSamples(object) as KubeObject), paths };
}

/**
 * Reads manifests as the engine does.
 *
 * @throws BadInputError that lists everything that is wrong with them
 */
export function readManifests(source: Manifests, namespace: string): ReadManifests {
  if (typeof source === 'string') {
    return { content: readContent([{ path: 'manifests', text: source }], namespace), constructOf: () => undefined, what: 'the manifests' };
  }
  const charts = isApp(source) ? source.charts : [source];
  const synthesized = charts.map(synthesize);
  const text = synthesized.flatMap(({ objects }) => objects.map((object) => JSON.stringify(object))).join('\n---\n');
  const paths = new Map(synthesized.flatMap((each) => each.paths));
  const what = charts.length === 1 ? `chart ${charts[0].node.id}` : 'the app';
  return { content: readContent([{ path: what, text }], namespace), constructOf: (object) => paths.get(identityOf(object)), what };
}
