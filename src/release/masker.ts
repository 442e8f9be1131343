import { MASK } from './secret-mask';
import { SHORTEST, Span, TextFinder } from './text-finder';

/** Values of fewer characters are not masked: they are too often parts of ordinary words. */
export const MIN_MASKED = SHORTEST;

/** Together the texts that are looked for are at most so many, and so many characters: they are kept in memory. */
const MAX_TEXTS = 200_000;
const MAX_CHARACTERS = 64 * 1024 * 1024;

/** Columns at which `base64` and `openssl base64` break their output. */
const COLUMNS = [76, 64];

function isText(text: string): boolean {
  return !text.includes('\ufffd');
}

/** The base64 of a longer text, as far as it depends on these bytes alone; they begin `shift` bytes behind a group of three. */
function core(bytes: Uint8Array, shift: number): string {
  const encoded = Buffer.concat([new Uint8Array(shift), bytes]).toString('base64');
  return encoded.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3));
}

function rows(text: string, columns: number): string[] {
  if (text.length <= columns) return [];
  return Array.from({ length: Math.ceil(text.length / columns) }, (_, row) => text.slice(row * columns, (row + 1) * columns));
}

/** In both alphabets, with and without padding, in rows, and inside of the base64 of something longer, such as `user:password`. */
function base64Forms(bytes: Uint8Array): string[] {
  const whole = Buffer.from(bytes).toString('base64');
  const forms = [whole, whole.replace(/=+$/, ''), ...[0, 1, 2].map((shift) => core(bytes, shift)), ...COLUMNS.flatMap((columns) => rows(whole, columns))];
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

/** As JSON, also as Go writes it, and in URLs by either rule and in forms. */
function escapedForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const url = encodeURIComponent(text);
  const hex = (character: string) => character.charCodeAt(0).toString(16);
  const strict = url.replace(/[!'()*]/g, (character) => `%${hex(character).toUpperCase()}`);
  return [text, json, json.replace(/[<>&]/g, (character) => `\\u00${hex(character)}`), url, strict, strict.replaceAll('%20', '+')];
}

/** The strings in a JSON document; nothing where the text is none. */
function stringsOf(text: string): string[] {
  if (!/^[[{]/.test(text)) return [];
  const strings: string[] = [];
  try {
    JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' && strings.push(value), value));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error; // no JSON, or nested too deeply
    return [];
  }
  return strings;
}

/** Every form in which a value is likely to be printed: the whole of it, its lines, and the strings in it if it is JSON. */
function formsOf(value: Uint8Array): string[] {
  const text = Buffer.from(value).toString('utf8');
  if (!isText(text)) return value.length < MIN_MASKED ? [] : base64Forms(value);
  const whole = text.trim();
  if (whole.length < MIN_MASKED) return [];
  const parts = [...whole.split(/[\r\n]+/).map((line) => line.trim()), ...stringsOf(whole)];
  const long = parts.filter(({ length }) => length >= MIN_MASKED);
  return [...base64Forms(Buffer.from(whole)), ...base64Forms(value), ...[text, whole, ...long].flatMap(escapedForms)];
}

/** Spans that overlap or touch, as one. */
function union(spans: readonly Span[]): Span[] {
  const merged: [number, number][] = [];
  for (const [start, end] of spans) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** The spans that lie in none of the others; both are in their order. */
function outside(spans: readonly Span[], others: readonly Span[]): Span[] {
  let next = 0;
  let covered = 0;
  return spans.filter(([start, end]) => {
    for (; next < others.length && others[next][0] <= start; next += 1) covered = Math.max(covered, others[next][1]);
    return end > covered;
  });
}

/** What a masker is given. */
export interface MaskerProps {
  /** Values of Secrets, as bytes. */
  readonly values: Iterable<Uint8Array>;
  /** Names that everybody may see: what is part of one is not masked in it. */
  readonly names?: Iterable<string>;
}

/** Replaces the values of Secrets in texts, in clear and as they are usually written. A value that is broken across two texts it does not know again. */
export class Masker {
  readonly #values: TextFinder;
  readonly #names: TextFinder;
  /** Whether every value is looked for; there may be more than memory is worth. */
  readonly complete: boolean;

  constructor({ values, names = [] }: MaskerProps) {
    const texts = new Set<string>();
    let characters = 0;
    let complete = true;
    for (const value of values) {
      for (const form of formsOf(value)) {
        if (texts.has(form)) continue;
        complete &&= texts.size < MAX_TEXTS && characters + form.length <= MAX_CHARACTERS;
        if (!complete) break;
        texts.add(form);
        characters += form.length;
      }
    }
    this.complete = complete;
    this.#values = new TextFinder(texts);
    this.#names = new TextFinder(names);
  }

  /** The text with {@link MASK} in the place of every value. */
  mask(text: string): string {
    const found = this.#values.find(text);
    if (found.length === 0) return text;
    let masked = '';
    let position = 0;
    for (const [start, end] of union(outside(found, this.#names.find(text)))) {
      masked += text.slice(position, start) + MASK;
      position = end;
    }
    return masked + text.slice(position);
  }
}
