import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import { TokenError, isToken, partsOf, sampleText, tokensIn } from '../tokens';
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

/** Refuses tokens that did not come through whole, before anybody takes them apart. */
function checkTokens(path: string, object: unknown): void {
  try {
    tokensIn(object);
  } catch (error) {
    if (error instanceof TokenError) throw new Error(`${path}${error.message}`, { cause: error });
    throw error;
  }
}

/** Refuses values in ids: of those come names, also of files, which are the same in every release. */
function checkId(path: string): void {
  const token = partsOf(path).find(isToken);
  if (token) throw new Error(`${sampleText(path)}: ${token.label} stands in the id of a construct, which has to be known now. Put it into the name: metadata.name`);
}

/** The objects of a chart in the order of their dependencies; `fileOf` says in which file each goes. */
export function synthesize(chart: Chart, fileOf: (apiObject: ApiObject) => string): SynthesizedObject[] {
  const constructs = new DependencyGraph(chart.node).topology();
  const apiObjects = constructs.filter((each) => ApiObject.isApiObject(each)).filter((each) => Chart.of(each) === chart);
  apiObjects.forEach(({ node }) => checkId(node.path));
  const objects = chart.toJson() as unknown[];
  apiObjects.forEach(({ node }, index) => checkTokens(node.path, objects[index]));
  return apiObjects.map((apiObject, index) => ({
    path: apiObject.node.path,
    file: fileOf(apiObject),
    object: objects[index],
    condition: conditionOf(apiObject)?._expression,
  }));
}
