/** Characters at the beginning of a text that are hashed; shorter texts are not looked for. */
export const SHORTEST = 6;

const BASE = 0x01000193;

/** BASE to the power of SHORTEST, in 32 bits: the weight of the character that leaves the window. */
const LEAVING = Array.from({ length: SHORTEST }).reduce((power: number) => Math.imul(power, BASE), 1);

/** A part of a text: from the first character to behind the last. */
export type Span = readonly [start: number, end: number];

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < SHORTEST; index += 1) hash = (Math.imul(hash, BASE) + text.charCodeAt(index)) | 0; // eslint-disable-line no-bitwise
  return hash;
}

/** For each text the place of the longest other one that it begins with, in order of their code units; -1 where there is none. */
function prefixesOf(sorted: readonly string[]): Int32Array {
  const prefixes = new Int32Array(sorted.length);
  sorted.forEach((text, index) => {
    let place = index - 1;
    while (place >= 0 && !text.startsWith(sorted[place])) place = prefixes[place];
    prefixes[index] = place;
  });
  return prefixes;
}

/**
 * Finds any of many texts in one pass.
 *
 * A rolling hash tells where one of them may begin (Rabin and Karp); a binary search then finds the longest that does. So the time grows with the length of
 * what is searched, hardly with the number of texts.
 */
export class TextFinder {
  readonly #sorted: readonly string[];
  readonly #prefixes: Int32Array;
  readonly #hashes: ReadonlySet<number>;
  readonly #longest: number;

  /** @param texts those shorter than {@link SHORTEST} are left out */
  constructor(texts: Iterable<string>) {
    const long = [...new Set(texts)].filter(({ length }) => length >= SHORTEST);
    this.#sorted = long.sort((a, b) => (a < b ? -1 : 1));
    this.#prefixes = prefixesOf(this.#sorted);
    this.#hashes = new Set(this.#sorted.map(hashOf));
    this.#longest = this.#sorted.reduce((longest, { length }) => Math.max(longest, length), 0);
  }

  /** The longest text at each place where one begins. */
  find(text: string): Span[] {
    if (this.#sorted.length === 0 || text.length < SHORTEST) return [];
    const spans: Span[] = [];
    let hash = hashOf(text);
    for (let start = 0; ; start += 1) {
      const length = this.#hashes.has(hash) ? this.#lengthAt(text, start) : 0;
      if (length > 0) spans.push([start, start + length]);
      const next = start + SHORTEST;
      if (next >= text.length) return spans;
      hash = (Math.imul(hash, BASE) + text.charCodeAt(next) - Math.imul(LEAVING, text.charCodeAt(start))) | 0; // eslint-disable-line no-bitwise
    }
  }

  /** The last text that is not behind what begins here, or one that it begins with, is the longest that can be here. */
  #lengthAt(text: string, start: number): number {
    const here = text.slice(start, start + this.#longest);
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#sorted[middle] <= here) low = middle + 1;
      else high = middle;
    }
    let place = low - 1;
    while (place >= 0 && !here.startsWith(this.#sorted[place])) place = this.#prefixes[place];
    return place < 0 ? 0 : this.#sorted[place].length;
  }
}
