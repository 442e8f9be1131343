import { SetError } from './set-error';

/** A JSON value at the beginning of a text, and the part of the text that it is. */
export interface JsonPrefix {
  readonly value: unknown;
  readonly text: string;
}

const TOKEN = /\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s"[\]{},:]+)/suy;

/** Behind the first value: a scalar, or a bracket with all up to the one that closes it. */
function endOfValue(text: string): number {
  let depth = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const token = match[0].trim();
    if ('[{'.includes(token)) depth += 1;
    else if (']}'.includes(token)) depth -= 1;
    if (depth === 0) return match.index + match[0].length;
  }
  return text.length;
}

/** Numbers are float64, as in Helm; what none can hold Go refuses. */
function finite(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new SetError('a number is larger than any that JSON values can have');
  return value;
}

/** Reads one JSON value. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text, finite);
  } catch (error) {
    if (error instanceof SetError) throw error;
    throw new SetError('the value is no JSON; a text needs double quotes, within the single quotes of the shell'); // the parser's own words quote the text
  }
}

/** Reads the JSON value that a text begins with. */
export function readJsonPrefix(text: string): JsonPrefix {
  const prefix = text.slice(0, endOfValue(text));
  return { value: readJson(prefix), text: prefix };
}
