import { Subchart } from './subchart';
import { ValueNode, schemaOf } from './value-tree';

/** What Helm itself puts into the values of a chart, or reads there, beside what the chart declares. */
function foreignKeys(subcharts: readonly Subchart[]): string[] {
  const tags = subcharts.some(({ _dependency }) => (_dependency.tags ?? []).length > 0) ? ['tags'] : [];
  return ['global', ...tags, ...subcharts.map(({ name }) => name)];
}

function isDeclared(nodes: readonly ValueNode[], [key, ...rest]: readonly string[]): boolean {
  const node = nodes.find((each) => each.key === key);
  return node?.kind === 'value' ? rest.length === 0 && node.declaration.schema.type === 'boolean' : node !== undefined && isDeclared(node.children, rest);
}

/** Helm takes a chart whose condition names no value along, and says nothing. */
function checkCondition({ name, _dependency: { condition = '' } }: Subchart, nodes: readonly ValueNode[]): void {
  for (const path of condition.split(',').map((each) => each.trim()).filter((each) => each !== '')) {
    const keys = path.split('.');
    if (keys[0] !== name && !isDeclared(nodes, keys)) {
      throw new Error(`the subchart ${name} has the condition ${path}, which is no flag of the chart: declare it with values.flag('${path}')`);
    }
  }
}

/** values.schema.json: what is not declared is a mistake, but for what Helm puts there, and for what subcharts get. */
export function valuesSchema(chart: string, nodes: readonly ValueNode[], subcharts: readonly Subchart[]): object {
  const { properties, ...rest } = schemaOf(nodes) as { readonly properties: Readonly<Record<string, object>> };
  const keys = foreignKeys(subcharts);
  const taken = nodes.find(({ kind, key }) => kind === 'value' && keys.includes(key));
  if (taken) throw new Error(`values.${taken.key} cannot be a value: Helm keeps a map of that name for charts that come along`);
  subcharts.forEach((subchart) => checkCondition(subchart, nodes));
  const foreign = Object.fromEntries(keys.map((key) => [key, { ...properties[key], type: 'object', additionalProperties: true }]));
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: `Values of the chart ${chart}`, ...rest, properties: { ...properties, ...foreign } };
}
