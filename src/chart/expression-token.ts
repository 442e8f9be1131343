import { Encoding, Part, Token, TokenError, encodedText, isToken, mintItems, mintNumber, mintStructure, mintText } from '../tokens';
import { Expression, limitsOf, typeOf } from './expression';

/** Marks the sources of tokens that are expressions of a chart, also of another copy of this package. */
const KIND = 'cdk8s-lifecycle.expression';

interface Source {
  readonly is: typeof KIND;
  readonly expression: Expression;
}

function meaning(expression: Expression, label: string, sample: unknown) {
  const source: Source = { is: KIND, expression };
  return { label, sample, source, encoded: (encoding: Encoding) => encodedToken(expression, encoding, label, sample) };
}

/** An expression as a part of a text. */
function asText(expression: Expression): Expression {
  return typeOf(expression) === 'string' ? expression : { kind: 'join', parts: [expression] };
}

function encodedToken(expression: Expression, encoding: Encoding, label: string, sample: unknown): string {
  const of = asText(expression);
  const known = sample === undefined ? undefined : encodedText(String(sample), encoding);
  const meansItself = encoding === 'json' && limitsOf(of).isPlain === true;
  return textToken(meansItself ? of : { kind: 'encoded', of, encoding }, label, known);
}

/** A text that carries an expression. */
export function textToken(expression: Expression, label: string, sample?: string): string {
  return mintText(meaning(expression, label, sample));
}

/** A number that carries an expression. */
export function numberToken(expression: Expression, label: string, sample?: number): number {
  return mintNumber(meaning(expression, label, sample));
}

/** A text that carries an expression which is no text. */
export function structureToken(expression: Expression, label: string, sample?: unknown): string {
  return mintStructure(meaning(expression, label, sample));
}

/** A text that carries a list or a map, whose items or fields take its place. */
export function itemsToken(expression: Expression, label: string, sample?: unknown): string {
  return mintItems(meaning(expression, label, sample));
}

/** The expression that a token stands for. */
export function expressionOf({ source, label, shape }: Token): Expression {
  const { is, expression } = (source ?? {}) as Partial<Source>;
  if (is !== KIND || expression === undefined) throw new TokenError(`${label} is no value of a Helm chart`);
  return shape === 'text' ? asText(expression) : expression;
}

/** The pieces of a text as what they stand for. */
export function expressionsOf(parts: readonly Part[]): (string | Expression)[] {
  return parts.map((part) => (isToken(part) ? expressionOf(part) : part));
}
