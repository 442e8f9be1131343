import { TokenError } from '../tokens';
import { compareBytes } from '../vocabulary';

/** A text as a literal of Go's templates that may stand in a YAML text in double quotes: Go's raw literals need no quotes that YAML would see. */
export function goLiteral(text: string): string {
  if (!/[`\r\n"\\]/.test(text)) return `\`${text}\``;
  throw new TokenError(`${JSON.stringify(text)} cannot stand in an action of a template: it holds a backtick, a double quote, a backslash or a line break`);
}

/** What encoding/json escapes beyond JSON: characters of HTML, and line ends of JavaScript. */
const ESCAPED = /[<>&\u2028\u2029]/g;

/** The JSON of a value as Go writes it, its keys sorted. */
export function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([one], [other]) => compareBytes(one, other));
    return `{${entries.map(([key, each]) => `${goJson(key)}:${goJson(each)}`).join(',')}}`;
  }
  const json = JSON.stringify(value ?? null);
  return typeof value === 'string' ? json.replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
}

/** A text as Go's net/url writes it in a URL, with %20 for a space. It escapes all but letters, digits and -_.~ */
export function goQueryEscape(text: string): string {
  const wellFormed = Buffer.from(text).toString();
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The beginning of a text without a dash at its end: `trunc` and `trimSuffix` of Helm's templates. Names are ASCII, so a character is a byte. */
export function truncated(text: string, length: number): string {
  return text.slice(0, length).replace(/-$/, '');
}
