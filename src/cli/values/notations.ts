import { readJsonPrefix } from './json-prefix';
import { Runes } from './runes';
import { SetError } from './set-error';

/** A value that was read; `ended`, where the text ended before a value could begin, which Helm's parser tells apart. */
export interface Reading {
  readonly value: unknown;
  readonly ended?: boolean;
}

/** How one of the flags writes what it sets: pkg/strvals. */
export interface Notation {
  /** Characters that end a part of a name. */
  readonly stops: string;
  /** Whether a backslash takes a character literally. */
  readonly escapes: boolean;
  /** Reads what stands behind the `=`. */
  value(runes: Runes): Reading;
}

const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** What a text without a type means: true, false, null, an integer of 64 bits, else the text itself. A number with a dot stays text. */
function typed(text: string): unknown {
  // Go's EqualFold folds as Unicode does.
  if (/^true$/iu.test(text)) return true;
  if (/^false$/iu.test(text)) return false;
  if (/^null$/iu.test(text)) return null;
  if (text === '0') return 0;
  if (!/^[-+]?[0-9]+$/.test(text) || text.startsWith('0')) return text;
  const value = BigInt(text.replace(/^\+/, ''));
  if (value < INT64.least || value > INT64.most) return text;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** `{a,b}` */
function list(runes: Runes, read: (text: string) => unknown): unknown[] {
  const items: unknown[] = [];
  runes.skip('{');
  for (;;) {
    const { text, stop } = runes.until(',}', true);
    if (stop === undefined) throw new SetError('a list is not closed: it ends with }');
    items.push(read(text));
    if (stop === ',') continue;
    if (runes.next === ',') runes.skip(',');
    return items;
  }
}

/** `name=value,other={a,b}`, each text read by a function. */
function commaSeparated(read: (text: string) => unknown): Notation {
  return {
    stops: '=[,.',
    escapes: true,
    value: (runes) => {
      if (runes.next === undefined) return { value: '', ended: true };
      return { value: runes.next === '{' ? list(runes, read) : read(runes.until(',', true).text) };
    },
  };
}

/** Reads blanks, and a comma behind them. Says whether nothing else stood there. */
function skipSeparator(runes: Runes): boolean {
  const blank = /^\p{White_Space}*/u.exec(runes.rest)![0];
  runes.skip(blank);
  if (runes.next === undefined) return true;
  if (runes.next !== ',') return false;
  runes.skip(',');
  return true;
}

/** `--set` */
export const TYPED: Notation = commaSeparated(typed);

/** `--set-string` */
export const TEXTS: Notation = commaSeparated((text) => text);

/** `--set-file`: the texts name files. */
export function files(read: (path: string) => string): Notation {
  return commaSeparated(read);
}

/** `--set-json`: JSON behind each `=`; nothing there means null. */
export const JSON_VALUES: Notation = {
  stops: '=[,.',
  escapes: true,
  value: (runes) => {
    if (skipSeparator(runes)) return { value: null };
    const { value, text } = readJsonPrefix(runes.rest);
    runes.skip(text);
    skipSeparator(runes);
    return { value };
  },
};

/** `--set-literal`: everything behind the first `=` as it stands. */
export const LITERAL: Notation = { stops: '=[.', escapes: false, value: (runes) => ({ value: runes.until('', false).text }) };
