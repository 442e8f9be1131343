import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
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

/** The objects of a chart in the order of their dependencies; `fileOf` says in which file each goes. */
export function synthesize(chart: Chart, fileOf: (apiObject: ApiObject) => string): SynthesizedObject[] {
  const objects = chart.toJson() as unknown[];
  const constructs = new DependencyGraph(chart.node).topology();
  const apiObjects = constructs.filter((each) => ApiObject.isApiObject(each)).filter((each) => Chart.of(each) === chart);
  return apiObjects.map((apiObject, index) => ({
    path: apiObject.node.path,
    file: fileOf(apiObject),
    object: objects[index],
    condition: conditionOf(apiObject)?._expression,
  }));
}
