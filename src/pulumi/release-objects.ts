import { ApiObject, App, Chart, DependencyGraph } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { conditionOf, isToken, partsOf, sampleText, withLabels } from '../tokens';
import { KubeObject } from '../vocabulary';
import { BareOutputResolver, checkIds, checkNoOutputs, withoutFrame } from './bare-output';

/** An object of a release, tokens and all. */
export interface ReleaseObject {
  /** Where it comes from, for people: the path of its construct, or a document of a file. */
  readonly path: string;
  readonly object: KubeObject;
  /** What has to be there before it, because somebody said so. */
  readonly after: readonly ReleaseObject[];
}

interface Dependency {
  readonly source: IConstruct;
  readonly target: IConstruct;
}

/**
 * The dependencies between constructs as people declared them: at synth cdk8s adds its own to the same list, which put whole charts after each other
 * (lib/app.js, resolveDependencies). They order files; of resources that are waited for they would make a queue.
 */
function declaredDependencies(app: App): Dependency[] {
  return app.node.findAll().flatMap((source) => source.node.dependencies.map((target) => ({ source, target })));
}

/** The objects in one construct that are not in another, which the first may hold. */
function objectsIn(construct: IConstruct, other: IConstruct): ApiObject[] {
  const isHeld = other.node.scopes.includes(construct);
  const isOther = (each: IConstruct) => isHeld && each.node.scopes.includes(other);
  return construct.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each) && !isOther(each));
}

/** An id that holds a late value would be in names, also those of Pulumi's resources, which have to be the same in every run. */
function checkId(apiObject: ApiObject): void {
  const { path } = apiObject.node;
  const token = partsOf(path).find(isToken);
  if (token && apiObject.name === Chart.of(apiObject).generateObjectName(apiObject)) {
    throw new Error(`${sampleText(path)}: ${token.label} stands in the id of a construct, which has to be known now. Put it into the name: metadata.name`);
  }
}

function checkCondition(apiObject: ApiObject): void {
  const condition = conditionOf(apiObject);
  if (condition) throw new Error(`${apiObject.node.path}: it is there only if ${condition.label}, a value of a Helm chart, which nobody knows here`);
}

const REMEDY =
  'The number is known later: where constructs compare it, give them one that is known now. A late number equals itself alone, so make it once for all places.';

/** Does what may fail in cdk8s, or in constructs; their errors say what late values are called, instead of showing what stands for them. */
function inConstructs<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw withLabels(withoutFrame(error), REMEDY);
  }
}

/** The objects of a chart in the order of their dependencies, with the constructs that made them. */
function objectsOf(chart: Chart): (readonly [ApiObject, KubeObject])[] {
  const objects = inConstructs(() => chart.toJson() as KubeObject[]);
  const isOurs = (each: IConstruct): each is ApiObject => ApiObject.isApiObject(each) && Chart.of(each) === chart;
  return new DependencyGraph(chart.node).topology().filter(isOurs).map((apiObject, index) => [apiObject, objects[index]]);
}

/**
 * The objects of all charts of an app, hooks among them, in the order in which cdk8s writes them.
 *
 * @throws BareOutputError for an Output in them, Error for what cdk8s finds wrong, and for a late value in the id of a construct that names its object
 */
export function releaseObjects(app: App): ReleaseObject[] {
  app.node.findAll().forEach(({ node }) => checkIds(node.path));
  const dependencies = declaredDependencies(app);
  const found = new Map<ApiObject, ReleaseObject & { readonly after: ReleaseObject[] }>();
  for (const chart of app.charts) {
    for (const [apiObject, object] of objectsOf(chart)) {
      checkId(apiObject);
      checkCondition(apiObject);
      checkNoOutputs(apiObject.node.path, object);
      found.set(apiObject, { path: sampleText(apiObject.node.path), object, after: [] });
    }
  }
  for (const { source, target } of dependencies) {
    const earlier = objectsIn(target, source).map((each) => found.get(each)!);
    for (const each of objectsIn(source, target)) found.get(each)!.after.push(...earlier);
  }
  return [...found.values()];
}

/**
 * The objects of what is made in the scope of an app, which knows Outputs of Pulumi where they are given to constructs as they are.
 *
 * @throws BareOutputError for them, and Error for what constructs find wrong
 */
export function objectsMade(make: (scope: Construct) => unknown): ReleaseObject[] {
  const app = new App({ resolvers: [new BareOutputResolver()] });
  inConstructs(() => make(app));
  return releaseObjects(app);
}
