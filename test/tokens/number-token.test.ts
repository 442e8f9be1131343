import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { TokenError, isToken, mintNumber, mintText, partsOf, sampleOf, tokenOf } from '../../src/tokens';
import { registry } from '../../src/tokens/token';

const mint = (label: string, sample?: number) => mintNumber({ label, sample, source: undefined });
const labels = (text: string) => partsOf(text).map((part) => (isToken(part) ? { token: part.label } : part));

const replicas = mint('replicas', 2);
const timeout = mint('timeout', 600);
const unknown = mint('unknown');

test('a number carries its token, and stands as its sample', () => {
  expect(tokenOf(replicas)).toEqual({ label: 'replicas', sample: 2, shape: 'number', source: undefined });
  expect([sampleOf(replicas), sampleOf(unknown), sampleOf(7)]).toEqual([2, undefined, 7]);
});

test('what is printed in a text is found there, also among other digits and beside another value', () => {
  expect(labels(`${replicas}`)).toEqual([{ token: 'replicas' }]);
  expect(labels(`-n ${replicas} -t ${timeout}s`)).toEqual(['-n ', { token: 'replicas' }, ' -t ', { token: 'timeout' }, 's']);
  expect(labels(`1${replicas}${timeout}0`)).toEqual(['1', { token: 'replicas' }, { token: 'timeout' }, '0']);
  expect(labels(`${timeout}.${replicas}`)).toEqual([{ token: 'timeout' }, '.', { token: 'replicas' }]);
  expect(labels(`1234567.${replicas}`)).toEqual(['1234567.', { token: 'replicas' }]);
});

/** What people do to numbers, and what they are told. */
const CALCULATIONS: readonly (readonly [string, number, string])[] = [
  ['replicas + 1', replicas + 1, '1 was added to replicas'],
  ['replicas - 1', replicas - 1, '1 was taken from replicas'],
  ['86400 + timeout', 86_400 + timeout, '86400 was added to timeout'],
  ['timeout * 60', timeout * 60, 'timeout was multiplied by 60'],
  ['timeout * 1000', timeout * 1000, 'timeout was multiplied by 1000'],
  ['timeout * 86400', timeout * 86_400, 'timeout was multiplied by 86400'],
  ['timeout * 1024 * 1024', timeout * 1024 * 1024, 'timeout was multiplied by 1048576'],
  ['timeout * 0.75', timeout * 0.75, 'timeout was multiplied by 3/4'],
  ['Math.floor(timeout * 0.9)', Math.floor(timeout * 0.9), 'timeout was multiplied by 9/10'],
  ['timeout * 1.1', timeout * 1.1, 'timeout was multiplied by 11/10'],
  ['(timeout * 85) / 100', (timeout * 85) / 100, 'timeout was multiplied by 17/20'],
  ['replicas / 2', replicas / 2, 'replicas was divided by 2'],
  ['Math.ceil(replicas / 2)', Math.ceil(replicas / 2), 'replicas was divided by 2'],
  ['Math.floor(timeout / 60)', Math.floor(timeout / 60), 'timeout was divided by 60'],
  ['timeout / 60', timeout / 60, 'timeout was divided by 60'],
  ['Math.round(timeout / 3600)', Math.round(timeout / 3600), 'timeout was divided by 3600'],
  ['Math.ceil(timeout / 86400)', Math.ceil(timeout / 86_400), 'timeout was divided by 86400'],
  ['timeout / 1048576', timeout / 1_048_576, 'timeout was divided by 1048576'],
  ['timeout - replicas', timeout - replicas, 'replicas was taken from timeout'],
  ['replicas - timeout', replicas - timeout, 'replicas was taken from timeout'],
  ['replicas + timeout', replicas + timeout, 'replicas was added to timeout'],
  ['replicas * timeout', replicas * timeout, 'replicas was multiplied by timeout'],
  ['Duration.minutes(timeout).toSeconds()', Duration.minutes(timeout).toSeconds(), 'timeout was multiplied by 60'],
  ['Duration.hours(timeout).toSeconds()', Duration.hours(timeout).toSeconds(), 'timeout was multiplied by 3600'],
  ['Size.gibibytes(replicas).toMebibytes()', Size.gibibytes(replicas).toMebibytes(), 'replicas was multiplied by 1024'],
];

test.each(CALCULATIONS)('%s is refused as a number', (_, result, done) => {
  expect(() => tokenOf(result)).toThrow(`${done}, but a value can only be placed, not be calculated with. Declare it in the unit that is wanted.`);
});

test.each(CALCULATIONS.filter(([what]) => what !== 'timeout * 1000'))('%s is refused in a text', (_, result, done) => {
  expect(() => partsOf(`sleep ${result}s`)).toThrow(`${done}, but a value can only be placed`);
});

test('a value times a power of ten is refused as a number; in a text it is the value and zeros, which is the same', () => {
  expect(labels(`${timeout * 1000}ms`)).toEqual([{ token: 'timeout' }, '000ms']);
});

test('a value that was printed as Go prints a float is refused in words that say so', () => {
  expect(() => partsOf(`n=${replicas.toExponential()}`)).toThrow('replicas was printed with an exponent, but a value can only be placed');
});

test('times and identifiers in a text are what they are, however many there are', () => {
  for (let index = 0; index < 100; index += 1) mint(`crowd${index}`, index);
  const dashboard = Array.from({ length: 5000 }, (_, index) => `"time": ${1_700_000_000_000 + index * 7919}, "id": ${123_456_789 * (index + 1)}`).join('\n');
  expect(partsOf(dashboard)).toEqual([dashboard]);
});

test('a negated value is refused as a number; in a text it is the value behind a dash', () => {
  expect(() => tokenOf(-replicas)).toThrow('replicas was negated, but a value can only be placed');
  expect(labels(`${-replicas}`)).toEqual(['-', { token: 'replicas' }]);
});

test('a calculation of which nothing is known is refused by the size of its result', () => {
  const result = Math.round(timeout * 0.123456789);
  expect(() => tokenOf(result)).toThrow(`${result} is larger than any number that is meant`);
  expect(() => tokenOf(timeout ** 2)).toThrow('timeout was multiplied by timeout');
  expect(() => tokenOf(result)).toThrow(TokenError);
});

test('a text that was made a number is refused', () => {
  const port = mintText({ label: 'port', sample: '8080', source: undefined });
  expect(() => tokenOf(Number(port))).toThrow('it is NaN, which a text becomes that is made a number. A value that is wanted as a number has to be declared as one.');
});

test('values are compared as their samples are, equal ones as they were declared', () => {
  const samples = [-1_000_000, -2, -1, -0.5, 0, 0, 0.1, 0.2, 1, 2, 2, 2, 3, 100, 101, 1000, 1001, 3600, 3601, 1e6, 1e9, Number.MAX_SAFE_INTEGER];
  const carriers = samples.map((sample, index) => mint(`sample ${index}`, sample));
  expect([...carriers].sort((one, other) => one - other)).toEqual(carriers);
});

test('a thousand values with the same sample are a thousand numbers, none of which is another plus a number that people write', () => {
  const before = registry().numbers.size;
  const carriers = Array.from({ length: 1000 }, (_, index) => mint(`many ${index}`, 3));
  expect(registry().numbers.size).toBe(before + 1000);
  expect(carriers.every((carrier) => Number.isSafeInteger(carrier) && String(carrier).length === 16)).toBe(true);
  const distances = carriers.slice(1).map((carrier, index) => carrier - carriers[index]);
  expect(Math.min(...distances)).toBeGreaterThan(2 ** 22);
  carriers.forEach((carrier) => registry().numbers.delete(carrier)); // lest the tests below search among them
});

const RUNS = { numRuns: 200, seed: 20_260_101 };

function isOnePiece(text: string): boolean {
  const parts = partsOf(text);
  return parts.length === 1 && parts[0] === text;
}

/** Numbers as they occur in manifests. */
const ORDINARY: Readonly<Record<string, fc.Arbitrary<number>>> = {
  'a port, a count, a user': fc.integer({ min: -1, max: 65_535 }),
  'a user of OpenShift': fc.integer({ min: 1_000_000_000, max: 2_000_000_000 }),
  'a 32-bit number': fc.integer(),
  'seconds since 1970': fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }),
  'milliseconds since 1970': fc.integer({ min: 1_000_000_000_000, max: 4_000_000_000_000 }),
  'the largest number': fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  'bytes': fc.integer({ min: 0, max: 2 ** 46 }),
  'bytes of whole mebibytes': fc.integer({ min: 0, max: 2 ** 26 }).map((mebibytes) => mebibytes * 2 ** 20),
  'bytes of whole gibibytes': fc.integer({ min: 0, max: 2 ** 16 }).map((gibibytes) => gibibytes * 2 ** 30),
  'a power of two': fc.integer({ min: 0, max: 46 }).map((exponent) => 2 ** exponent),
  'a power of ten': fc.integer({ min: -6, max: 13 }).map((exponent) => 10 ** exponent),
  'a ratio': fc.double({ min: 0, max: 1, noNaN: true }),
  'a quantity with a fraction': fc.double({ min: 0, max: 1e9, noNaN: true }),
};

test.each(Object.entries(ORDINARY))('%s is not taken for a value, nor for the result of a calculation', (_, numbers) => {
  fc.assert(fc.property(numbers, (number) => tokenOf(number) === undefined && isOnePiece(`x ${number} y`)), RUNS);
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`));

/** Digits as they occur in texts. */
const IDENTIFIERS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'a 64-bit identifier': fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  'microseconds since 1970': fc.bigInt({ min: 10n ** 15n, max: 4n * 10n ** 15n }).map(String),
  'nanoseconds since 1970': fc.bigInt({ min: 10n ** 18n, max: 4n * 10n ** 18n }).map(String),
  'sixteen digits': digits(16),
  'seventeen digits': digits(17),
  'forty digits': digits(40),
  'a number with all its places': fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  'a hash': fc.stringMatching(/^[0-9a-f]{64}$/),
};

test.each(Object.entries(IDENTIFIERS))('%s in a text is not taken for a value, nor for the result of a calculation', (_, texts) => {
  fc.assert(fc.property(texts, (text) => isOnePiece(`id=${text};`)), RUNS);
});
