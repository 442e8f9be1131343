/*
 * JSON whose integers are exact. Kubernetes and Helm know integers of 64 bits; those that a double cannot hold are bigints here.
 */

function withBigints(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(withBigints).join(',')}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${withBigints(field)}`).join(',')}}`;
}

/** The JSON of a value that may hold bigints. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null'; // many times as fast, and all that is needed nearly always
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return withBigints(value); // a bigint is what it refuses
  }
}

/** Behind the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  for (; end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** Calls for each token outside of strings; the expression is global and matches `"`, too. */
function scan(text: string, token: RegExp, see: (found: string, index: number) => void): void {
  for (let match = token.exec(text); match; match = token.exec(text)) {
    see(match[0], match.index);
    if (match[0] === '"') token.lastIndex = endOfString(text, match.index);
  }
}

/** The text with every integer that a double cannot hold as a string behind a mark. */
function markIntegers(text: string, mark: string): string {
  const parts: string[] = [];
  let copied = 0;
  scan(text, /"|-?[0-9][-+.0-9eE]*/g, (found, index) => {
    if (!/^-?[0-9]+$/.test(found) || Number.isSafeInteger(Number(found))) return;
    parts.push(text.slice(copied, index), `"${mark}${found}"`);
    copied = index + found.length;
  });
  return parts.join('') + text.slice(copied);
}

/** A few bytes of JSON can be an object of a hundred: what is to be read is counted first. */
function checkCount(text: string, limit: number): void {
  let count = 1;
  scan(text, /["[{,]/g, (found) => {
    if (found !== '"') count += 1;
    if (count > limit) throw new RangeError(`the JSON holds more than ${limit} values`);
  });
}

/**
 * Reads what {@link toJson} writes.
 *
 * @param maxValues the most maps, lists and scalars it may hold
 * @throws SyntaxError, and RangeError where it holds too many
 */
export function fromJson(text: string, maxValues = Infinity): unknown {
  if (text.length > maxValues) checkCount(text, maxValues);
  if (!/[0-9]{16}/.test(text)) return JSON.parse(text);
  const mark = `${crypto.randomUUID()}:`; // no text can hold it by itself
  return JSON.parse(markIntegers(text, mark), (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value);
}
