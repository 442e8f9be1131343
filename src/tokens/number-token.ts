import { Part } from './text-token';
import { Token, TokenError, TokenMeaning, registry } from './token';

// All carriers have 16 digits, are whole, and are exact: [2^52, 2^53).
const FIRST = 2 ** 52;
const END = 2 ** 53;
const STEP = 2 ** 37;
const CARRIER = /\d{16,}/g;

/** Numbers below are nobody's carrier, nor the difference of two. */
const HARMLESS = 1_000_000;
/** Nothing that is meant is as large; what is divided by more than this is not found out. */
const SUSPICIOUS = 2 ** 46;
const LARGEST_FACTOR = 100_000;

/** The order of the carriers is the order of the samples: what compares two values compares what they stand as. */
function stepOf(sample: unknown): number {
  const value = typeof sample === 'number' ? sample : 0;
  return 2 ** 14 + Math.sign(value) * Math.round(300 * Math.log2(1 + Math.min(Math.abs(value), END)));
}

/** Multiples of the golden ratio are never close to each other, so neither are carriers. */
function spread(index: number): number {
  return Math.floor(((index * 0.6180339887498949) % 1) * STEP);
}

/** A number that carries a token; it is positive, and whole even if the value is not. */
export function mintNumber(meaning: TokenMeaning): number {
  const { numbers } = registry();
  const carrier = FIRST + stepOf(meaning.sample) * STEP + spread(numbers.size + 1);
  numbers.set(carrier, { ...meaning, shape: 'number' });
  return carrier;
}

/** The whole number that one number is of another, if it is. */
function factorOf(large: number, small: number): number | undefined {
  const factor = Math.round(large / small);
  const isExact = Math.abs(large / small - factor) <= Math.max(1e-9, (2 * factor) / small);
  return factor > 1 && factor <= LARGEST_FACTOR && isExact ? factor : undefined;
}

/** What was done to a carrier to get a number; nothing if it is not made of one. */
function calculation(value: number): string | undefined {
  const { numbers } = registry();
  const size = Math.abs(value);
  if (size < HARMLESS || numbers.size === 0) return undefined;
  for (const [carrier, { label }] of numbers) {
    if (size === carrier) return `${label} was negated`;
    if (Math.abs(size - carrier) <= HARMLESS) return `${Math.abs(size - carrier)} was ${size > carrier ? 'added to' : 'taken from'} ${label}`;
    if (numbers.has(carrier + size)) return `${label} was taken from ${numbers.get(carrier + size)!.label}`;
    const times = factorOf(size, carrier);
    if (times !== undefined) return `${label} was multiplied by ${times}`;
    const part = factorOf(carrier, size);
    if (part !== undefined) return `${label} was divided by ${part}`;
  }
  return size >= SUSPICIOUS ? `${value} is the result of a calculation with a value` : undefined;
}

function refuseCalculation(value: number): void {
  const done = calculation(value);
  if (done !== undefined) throw new TokenError(`${done}, but a value can only be placed, not be calculated with. Declare it in the unit that is wanted.`);
}

/** The token that a number carries. A number that was made of one by calculation is refused: it would be a wrong number. */
export function tokenOf(value: number): Token | undefined {
  const token = registry().numbers.get(value);
  if (!token) refuseCalculation(value);
  return token;
}

/** What a number stands as; nothing where that is not known. */
export function sampleOf(value: number): number | undefined {
  const token = registry().numbers.get(value);
  return token ? (typeof token.sample === 'number' ? token.sample : undefined) : value;
}

/** A text in which a number was printed, as its pieces. */
export function tokensInDigits(text: string): Part[] {
  const { numbers } = registry();
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: digits, index } of text.matchAll(CARRIER)) {
    const carrier = [...Array(digits.length - 15).keys()].find((offset) => numbers.has(Number(digits.slice(offset, offset + 16))));
    if (carrier === undefined) {
      if (Number.isSafeInteger(Number(digits))) refuseCalculation(Number(digits));
      continue;
    }
    parts.push(text.slice(end, index + carrier), numbers.get(Number(digits.slice(carrier, carrier + 16)))!);
    end = index + carrier + 16;
  }
  return [...parts, text.slice(end)];
}
