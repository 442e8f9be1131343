import { EventType, State, load } from 'js-yaml';
import { FieldPath } from '../vocabulary';
import { loadOptions } from './yaml-schema';

/** A node of the text, as js-yaml meets it. */
interface Node {
  /** Where it begins, in characters. */
  readonly start: number;
  value: unknown;
  /** The values of a map by their keys, each with the place of its key. */
  readonly fields: Map<string, { readonly start: number; readonly node: Node }>;
  readonly items: Node[];
  /** The key whose value comes next. */
  key?: { readonly name: string; readonly start: number };
}

function nodeAt(start: number): Node {
  return { start, value: undefined, fields: new Map(), items: [] };
}

/** What stands before a value is its key if a colon follows it; the explicit keys of YAML (`? key`) are not found. */
function isKey({ input, position, result }: State): boolean {
  const colon = /[ \t]*:/y;
  colon.lastIndex = position;
  return (typeof result !== 'object' || result === null) && colon.test(input);
}

function close(node: Node, parent: Node, state: State): void {
  node.value = state.result;
  if (parent.key) {
    parent.fields.set(parent.key.name, { start: parent.key.start, node });
    parent.key = undefined;
  } else if (isKey(state)) {
    parent.key = { name: String(state.result), start: node.start };
  } else {
    parent.items.push(node);
  }
}

/** js-yaml meets the first node of a list twice, as the item and, while it looks for a map in it, once within. */
function unwrapped(node: Node): Node {
  const [only] = node.items;
  return node.items.length === 1 && typeof node.value === 'object' && only.value === node.value ? unwrapped(only) : node;
}

function nodesOf(text: string): Node {
  const root = nodeAt(0);
  const open = [root];
  const listener = (event: EventType, state: State) => {
    if (event === 'open') open.push(nodeAt(state.position));
    else close(open.pop()!, open.at(-1)!, state);
  };
  load(text, { ...loadOptions(), listener });
  return root;
}

/** A step inwards; a field that a merge key brings stands where that key does. */
function step(node: Node, key: string | number): { readonly start: number; readonly node?: Node } | undefined {
  const { fields, items, value } = unwrapped(node);
  if (typeof key === 'number') {
    const isWhole = Array.isArray(value) && value.length === items.length; // an empty item is no node
    return isWhole && key < items.length ? { start: items[key].start, node: items[key] } : undefined;
  }
  const merged = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? fields.get('<<') : undefined;
  return fields.get(key) ?? (merged && { start: merged.start });
}

/**
 * Finds the lines of fields in a YAML document that could be read: the line of the field's key or item, from 0.
 *
 * Where the path leads further than the text, as for a field that is missing or behind an alias, the line is that of the last step in it.
 */
export function fieldLines(text: string): (path: FieldPath) => number {
  const document = nodesOf(text).items.at(0);
  return (path) => {
    let start = 0;
    let node = document;
    for (const key of path) {
      const next: ReturnType<typeof step> = node && step(node, key);
      if (!next) break;
      ({ start, node } = next);
    }
    return text.slice(0, start).split('\n').length - 1;
  };
}
