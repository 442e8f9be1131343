import { Encoding } from '../tokens';

/** A fact of the release that Helm knows. */
export type ReleaseFact = 'Name' | 'Namespace' | 'Revision' | 'Service' | 'IsInstall' | 'IsUpgrade';
/** A field of Chart.yaml that is known when the chart is packaged. */
export type ChartFact = 'Name' | 'Version' | 'AppVersion';

/** What an expression yields. */
export type ExpressionType = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'map';

/** What is known of the texts that an expression yields. */
export interface TextLimits {
  /** Whether each of them means itself in quotes and in a line: letters, digits, and what is harmless in YAML. */
  readonly isPlain?: boolean;
  /** How long each of them is at most; unlimited if absent. */
  readonly maxLength?: number;
}

/**
 * Something that the release decides, as a value: Helm works it out in a template, and we work it out in process.
 *
 * Each kind has a case in `helm-text.ts` and one in `evaluate.ts`; the two are held against each other with real helm binaries.
 */
export type Expression =
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly type: ExpressionType; readonly limits?: TextLimits }
  | { readonly kind: 'release'; readonly fact: ReleaseFact }
  | { readonly kind: 'chart'; readonly fact: ChartFact }
  /** A list or a map as one line of JSON. */
  | { readonly kind: 'json'; readonly of: Expression }
  /** Texts and expressions in a row. */
  | { readonly kind: 'join'; readonly parts: readonly (string | Expression)[] }
  /** The beginning of a text, without dashes at its end. */
  | { readonly kind: 'trunc'; readonly of: Expression; readonly length: number }
  | { readonly kind: 'replace'; readonly of: Expression; readonly from: string; readonly to: string }
  /** A text, or another one where it is empty. */
  | { readonly kind: 'default'; readonly of: Expression; readonly otherwise: Expression }
  /** A text if something is true, another one if not. */
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  /** A map without some of its keys. */
  | { readonly kind: 'without'; readonly of: Expression; readonly keys: readonly (string | Expression)[] }
  /** Whether a text is not empty. */
  | { readonly kind: 'filled'; readonly of: Expression }
  /** SHA-256 of a text, in hexadecimal digits. */
  | { readonly kind: 'sha256'; readonly of: Expression }
  /** A text as another language writes it. */
  | { readonly kind: 'encoded'; readonly of: Expression; readonly encoding: Encoding }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Expression[] }
  /** A pipeline in Helm's own language, which nobody but helm can work out. */
  | { readonly kind: 'helm'; readonly pipeline: string };

/** Names of releases: https://helm.sh/docs/chart_template_guide/getting_started (53, so that names made of it stay within 63). */
const RELEASE_NAME_LENGTH = 53;

const RELEASE_FACTS: Readonly<Record<ReleaseFact, { readonly type: ExpressionType; readonly maxLength: number }>> = {
  Name: { type: 'string', maxLength: RELEASE_NAME_LENGTH },
  Namespace: { type: 'string', maxLength: 63 },
  Revision: { type: 'integer', maxLength: 10 },
  Service: { type: 'string', maxLength: 4 },
  IsInstall: { type: 'boolean', maxLength: 5 },
  IsUpgrade: { type: 'boolean', maxLength: 5 },
};

/** What an expression yields. */
export function typeOf(expression: Expression): ExpressionType {
  switch (expression.kind) {
    case 'value': return expression.type;
    case 'release': return RELEASE_FACTS[expression.fact].type;
    case 'without': return 'map';
    case 'filled':
    case 'not':
    case 'all':
    case 'any': return 'boolean';
    default: return 'string';
  }
}

function both(one: TextLimits, other: TextLimits, length: (one: number, other: number) => number): TextLimits {
  return { isPlain: one.isPlain === true && other.isPlain === true, maxLength: length(one.maxLength ?? Infinity, other.maxLength ?? Infinity) };
}

/** The same expression with something else in the place of what it is worked out of. */
export function withOperands(expression: Expression, change: (operand: Expression) => Expression): Expression {
  const part = (each: string | Expression) => (typeof each === 'string' ? each : change(each));
  switch (expression.kind) {
    case 'json':
    case 'trunc':
    case 'replace':
    case 'filled':
    case 'not':
    case 'encoded':
    case 'sha256': return { ...expression, of: change(expression.of) };
    case 'default': return { ...expression, of: change(expression.of), otherwise: change(expression.otherwise) };
    case 'choice': return { ...expression, condition: change(expression.condition), yes: change(expression.yes), no: change(expression.no) };
    case 'without': return { ...expression, of: change(expression.of), keys: expression.keys.map(part) };
    case 'all':
    case 'any': return { ...expression, of: expression.of.map(change) };
    case 'join': return { ...expression, parts: expression.parts.map(part) };
    case 'value':
    case 'release':
    case 'chart':
    case 'helm': return expression;
  }
}

/** What an expression is worked out of. */
export function operandsOf(expression: Expression): readonly Expression[] {
  const operands: Expression[] = [];
  withOperands(expression, (operand) => {
    operands.push(operand);
    return operand;
  });
  return operands;
}

/** What is known of an expression that stands in a text. */
export function limitsOf(expression: Expression): TextLimits {
  switch (expression.kind) {
    case 'value': return ['integer', 'number', 'boolean'].includes(expression.type) ? { isPlain: true, maxLength: 24 } : { ...expression.limits };
    case 'release': return { isPlain: true, maxLength: RELEASE_FACTS[expression.fact].maxLength };
    case 'trunc': return { ...limitsOf(expression.of), maxLength: expression.length };
    case 'replace': return limitsOf(expression.of);
    case 'sha256': return { isPlain: true, maxLength: 64 };
    case 'encoded': return expression.encoding === 'url' ? { isPlain: true } : {};
    case 'chart': return { isPlain: true }; // the author of the chart writes them
    case 'default': return both(limitsOf(expression.of), limitsOf(expression.otherwise), (one, other) => Math.max(one, other));
    case 'choice': return both(limitsOf(expression.yes), limitsOf(expression.no), (one, other) => Math.max(one, other));
    case 'join': {
      const limits = expression.parts.map((part) => (typeof part === 'string' ? { isPlain: isPlain(part), maxLength: part.length } : limitsOf(part)));
      return limits.reduce((one, other) => both(one, other, (left, right) => left + right), { isPlain: true, maxLength: 0 });
    }
    case 'filled':
    case 'not':
    case 'all':
    case 'any': return { isPlain: true, maxLength: 5 };
    default: return {};
  }
}

/** Whether a text means itself between double quotes, and in a line of YAML. */
export function isPlain(text: string): boolean {
  return /^[A-Za-z0-9 ._/:@+=,;~^!?*()[\]<>|&%$#-]*$/.test(text);
}
