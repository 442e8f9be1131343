import { Encoding } from '../tokens';
import { Expression, limitsOf, typeOf } from './expression';
import { goLiteral } from './go-text';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

function valueText(path: readonly string[]): string {
  return path.every((key) => IDENTIFIER.test(key)) ? `.Values.${path.join('.')}` : `index .Values ${path.map(goLiteral).join(' ')}`;
}

function argument(expression: Expression): string {
  const text = pipeline(expression);
  return text.includes(' ') ? `(${text})` : text;
}

/** Parts of a text in a row, as an argument each. A number as Go prints it would have an exponent; its JSON has none where there need not be one. */
function printed(parts: readonly (string | Expression)[]): string {
  if (parts.length === 1 && typeof parts[0] === 'string') return goLiteral(parts[0]);
  const format = parts.map((part) => (typeof part === 'string' ? part.replace(/%/g, '%%') : '%v')).join('');
  const expressions = parts.filter((part) => typeof part !== 'string');
  return ['printf', goLiteral(format), ...expressions.map((part) => argument(asText(part)))].join(' ');
}

/** What prints a value as it is read. */
export function asText(expression: Expression): Expression {
  return typeOf(expression) === 'number' ? { kind: 'json', of: expression } : expression;
}

/** A double quote: written as it is, YAML would take it for the end of the text in which the action stands. */
const QUOTE = '(printf `%c` 34)';

/** A text as another language writes it. */
function encoded(of: Expression, encoding: Encoding): string {
  if (encoding === 'url') return `urlquery ${argument(of)} | replace \`+\` \`%20\``;
  return `toJson ${argument(of)} | trimPrefix ${QUOTE} | trimSuffix ${QUOTE}`;
}

/** What yields the value in a template, in the type that it has. */
export function pipeline(expression: Expression): string {
  switch (expression.kind) {
    // Helm reads 1000000 from a file as a float, and Go prints that as 1e+06.
    case 'value': return expression.type === 'integer' ? `int64 ${argument({ ...expression, type: 'string' })}` : valueText(expression.path);
    case 'release': return `.Release.${expression.fact}`;
    case 'chart': return `.Chart.${expression.fact}`;
    case 'json': return `toJson ${argument(expression.of)}`;
    case 'join': return printed(expression.parts);
    case 'choice': return `ternary ${[expression.yes, expression.no, expression.condition].map(argument).join(' ')}`;
    case 'trunc': return `${pipeline(expression.of)} | trunc ${expression.length} | trimSuffix \`-\``;
    case 'replace': return `${pipeline(expression.of)} | replace ${goLiteral(expression.from)} ${goLiteral(expression.to)}`;
    case 'default': return `${pipeline(expression.of)} | default ${argument(expression.otherwise)}`;
    case 'without': return `omit (default dict ${argument(expression.of)}) ${expression.keys.map((key) => (typeof key === 'string' ? goLiteral(key) : argument(key))).join(' ')}`;
    case 'filled': return `not (empty ${argument(expression.of)})`;
    case 'sha256': return `${pipeline(expression.of)} | sha256sum`;
    case 'encoded': return encoded(expression.of, expression.encoding);
    case 'not': return `not ${argument(expression.of)}`;
    case 'all': return `and ${expression.of.map(argument).join(' ')}`;
    case 'any': return `or ${expression.of.map(argument).join(' ')}`;
    case 'helm': return expression.pipeline;
  }
}

/** An action that prints the value into a line of a text in double quotes, whatever it holds; `helper` is the template that escapes it. */
export function action(expression: Expression, helper: string): string {
  const text = asText(expression);
  if (limitsOf(expression).isPlain === true) return `{{ ${pipeline(text)} }}`;
  return `{{ include ${goLiteral(helper)} ${argument(text)} }}`;
}
