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
}

/** A JSON pointer: https://www.rfc-editor.org/rfc/rfc6901 */
function pointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function replaced(value: unknown, replacement: Replacement, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, index) => replaced(item, replacement, [...path, String(index)]));
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => {
      const inside = [...path, key];
      const name = at(inside, () => replacement.key(partsOf(key)));
      return name === undefined ? [] : [[name, replaced(each, replacement, inside)]];
    }));
  }
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
