/** Objects nested deeper than this are refused: none that Kubernetes takes comes near, and what walks them must not run out of stack. */
export const MAX_DEPTH = 500;

/** Why a value cannot be used, as a clause. */
export class UnusableValue extends Error {}

/** What a value comes to when it is written out, every alias of its YAML in full. */
export interface Measure {
  /** Maps, lists, keys, scalars and aliases. */
  readonly nodes: number;
  /** Those that stand there once: without what aliases repeat. */
  readonly ownNodes: number;
  /** About the length of its JSON. */
  readonly length: number;
}

interface Extent {
  readonly nodes: number;
  readonly length: number;
  readonly depth: number;
}

function scalar(value: unknown): Extent {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new UnusableValue('it holds .inf or .nan, which JSON does not have');
  return { nodes: 1, length: typeof value === 'string' ? value.length + 2 : String(value).length, depth: 0 };
}

/**
 * Measures a value without writing it out: what is shared in it is looked at once, so a few lines of YAML that stand for gigabytes cost nothing.
 *
 * @param visit is called with every map and list, once
 * @throws UnusableValue where it is nested too deep, contains itself, or has no JSON
 */
export function measure(root: unknown, visit: (value: object) => void = () => undefined): Measure {
  const known = new Map<object, Extent | 'open'>();
  let ownNodes = 0;

  function collection(value: object, level: number): Extent {
    if (level > MAX_DEPTH) throw new UnusableValue(`it is nested more than ${MAX_DEPTH} levels deep`);
    visit(value);
    const keys = Array.isArray(value) ? [] : Object.keys(value);
    let nodes = 1 + keys.length;
    ownNodes += nodes;
    let length = keys.reduce((sum, key) => sum + key.length + 3, 2);
    let depth = 0;
    for (const child of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
      const extent = extentOf(child, level + 1);
      nodes += extent.nodes;
      length += extent.length + 1;
      depth = Math.max(depth, extent.depth);
    }
    if (depth >= MAX_DEPTH) throw new UnusableValue(`it is nested more than ${MAX_DEPTH} levels deep`);
    return { nodes, length, depth: depth + 1 };
  }

  function extentOf(value: unknown, level: number): Extent {
    const seen = typeof value === 'object' && value !== null ? known.get(value) : undefined;
    if (seen === 'open') throw new UnusableValue('an anchor contains itself');
    if (seen || typeof value !== 'object' || value === null) {
      ownNodes += 1;
      return seen ? { ...seen, nodes: seen.nodes + 1 } : scalar(value);
    }
    known.set(value, 'open');
    const extent = collection(value, level);
    known.set(value, extent);
    return extent;
  }

  const { nodes, length } = extentOf(root, 1);
  return { nodes, ownNodes, length };
}
