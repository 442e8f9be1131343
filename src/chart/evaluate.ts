import { TokenError } from '../tokens';
import { sha256 } from './digest';
import { ChartFact, Expression, ReleaseFact } from './expression';
import { goJson, goQueryEscape, truncated } from './go-text';

/** What an operation knows of its release. */
export interface ReleaseState {
  readonly release: Readonly<Record<ReleaseFact, string | number | boolean>>;
  readonly chart: Readonly<Record<ChartFact, string>>;
  /** The user's values over the chart's own. */
  readonly values: Readonly<Record<string, unknown>>;
}

function lookUp(values: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return values ?? null;
  return typeof values === 'object' && values !== null && Object.hasOwn(values, key) ? lookUp((values as Record<string, unknown>)[key], rest) : null;
}

function without(map: unknown, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => !keys.includes(key)));
}

/** What an expression yields in a release, as Helm would work it out. */
export function evaluate(expression: Expression, state: ReleaseState): unknown {
  const text = (each: Expression) => printed(evaluate(each, state));
  switch (expression.kind) {
    case 'value': return lookUp(state.values, expression.path);
    case 'release': return state.release[expression.fact];
    case 'chart': return state.chart[expression.fact];
    case 'json': return goJson(evaluate(expression.of, state));
    case 'join': return expression.parts.map((part) => (typeof part === 'string' ? part : text(part))).join('');
    case 'trunc': return truncated(text(expression.of), expression.length);
    case 'replace': return text(expression.of).replaceAll(expression.from, expression.to);
    case 'default': return text(expression.of) || text(expression.otherwise);
    case 'choice': return text(evaluate(expression.condition, state) === true ? expression.yes : expression.no);
    case 'without': return without(evaluate(expression.of, state), expression.keys.map((key) => (typeof key === 'string' ? key : text(key))));
    case 'filled': return text(expression.of) !== '';
    case 'sha256': return sha256(text(expression.of));
    case 'encoded': return expression.encoding === 'url' ? goQueryEscape(text(expression.of)) : goJson(text(expression.of)).slice(1, -1);
    case 'not': return evaluate(expression.of, state) !== true;
    case 'all': return expression.of.every((each) => evaluate(each, state) === true);
    case 'any': return expression.of.some((each) => evaluate(each, state) === true);
    case 'helm': throw new TokenError(`only helm can work out {{ ${expression.pipeline} }}`);
  }
}

/** A value as a part of a text. */
export function printed(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : goJson(value);
}
