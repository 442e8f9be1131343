import { ValueNode } from './value-tree';
import { quotedYaml } from './yaml-text';

/** A default in one line. Every text is quoted: no reader of YAML takes it for a number or a truth then. */
function inline(value: unknown): string {
  if (typeof value === 'string') return `"${quotedYaml(value)}"`;
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).map(([key, each]) => `"${quotedYaml(key)}": ${inline(each)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** Where YAML ends a line, and with it a comment. */
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/;
/** What must not stand in YAML, not even in a comment: https://yaml.org/spec/1.2.2/#51-character-set */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]|\p{Cs}/gu;

function comment(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(LINE_END).map((line) => `# ${line.replace(FORBIDDEN, '')}`.trimEnd());
}

function linesOf(node: ValueNode): string[] {
  const key = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(node.key) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(node.key) ? node.key : `"${node.key}"`;
  if (node.kind === 'map') return [`${key}:`, ...node.children.flatMap(linesOf).map((line) => (line === '' ? '' : `  ${line}`))];
  const { description, defaultValue } = node.declaration;
  if (defaultValue === undefined) return [...comment(description), `# ${key}: (required)`];
  return [...comment(description), `${key}: ${inline(defaultValue)}`];
}

/** Values of subcharts as nodes without descriptions, beside the values of the chart that are meant for the same subchart. */
function withForeign(nodes: readonly ValueNode[], foreign: Readonly<Record<string, unknown>>, above: readonly string[] = []): ValueNode[] {
  const own = new Map(nodes.map((node) => [node.key, node]));
  for (const [key, defaultValue] of Object.entries(foreign)) {
    const found = own.get(key);
    const path = [...above, key];
    if (found?.kind === 'map') own.set(key, { ...found, children: withForeign(found.children, defaultValue as Readonly<Record<string, unknown>>, path) });
    else if (!found) own.set(key, { kind: 'value', key, declaration: { path, schema: {}, defaultValue } });
    else throw new Error(`values.${path.join('.')} is declared, and a subchart is given another default for it`);
  }
  return [...own.values()];
}

/** values.yaml, with a comment for each value that has a description; `foreign` is what subcharts get. */
export function valuesYaml(own: readonly ValueNode[], foreign: Readonly<Record<string, unknown>>, head: string): string {
  const nodes = withForeign(own, foreign);
  const blocks = nodes.map((node) => linesOf(node).join('\n'));
  return `${[comment(head).join('\n'), ...blocks].filter((part) => part !== '').join('\n\n')}\n`;
}
