import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isToken, partsOf, sampleText, withLabels } from '../tokens';
import { Expression } from './expression';
import { conditionOf } from './only-if';

/** An object as its construct made it, tokens and all. */
export interface SynthesizedObject {
  /** Path of its construct, for people. */
  readonly path: string;
  /** Where the object goes, without the extension. */
  readonly file: string;
  readonly object: unknown;
  readonly condition?: Expression;
}

/** Whether something is called after the id of an object: itself, or its file. */
function countsId(apiObject: ApiObject, file: string): boolean {
  return apiObject.name === Chart.of(apiObject).generateObjectName(apiObject) || sampleText(file) !== file;
}

/**
 * Refuses values in ids that count: of those come names, also of files, which are the same in every release. cdk8s-plus makes ids of names, as in
 * `exposeViaService`; those do not.
 */
function checkId(apiObject: ApiObject, file: string): void {
  const { path } = apiObject.node;
  const token = partsOf(path).find(isToken);
  if (token && countsId(apiObject, file)) throw new Error(`${sampleText(path)}: ${token.label} stands in the id of a construct, which has to be known now. Put it into the name: metadata.name`);
}

const REMEDY = 'The number is a value of the chart, known in the release only: give what is wanted there another number, and put the value in its place by Placed.at.';

function objectsOf(chart: Chart): unknown[] {
  try {
    return chart.toJson() as unknown[];
  } catch (error) {
    throw withLabels(error, REMEDY);
  }
}

/** The objects of a chart in the order of their dependencies; `fileOf` says in which file each goes. */
export function synthesize(chart: Chart, fileOf: (apiObject: ApiObject) => string): SynthesizedObject[] {
  const isOurs = (each: IConstruct): each is ApiObject => ApiObject.isApiObject(each) && Chart.of(each) === chart;
  chart.node.findAll().filter(isOurs).forEach((each) => checkId(each, fileOf(each)));
  const objects = objectsOf(chart);
  const apiObjects = new DependencyGraph(chart.node).topology().filter(isOurs); // after cdk8s, which carries dependencies of constructs over to objects
  return apiObjects.map((apiObject, index) => ({
    path: apiObject.node.path,
    file: fileOf(apiObject),
    object: objects[index],
    condition: conditionOf(apiObject)?._expression,
  }));
}
