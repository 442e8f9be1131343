import { registry } from './token';

/** Numbers below are nobody's carrier, nor the difference of two, nor a part of one that is not far too small to be worth a calculation. */
const HARMLESS = 1_000_000;
/** What is added to a value, or taken from it; two carriers are further from each other than this. */
const LARGEST_ADDEND = 2 ** 22;
/** Roundings of a few calculations with floating point. */
const FLOATING = 2 ** -51;

/**
 * How simple a fraction has to be, as the product of its numerator and denominator: bytes of a mebibyte, seconds of a day and percents are. And how
 * improbable it has to be that a number is that close to such a fraction by chance.
 */
const SIMPLE = 2 ** 20;
const CHANCE = 4e-6;

/** How far a number may be from what was calculated, as a part of it: one, where it was rounded. */
function precisionOf(size: number): number {
  return Number.isInteger(size) ? Math.max(FLOATING, 1 / size) : FLOATING;
}

/** The simple fraction that a ratio is, if it is one: the first of its continued fraction that is close enough; `among` so many ratios. */
function fractionOf(ratio: number, precision: number, among: number): readonly [number, number] | undefined {
  let [before, current]: (readonly [number, number])[] = [[0, 1], [1, 0]];
  for (let rest = ratio; Number.isFinite(rest); rest = 1 / (rest - Math.floor(rest))) {
    const whole = Math.floor(rest);
    [before, current] = [current, [whole * current[0] + before[0], whole * current[1] + before[1]]];
    const [numerator, denominator] = current;
    const complexity = numerator * denominator;
    if (complexity > SIMPLE || complexity * precision * among > CHANCE) return undefined;
    if (Math.abs(numerator / denominator - ratio) <= precision * ratio) return current;
  }
  return undefined;
}

function scaled(label: string, [numerator, denominator]: readonly [number, number]): string {
  if (denominator === 1) return `${label} was multiplied by ${numerator}`;
  return numerator === 1 ? `${label} was divided by ${denominator}` : `${label} was multiplied by ${numerator}/${denominator}`;
}

/**
 * What was done to a value to get a number, in words; nothing if the number is not made of one. Among many numbers, such as the times in a dashboard,
 * one is close to a fraction by chance: the more there are, the closer it has to be.
 *
 * What is not found out: a remainder (`%`), an operation on bits, a value in a comparison, a quotient that was rounded and is below some 10^10.
 */
export function calculation(value: number, among = 1): string | undefined {
  const { numbers } = registry();
  const size = Math.abs(value);
  if (size < HARMLESS || size === Number.MAX_SAFE_INTEGER || numbers.size === 0) return undefined; // that one is the limit of every integer
  const precision = precisionOf(size);
  const about = (wanted: number) => [wanted, wanted - 1, wanted + 1].map((each) => numbers.get(each)).find((token) => token !== undefined);
  for (const [carrier, { label }] of numbers) {
    const distance = Math.abs(size - carrier);
    if (distance === 0) return `${label} was ${value < 0 ? 'negated' : 'printed with an exponent'}`;
    if (distance <= LARGEST_ADDEND) return `${distance} was ${size > carrier ? 'added to' : 'taken from'} ${label}`;
    const minuend = numbers.get(carrier + size);
    if (minuend) return `${label} was taken from ${minuend.label}`;
    const fraction = fractionOf(size / carrier, precision, among * numbers.size);
    if (fraction) return scaled(label, fraction);
    if (size < carrier) continue; // neither a sum of two carriers nor a product
    const addend = about(size - carrier);
    if (addend) return `${label} was added to ${addend.label}`;
    const factor = about(Math.round(size / carrier));
    if (factor) return `${label} was multiplied by ${factor.label}`;
  }
  return undefined;
}
