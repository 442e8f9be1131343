import { Yaml } from 'cdk8s';
import { Part, Token, TokenError, isToken, partsOf, placeholder, replaceTokens } from '../tokens';
import { conditionalField } from './conditional-field';
import { Expression, limitsOf, typeOf } from './expression';
import { expressionOf, expressionsOf } from './expression-token';
import { goLiteral } from './go-text';
import { action, pipeline } from './helm-text';
import { block, isBlock, quotedYaml } from './yaml-text';

/** Writes what stands at a place whose contents are indented by so much. */
type Writer = (indent: number) => string;

/** Text that is meant for somebody else's templates (Grafana's, Prometheus', Argo's), so that Helm prints it as it is. */
export function escapeActions(text: string): string {
  return text.replace(/\{\{/g, `{{ ${goLiteral('{{')} }}`);
}

/** What Go prints for a value that is not there; Helm removes it from all that it has rendered (pkg/engine/engine.go). */
const NO_VALUE = '<no value>';

/** Whether Helm prints a text as it is. */
function isUntouched(text: string): boolean {
  return !text.includes('{{') && !text.includes(NO_VALUE);
}

/** A text between double quotes. */
function quotedText(text: string): string {
  return quotedYaml(text).replaceAll(NO_VALUE, '\\u003cno value>');
}

/** Whether an expression yields no scalar. */
function isStructure(expression: Expression): boolean {
  return ['list', 'map'].includes(typeOf(expression));
}

function inText(part: Part, helper: string, write: (text: string) => string): string {
  if (!isToken(part)) return escapeActions(write(part));
  const expression = expressionOf(part);
  if (isStructure(expression)) throw new TokenError(`${part.label} is a ${typeOf(expression)}, so it cannot be a part of a text. Use its asJson.`);
  const parts = expression.kind === 'join' ? expression.parts : [expression];
  return parts.map((each) => (typeof each === 'string' ? escapeActions(write(each)) : action(each, helper))).join('');
}

function quoted(parts: readonly Part[], helper: string): string {
  return `"${parts.map((part) => inText(part, helper, quotedText)).join('')}"`;
}

/** The named template of a chart that prints a text as it stands between double quotes. */
export function helperOf(chart: string): string {
  return `${chart}.text`;
}

/** A text as whoever reads a template as YAML sees it. */
export function textInTemplate(text: string, helper: string): string {
  return JSON.parse(quoted(partsOf(text), helper)) as string;
}

/** Whether a text can stand below its key: what is put in is plain, and neither its first nor its last line depends on it. */
function standsBelow(parts: readonly Part[]): boolean {
  const isWhole = !isToken(parts[0]) && !isToken(parts.at(-1)!);
  const arePlain = parts.every((part) => !isToken(part) || limitsOf(expressionOf(part)).isPlain === true);
  return isWhole && arePlain && !parts.some((part) => !isToken(part) && part.includes(NO_VALUE)) && isBlock(parts.map((part) => (isToken(part) ? 'x' : part)).join(''));
}

/** In a comment, so that the file is YAML for whoever reads it before Helm does; the line that Helm adds is no comment any more. */
function structure(expression: Expression): Writer {
  return (indent) => `# {{- ${pipeline({ kind: 'json', of: expression })} | nindent ${indent} }}`;
}

function scalar(expression: Expression): string {
  const tag = { integer: 'int', number: 'float', boolean: 'bool' }[typeOf(expression) as string];
  if (tag === undefined) throw new Error(`a ${typeOf(expression)} is no scalar`);
  return `!!${tag} "{{ ${pipeline(typeOf(expression) === 'number' ? { kind: 'json', of: expression } : expression)} }}"`;
}

function alone(token: Token): Writer {
  const expression = expressionOf(token);
  return isStructure(expression) ? structure(expression) : () => scalar(expression);
}

/** Puts what was written into the place of the words that stand for it, line by line. */
function fill(yaml: string, words: RegExp, writers: readonly Writer[]): string {
  return yaml.split('\n').map((line) => {
    const column = /^ *(?:- )*/.exec(line)![0].length;
    return line.replace(words, (_, index: string, offset: number) => writers[Number(index)](offset === column ? column : column + 2));
  }).join('\n');
}

/** Fields between comments that Helm obeys: each as long as what follows is deeper than its key. */
function withConditions(yaml: string, words: RegExp, conditions: readonly Expression[]): string {
  const open: number[] = [];
  const lines = yaml.split('\n').flatMap((line, index, { length }) => {
    const column = index === length - 1 ? 0 : line.search(/\S/);
    const ends: string[] = [];
    while (column >= 0 && open.length > 0 && column <= open.at(-1)!) ends.push(`${' '.repeat(open.pop()!)}# {{- end }}`);
    const condition = words.exec(line)?.[1];
    if (condition === undefined) return [...ends, line];
    open.push(column);
    return [...ends, `${' '.repeat(column)}# {{- if ${pipeline(conditions[Number(condition)])} }}`, line.replace(words, '')];
  });
  return lines.join('\n');
}

/** Items of a list behind those that are written, or fields of a map beside those that are: the lines that stand for them, between which Helm goes round. */
function withItems(yaml: string, words: RegExp, lists: readonly Expression[]): string {
  return yaml.split('\n').map((line) => {
    const index = words.exec(line)?.[1];
    if (index === undefined) return line;
    const column = line.search(/\S/);
    const list = lists[Number(index)];
    if (typeOf(list) === 'list') return `${' '.repeat(column)}# {{- range ${pipeline(list)} }}{{ printf \`- %s\` (toJson .) | nindent ${column} }}{{ end }}`;
    const field = `{{ printf \`%s: %s\` (toJson $key) (toJson $value) | nindent ${column} }}`;
    return `${' '.repeat(column)}# {{- range $key, $value := ${pipeline(list)} }}${field}{{ end }}`;
  }).join('\n');
}

/** A key as Helm compares it with others. */
function comparableKey(parts: readonly Part[]): string | Expression {
  const key = conditionalField(parts)?.key;
  if (key !== undefined) return comparableKey(partsOf(key));
  if (parts.length === 1 && !isToken(parts[0])) return parts[0];
  return { kind: 'join', parts: expressionsOf(parts) };
}

/** The fields of a map among others, which win. */
export function fieldsAmong(token: Token, others: readonly (readonly Part[])[]): Expression {
  return { kind: 'without', of: expressionOf(token), keys: others.map(comparableKey) };
}

/** A key as it stands in YAML. */
function writtenKey(key: string): string {
  return Yaml.stringify({ [key]: 0 }).replace(/: 0\n$/, '');
}

/** An object as a template of Helm, which is YAML before it is rendered, too. */
export function template(object: unknown, helper: string): string {
  const writers: Writer[] = [];
  const word = (writer: Writer) => placeholder(writers.push(writer) - 1);
  const words = new RegExp(placeholder('(\\d+)'), 'g');
  const conditions: Expression[] = [];
  const lists: Expression[] = [];
  const several = (expression: Expression) => placeholder(`items${lists.push(expression) - 1}`);

  const text = (parts: readonly Part[]): unknown => {
    const [first] = parts;
    if (parts.length === 1) {
      if (isToken(first) && first.shape === 'structure') return word(alone(first));
      if (!isToken(first) && isUntouched(first)) return first;
    }
    const line = quoted(parts, helper); // now, while an error still knows its field
    return word((indent) => (standsBelow(parts) ? block(parts.map((part) => inText(part, helper, String)).join(''), indent) : line));
  };
  const isWritten = (parts: readonly Part[]): parts is [string] => parts.length === 1 && !isToken(parts[0]) && isUntouched(parts[0]);
  const key = (parts: readonly Part[]): string => {
    const field = conditionalField(parts);
    if (!field) return isWritten(parts) ? parts[0] : word(() => quoted(parts, helper));
    const inside = partsOf(field.key);
    return placeholder(`if${conditions.push(field.condition) - 1}`) + word(() => (isWritten(inside) ? writtenKey(inside[0]) : quoted(inside, helper)));
  };
  const yaml = Yaml.stringify(replaceTokens(object, {
    text,
    number: (token) => word(alone(token)),
    key,
    items: (token) => [several(expressionOf(token))],
    fields: (token, others) => ({ [several(fieldsAmong(token, others))]: 0 }),
  }));
  const conditional = withConditions(yaml, new RegExp(placeholder('if(\\d+)')), conditions);
  return fill(withItems(conditional, new RegExp(placeholder('items(\\d+)')), lists), words, writers);
}
