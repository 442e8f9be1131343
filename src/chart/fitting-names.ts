import { Part, Token, isToken, partsOf, sampleText } from '../tokens';
import { Expression, limitsOf, withOperands } from './expression';
import { expressionOf, expressionsOf, textToken } from './expression-token';
import { truncated } from './go-text';

/** Names of most objects, of labels' values and of volumes: https://kubernetes.io/docs/concepts/overview/working-with-objects/names */
const LONGEST = 63;

/** A text that may hold tokens, as an expression. */
export function expressionOfText(text: string): Expression {
  const parts = expressionsOf(partsOf(text));
  return parts.length === 1 && typeof parts[0] !== 'string' ? parts[0] : { kind: 'join', parts };
}

/** A version as the value of a label, where a plus must not stand. */
export function labelValue(text: string): string {
  const clean: Expression = { kind: 'replace', of: expressionOfText(text), from: '+', to: '_' };
  const sample = truncated(sampleText(text).replaceAll('+', '_'), LONGEST);
  return textToken({ kind: 'trunc', of: clean, length: LONGEST }, text, sample);
}

/** Less than this of a name says nothing any more. */
const SHORTEST = 16;

const lengthOf = (part: string | Expression) => (typeof part === 'string' ? part.length : limitsOf(part).maxLength ?? Infinity);
const sum = (parts: readonly (string | Expression)[]) => parts.reduce((length, part) => length + lengthOf(part), 0);

/** A name that fits. What is longest in it is cut, so that objects of one release keep different names; the whole is, where that does not do. */
function fitting(name: readonly (string | Expression)[]): Expression {
  const longest = name.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
  const room = LONGEST - sum(name.filter((part) => part !== longest));
  if (typeof longest === 'string' || room < SHORTEST) return { kind: 'trunc', of: { kind: 'join', parts: name }, length: LONGEST };
  const cut: Expression = { kind: 'trunc', of: longest, length: room };
  return { kind: 'join', parts: name.map((part) => (part === longest ? cut : part)) };
}

/** A part of a name as it is when the chart is packaged; what the release decides stays an expression. */
function packaged(part: Part): string | Expression {
  if (!isToken(part)) return part;
  const expression = expressionOf(part);
  return expression.kind === 'chart' && typeof part.sample === 'string' ? part.sample : expression;
}

/** What is left of a name whose values are all as long as they may be. */
function atItsLongest(name: string): string {
  const parts = partsOf(name).map(packaged);
  const cut = fitting(parts);
  if (sum(parts) <= LONGEST || cut.kind !== 'trunc') return name;
  return parts.map((part) => (typeof part === 'string' ? part : '?'.repeat(Math.min(lengthOf(part), LONGEST)))).join('').slice(0, LONGEST);
}

/** Refuses objects that would be one where the release has a long name. */
function checkDifferent(objects: readonly unknown[]): void {
  const seen = new Map<string, string>();
  for (const { kind, metadata } of objects as readonly { readonly kind?: unknown; readonly metadata?: Named }[]) {
    if (typeof metadata?.name !== 'string') continue;
    const key = `${String(kind)} ${atItsLongest(metadata.name)}`;
    const other = seen.get(key) ?? metadata.name;
    if (other !== metadata.name) {
      const [one, two] = [other, metadata.name].map(sampleText);
      throw new Error(`${String(kind)} ${one} and ${two} would have one name where the release has a long one: names have ${LONGEST} characters. Give them at most ${LONGEST - SHORTEST} beside the name of the release.`);
    }
    seen.set(key, metadata.name);
  }
}

/** The name in a form that fits; nothing for one that always does. */
function shortened(name: string): string | undefined {
  const parts = expressionsOf(partsOf(name));
  if (sum(parts) <= LONGEST || parts.every((part) => typeof part === 'string')) return undefined;
  return textToken(fitting(parts), name, truncated(sampleText(name), LONGEST));
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]));
}

/** A text in which names that other texts are worked out of, such as the fallback of a value, are cut as the names themselves are. */
function withShortNames(text: string, short: ReadonlyMap<string, Expression>): string {
  const parts = partsOf(text);
  const tokens = parts.filter(isToken);
  if (tokens.some(({ shape }) => shape === 'structure' || shape === 'items')) return text;
  const fitted = (expression: Expression): Expression => short.get(JSON.stringify(expression)) ?? withOperands(expression, fitted);
  const isCut = (token: Token) => JSON.stringify(fitted(expressionOf(token))) !== JSON.stringify(expressionOf(token));
  if (!tokens.some(isCut)) return text;
  return parts.map((part) => (isToken(part) ? textToken(fitted(expressionOf(part)), part.label, part.sample === undefined ? undefined : String(part.sample)) : part)).join('');
}

interface Named {
  readonly name?: unknown;
}

/** Names that objects and volumes have. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { metadata, volumes } = value as { readonly metadata?: Named; readonly volumes?: readonly Named[] };
  const names = [metadata?.name, ...(Array.isArray(volumes) ? volumes.map(({ name }: Named) => name) : [])];
  return [...names.filter((name) => typeof name === 'string'), ...Object.values(value).flatMap(namesIn)];
}

/** Objects whose names fit, whatever the release is called; what refers to them by name follows. */
export function withFittingNames(objects: readonly unknown[]): unknown[] {
  checkDifferent(objects);
  const names = [...new Set(objects.flatMap(namesIn))].sort((one, other) => other.length - one.length);
  const cut = names.flatMap((name) => {
    const short = shortened(name);
    return short === undefined ? [] : [[name, short] as const];
  });
  if (cut.length === 0) return [...objects];
  const short = new Map(cut.map(([name, token]) => [JSON.stringify(expressionOfText(name)), expressionOfText(token)]));
  const known = new Map<string, string>(cut);
  const change = (text: string) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    // Every name that is cut holds a value: a text without one holds no name.
    const changed = partsOf(text).some(isToken) ? cut.reduce((so, [name, token]) => so.replaceAll(name, token), withShortNames(text, short)) : text;
    known.set(text, changed);
    return changed;
  };
  return objects.map((object) => mapTexts(object, change));
}
