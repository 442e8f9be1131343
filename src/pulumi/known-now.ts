import { Part, Token, isToken, replaceTokens } from '../tokens';

/** How often something was called the same, and what stands for each value. */
const CALLED = new Map<string, number>();
const SHOWN = new WeakMap<Token, string>();

/**
 * What stands for a value in names and images, which are read before it is known: no template, as whoever reads manifests refuses those, nothing that a name
 * cannot hold, and not the same for two values, or two objects would be taken for one.
 */
function shown(token: Token): string {
  const known = SHOWN.get(token);
  if (known !== undefined) return known;
  const label = token.label.replace(/[^A-Za-z0-9 ._-]/g, '-');
  const times = (CALLED.get(label) ?? 0) + 1;
  const text = times === 1 ? `<${label}>` : `<${label} ${times}>`;
  CALLED.set(label, times);
  SHOWN.set(token, text);
  return text;
}

function shownText(parts: readonly Part[]): string {
  return parts.map((part) => (isToken(part) ? shown(part) : part)).join('');
}

/** A JSON value as far as it is known now: `<name>` stands for what is known later; fields of which nothing is known are left out. */
export function knownNow<T>(value: T): T {
  return replaceTokens(value, { text: shownText, key: shownText, number: shown, items: (token) => [shown(token)], fields: () => ({}) }) as T;
}
