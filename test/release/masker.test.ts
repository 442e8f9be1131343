import { Masker } from '../../src/release';

const masker = (values: readonly (string | Uint8Array)[], names: readonly string[] = []) =>
  new Masker({ values: values.map((value) => Buffer.from(value)), names });
const masked = (value: string | Uint8Array, text: string) => masker([value]).mask(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');

const ODD = 'p@ss <w&rd>/"1" (\u00e4)'; // escaped differently by everybody
const BINARY = Buffer.from([0xff, 0xfe, 0xfb, 0x00, 0x3e, 0x3f, 0xfa, 0xf9]); // its base64 has + and /

test.each<[string, string | Uint8Array, string, string]>([
  ['in clear', 'swordfish', 'the password is swordfish!', 'the password is ***!'],
  ['each time', 'swordfish', 'swordfish or swordfish', '*** or ***'],
  ['in base64', 'swordfish', `data: ${base64('swordfish')}`, 'data: ***'],
  ['in base64 with padding', 'swordfishes', `data: ${base64('swordfishes')};`, 'data: ***;'],
  ['in base64 without padding', 'swordfishes', `data: ${base64('swordfishes').replace('=', '')};`, 'data: ***;'],
  ['in base64 for URLs', BINARY, BINARY.toString('base64url'), '***'],
  ['in base64 although it is no text', BINARY, `${BINARY.toString('base64')} `, '*** '],
  ['in JSON', ODD, JSON.stringify({ password: ODD }), '{"password":"***"}'],
  ['in JSON of Go', ODD, '{"password":"p@ss \\u003cw\\u0026rd\\u003e/\\"1\\" (\u00e4)"}', '{"password":"***"}'],
  ['in a URL', ODD, `postgres://me:${encodeURIComponent(ODD)}@db/shop`, 'postgres://me:***@db/shop'],
  ['in a URL by the strict rule', ODD, 'p%40ss%20%3Cw%26rd%3E%2F%221%22%20%28%C3%A4%29', '***'],
  ['in a form', ODD, 'password=p%40ss+%3Cw%26rd%3E%2F%221%22+%28%C3%A4%29', 'password=***'],
  ['without the line end that a file has', 'swordfish\n', 'swordfish', '***'],
  ['line by line', 'first line\r\nsecond line\n', 'says: second line', 'says: ***'],
  ['in one line of JSON', 'first line\nsecond line', '"first line\\nsecond line"', '"***"'],
  ['the strings in a JSON document', '{"auths":{"registry":{"password":"swordfish"}}}', 'login with swordfish', 'login with ***'],
  ['of six characters', 'secret', 'a secret', 'a ***'],
])('a value is masked %s', (_case, value, text, expected) => {
  expect(masked(value, text)).toBe(expected);
});

test.each(['a:', 'ab:', 'abc:'])('a value is masked in the base64 of something longer that begins with %s', (before) => {
  const text = masked('swordfish', base64(`${before}swordfish\n`));
  expect(text).toMatch(/^.{0,6}\*\*\*.{0,5}$/);
  expect(Buffer.from(text.split('***')[0], 'base64').toString()).not.toContain('s');
});

test.each([76, 64])('a long value is masked in base64 that is broken at column %d', (columns) => {
  const value = 'lorem ipsum '.repeat(20).trim();
  const rows = base64(value).match(new RegExp(`.{1,${columns}}`, 'g'))!;
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.map((row) => masked(value, row))).toEqual(rows.map(() => '***'));
});

test.each<[string, string, string]>([
  ['short values', 'short', 'a short text'],
  ['short lines of a value', 'abc\ndefghi', 'abc'],
  ['a value that is broken by a line end', 'swordfish', 'sword\nfish'],
])('%s are not masked', (_case, value, text) => {
  expect(masked(value, text)).toBe(text);
});

test('of values that contain each other the longest is masked, and of values that overlap, both', () => {
  expect(masker(['swordfish', 'swordfish-2']).mask('swordfish-2, swordfish')).toBe('***, ***');
  expect(masker(['abcdefgh', 'efghijkl']).mask('<abcdefghijkl>')).toBe('<***>');
});

test('a name is not masked, even where a value is part of it; the value is, where it stands alone or goes on', () => {
  const { mask } = { mask: (text: string) => masker(['webapp', 'migrate it'], ['webapp-migrate', 'shop']).mask(text) };
  expect(mask('Job/webapp-migrate printed webapp')).toBe('Job/webapp-migrate printed ***');
  expect(mask('webapp-migrate it')).toBe('webapp-***');
});

test('a text without values stays the very same', () => {
  expect(masker([]).mask('swordfish')).toBe('swordfish');
  expect(masker(['swordfish']).mask('')).toBe('');
});

test('what is no JSON, or too deep to be read, is a value all the same', () => {
  expect(masked('{ not json', '{ not json')).toBe('***');
  expect(masked('['.repeat(100_000), '['.repeat(100_000))).toBe('***');
});

test('many values, and long lines, take little time', () => {
  const values = Array.from({ length: 20_000 }, (_, index) => `password-${index}-of-many`);
  const many = masker(values);
  const line = 'password-'.repeat(7000);
  const before = process.cpuUsage(); // whatever else the machine does
  for (let round = 0; round < 10; round += 1) expect(many.mask(`${line}${values[777]}`)).toBe(`${line}***`);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
  expect(many.complete).toBe(true);
});

test('more values than memory is worth are not looked for, and that is told', () => {
  const value = (index: number) => Buffer.from(`${'x'.repeat(1024 * 1024)}${index}`);
  expect(new Masker({ values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(value) }).complete).toBe(false);
});
