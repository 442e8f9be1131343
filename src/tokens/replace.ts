import { tokenOf } from './number-token';
import { Part, isToken, partsOf } from './text-token';
import { Token, TokenError } from './token';

/** What is put into the place of texts and numbers. */
export interface Replacement {
  /** For every text, with tokens or without. */
  text(parts: readonly Part[]): unknown;
  /** For every number that carries a token. */
  number(token: Token): unknown;
  /** For every key of a map; nothing leaves the field out. */
  key(parts: readonly Part[]): string | undefined;
  /** For an item that stands for several; as a text if absent. */
  items?(token: Token): readonly unknown[];
  /** For a key that stands for several fields; as a key if absent. `others` are the keys beside it, which stay what they are. */
  fields?(token: Token, others: readonly (readonly Part[])[]): Readonly<Record<string, unknown>>;
}

/** A JSON pointer: https://www.rfc-editor.org/rfc/rfc6901 */
function pointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The token that stands for several items or fields, if a text is one. */
function severalIn(parts: readonly Part[]): Token | undefined {
  const [first] = parts;
  return parts.length === 1 && isToken(first) && first.shape === 'items' ? first : undefined;
}

function replacedItem(item: unknown, replacement: Replacement, path: readonly string[]): readonly unknown[] {
  const several = typeof item === 'string' && replacement.items ? at(path, () => severalIn(partsOf(item))) : undefined;
  return several ? at(path, () => replacement.items!(several)) : [replaced(item, replacement, path)];
}

function replacedMap(map: Readonly<Record<string, unknown>>, replacement: Replacement, path: readonly string[]): Record<string, unknown> {
  const fields = Object.entries(map).map(([key, value]) => ({ inside: [...path, key], parts: at([...path, key], () => partsOf(key)), value }));
  return Object.fromEntries(fields.flatMap(({ inside, parts, value }) => {
    const several = replacement.fields ? severalIn(parts) : undefined;
    if (several) {
      const others = fields.map((field) => field.parts).filter((other) => !severalIn(other));
      return at(inside, () => Object.entries(replacement.fields!(several, others)));
    }
    const name = at(inside, () => replacement.key(parts));
    return name === undefined ? [] : [[name, replaced(value, replacement, inside)]];
  }));
}

function replaced(value: unknown, replacement: Replacement, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => replacedItem(item, replacement, [...path, String(index)]));
  if (isMap(value)) return replacedMap(value, replacement, path);
  return at(path, () => {
    if (typeof value === 'string') return replacement.text(partsOf(value));
    const token = typeof value === 'number' ? tokenOf(value) : undefined;
    return token ? replacement.number(token) : value;
  });
}

/** Says where in the object it went wrong. */
function at<T>(path: readonly string[], replace: () => T): T {
  try {
    return replace();
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new TokenError(`${pointer(path)}: ${error.message}`);
  }
}

/** A JSON value with something else in the place of its texts, its keys, and the numbers that carry tokens. */
export function replaceTokens(value: unknown, replacement: Replacement): unknown {
  return replaced(value, replacement, []);
}

/** What in a JSON value is known later. */
export function tokensIn(value: unknown): Token[] {
  const found: Token[] = [];
  const see = (parts: readonly Part[]) => {
    found.push(...parts.filter(isToken));
    return '';
  };
  replaceTokens(value, { text: see, key: see, number: (token) => found.push(token) });
  return found;
}
