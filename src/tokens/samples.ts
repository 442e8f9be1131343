import { Replacement, replaceTokens } from './replace';
import { Part, isToken, partsOf } from './text-token';
import { Token, TokenError, hasTokens } from './token';

/** What stands for a value of which nothing is known, so that whoever judges the object sees that there is nothing to judge. */
function unknown({ label }: Token): string {
  return `{{ ${label} }}`;
}

function inText(part: Part): string {
  if (!isToken(part)) return part;
  if (part.shape === 'structure' || part.shape === 'items') throw new TokenError(`${part.label} is no text, so it cannot be a part of one`);
  return part.sample === undefined ? unknown(part) : String(part.sample);
}

function alone(token: Token): unknown {
  return token.sample ?? unknown(token);
}

function fields({ sample }: Token, others: readonly (readonly Part[])[]): Record<string, unknown> {
  const known = others.map((parts) => parts.map(inText).join(''));
  return Object.fromEntries(Object.entries(sample ?? {}).filter(([key]) => !known.includes(key)));
}

const SAMPLES: Replacement = {
  text: (parts) => (parts.length === 1 && isToken(parts[0]) && parts[0].shape === 'structure' ? alone(parts[0]) : parts.map(inText).join('')),
  number: alone,
  key: (parts) => (parts.some((part) => isToken(part) && part.sample === null) ? undefined : parts.map(inText).join('')),
  items: (token) => (Array.isArray(token.sample) ? (token.sample as unknown[]) : [unknown(token)]),
  fields,
};

/** A JSON value as it will be, as far as can be said: tokens stand as their samples. */
export function withSamples(value: unknown): unknown {
  return hasTokens() ? replaceTokens(value, SAMPLES) : value;
}

/** A text as it will be, as far as can be said. */
export function sampleText(text: string): string {
  return partsOf(text).map(inText).join('');
}
