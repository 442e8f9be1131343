import { ValueDeclaration, dotted } from './value-declaration';

/** A map of values.yaml and what is in it, or a value. */
export type ValueNode =
  | { readonly kind: 'map'; readonly key: string; readonly children: ValueNode[] }
  | { readonly kind: 'value'; readonly key: string; readonly declaration: ValueDeclaration };

/** Where a value belongs; a value that is there already is in the way. */
function placeFor(children: ValueNode[], { path }: ValueDeclaration, depth = 0): ValueNode[] {
  const key = path[depth];
  const found = children.find((child) => child.key === key);
  if (depth === path.length - 1) {
    if (found?.kind === 'value') throw new Error(`values.${dotted(path)} is declared twice. Declare it once, and pass on what you got.`);
    if (found) throw new Error(`values.${dotted(path)} is a map of other values, so it cannot be a value itself`);
    return children;
  }
  if (found?.kind === 'value') throw new Error(`values.${dotted(path.slice(0, depth + 1))} is a value, so ${dotted(path)} cannot be in it`);
  const map = found ?? { kind: 'map' as const, key, children: [] };
  if (!found) children.push(map);
  return placeFor(map.children, { path, schema: {} }, depth + 1);
}

/** Adds a value to the tree. */
export function addTo(roots: ValueNode[], declaration: ValueDeclaration): void {
  placeFor(roots, declaration).push({ kind: 'value', key: declaration.path.at(-1)!, declaration });
}

/** All values below some nodes, in the order in which they were declared. */
export function declarationsOf(nodes: readonly ValueNode[]): ValueDeclaration[] {
  return nodes.flatMap((node) => (node.kind === 'map' ? declarationsOf(node.children) : [node.declaration]));
}

/** The default values as a map. */
export function defaultsOf(nodes: readonly ValueNode[]): Record<string, unknown> {
  const entries = nodes.map((node) => [node.key, node.kind === 'map' ? defaultsOf(node.children) : node.declaration.defaultValue] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * Whether a value has to be there when a template is rendered: without its maps Helm could not even look for it. A list or a map may be missing, and is
 * empty then.
 */
function isNeeded(node: ValueNode): boolean {
  return node.kind === 'map' || !['array', 'object'].includes(String(node.declaration.schema.type)) || node.declaration.defaultValue === undefined;
}

/** JSON Schema of some nodes, in which every other value is a mistake. */
export function schemaOf(nodes: readonly ValueNode[]): Record<string, unknown> {
  const properties = nodes.map((node) => {
    if (node.kind === 'map') return [node.key, schemaOf(node.children)];
    const { description, schema, defaultValue } = node.declaration;
    const about = description === undefined ? {} : { description };
    return [node.key, { ...about, ...schema, ...(defaultValue === undefined ? {} : { default: defaultValue }) }];
  });
  const required = nodes.filter(isNeeded).map(({ key }) => key);
  return { type: 'object', properties: Object.fromEntries(properties) as unknown, ...(required.length === 0 ? {} : { required }), additionalProperties: false };
}
