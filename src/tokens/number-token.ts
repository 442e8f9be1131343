import { calculation } from './calculation';
import { Part } from './text-token';
import { Token, TokenError, TokenMeaning, registry } from './token';

// All carriers have 16 digits, are whole, and are exact: [2^52, 2^53). Nothing in them is round, lest they divide into numbers that are.
const MIDDLE = 6_781_245_093_317_809;
const LARGEST = 2 ** 53;
const SCALE = 51_234_567_890_123;
const DIGITS_OF_CARRIER = 16;

/** Where a carrier may be printed, among other digits or not. */
const CARRIER = /\d{16,}/g;
/** Where the result of a calculation may be. */
const RESULT = /\d{11,}(?:\.\d+)?|\d{7,}\.\d+|\d(?:\.\d+)?e\+\d{2}/g;

/** Nothing that is meant is larger, but for the largest number of all. */
const SUSPICIOUS = 2 ** 46;

function isSuspicious(value: number): boolean {
  const size = Math.abs(value);
  return size > SUSPICIOUS && size !== Number.MAX_SAFE_INTEGER && registry().numbers.size > 0;
}

const REMEDY = 'a value can only be placed, not be calculated with. Declare it in the unit that is wanted.';

/** The order of samples. */
function place(sample: number): number {
  return Math.sign(sample) * Math.floor(Math.log1p(Math.min(Math.abs(sample), LARGEST)) * SCALE);
}

/** Values with the same sample follow each other as they were declared, at distances that differ, as those between multiples of the golden ratio do. */
function offset(sample: number): number {
  const { numbers } = registry();
  let same = 0;
  for (const token of numbers.values()) same += known(token) === sample ? 1 : 0;
  return same * 2 ** 23 + Math.floor((((numbers.size + 1) * 0.6180339887498949) % 1) * 2 ** 22);
}

function known({ sample }: TokenMeaning): number {
  return typeof sample === 'number' ? sample : 0;
}

/**
 * A number that carries a token; it is positive, and whole even if the value is not.
 *
 * The order of the carriers is the order of the samples: what compares two values compares what they stand as. A carrier is larger than any number that
 * is written in a program.
 */
export function mintNumber(meaning: TokenMeaning): number {
  const sample = known(meaning);
  const carrier = MIDDLE + place(sample) + offset(sample);
  registry().numbers.set(carrier, { ...meaning, shape: 'number' });
  return carrier;
}

/** The token that a number carries. A number that was made of one by calculation is refused: it would be a wrong number. */
export function tokenOf(value: number): Token | undefined {
  const token = registry().numbers.get(value);
  if (token) return token;
  if (Number.isNaN(value) && registry().texts.length > 0) {
    throw new TokenError('it is NaN, which a text becomes that is made a number. A value that is wanted as a number has to be declared as one.');
  }
  const done = calculation(value);
  if (done !== undefined) throw new TokenError(`${done}, but ${REMEDY}`);
  if (isSuspicious(value)) {
    throw new TokenError(`${value} is larger than any number that is meant, so it is taken for the result of a calculation with a value, but ${REMEDY} A number that is meant has to be a text.`);
  }
  return undefined;
}

/** What a number stands as; nothing where that is not known. One that was calculated of a token is refused. */
export function sampleOf(value: number): number | undefined {
  const token = tokenOf(value);
  return token ? (typeof token.sample === 'number' ? token.sample : undefined) : value;
}

/** Where a text holds its first carrier. */
function carrierIn(text: string): number | undefined {
  for (const { 0: digits, index } of text.matchAll(CARRIER)) {
    for (let start = 0; start <= digits.length - DIGITS_OF_CARRIER; start += 1) {
      if (registry().numbers.has(Number(digits.slice(start, start + DIGITS_OF_CARRIER)))) return index + start;
    }
  }
  return undefined;
}

/** Refuses a text in which a number was printed that is the result of a calculation. Other large numbers are no concern of ours: they may be identifiers. */
function withoutResults(text: string): string {
  const numbers = [...text.matchAll(RESULT)].map(([number]) => Number(number));
  const done = numbers.map((number) => calculation(number, numbers.length)).find((each) => each !== undefined);
  if (done === undefined) return text;
  throw new TokenError(`${done}, but ${REMEDY}`);
}

/** A text in which a number was printed, as its pieces. A value times a power of ten prints as the value and zeros, which is what it is. */
export function tokensInDigits(text: string): Part[] {
  const { numbers } = registry();
  if (numbers.size === 0) return [text];
  const parts: Part[] = [];
  let rest = text;
  for (let begin = carrierIn(rest); begin !== undefined; begin = carrierIn(rest)) {
    const end = begin + DIGITS_OF_CARRIER;
    parts.push(withoutResults(rest.slice(0, begin)), numbers.get(Number(rest.slice(begin, end)))!);
    rest = rest.slice(end);
  }
  return [...parts, withoutResults(rest)];
}
