import { Part, isToken, mintText, partsOf, sampleText } from '../tokens';
import { messageOf } from '../vocabulary';
import { Expression } from './expression';
import { keysOfPointer } from './pointer';

/** Marks the sources of keys whose fields are under a flag, also of another copy of this package. */
const FIELD = 'cdk8s-lifecycle.field';

/** A field that is there only if its condition holds. */
export interface ConditionalField {
  /** Its key, in which values may stand. */
  readonly key: string;
  readonly condition: Expression;
}

interface Source extends ConditionalField {
  readonly is: typeof FIELD;
}

/** The field that a key stands for; nothing for a key that is always there. */
export function conditionalField(parts: readonly Part[]): ConditionalField | undefined {
  const [first] = parts;
  if (parts.length !== 1 || !isToken(first)) return undefined;
  const source = (first.source ?? {}) as Partial<Source>;
  return source.is === FIELD ? (source as Source) : undefined;
}

/** A flag, as far as it matters here. */
interface Condition {
  readonly _expression: Expression;
  /** Whether it holds by default; absent where that is not known. */
  readonly _sample?: boolean;
}

function conditionalKey(key: string, { _expression: condition, _sample: byDefault }: Condition): string {
  const source: Source = { is: FIELD, key, condition };
  return mintText({ label: key, sample: byDefault === false ? null : sampleText(key), source });
}

/** Whether a field may be missing in a release. */
function isConditional(key: string): boolean {
  const parts = partsOf(key);
  return conditionalField(parts) !== undefined || parts.some((part) => isToken(part) && part.shape === 'items');
}

function within(value: unknown, [key, ...rest]: readonly string[], condition: Condition): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) throw new Error('there is no such field');
  const map = value as Readonly<Record<string, unknown>>;
  if (rest.length > 0) {
    const inside = within(map[key], rest, condition);
    return Array.isArray(value) ? (value as unknown[]).map((item, index) => (String(index) === key ? inside : item)) : { ...map, [key]: inside };
  }
  if (Array.isArray(value)) throw new Error('an item of a list cannot be under a flag; take the list as a value');
  const { [key]: field, ...others } = map;
  if (Object.keys(others).every(isConditional)) throw new Error('nothing would be left beside it; put the whole map under the flag');
  return { ...others, [conditionalKey(key, condition)]: field };
}

/** An object in which a field is under a condition. It stands last in its map, so that no item of a list begins with it. */
export function withConditionalField(object: unknown, pointer: string, condition: Condition): unknown {
  try {
    return within(object, keysOfPointer(pointer), condition);
  } catch (error) {
    throw new Error(`${pointer}: ${messageOf(error)}`, { cause: error });
  }
}
