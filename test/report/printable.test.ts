import fc from 'fast-check';
import { printable, printableJson } from '../../src/report';

test.each([
  ['plain text, größe, \u{1F600}', 'plain text, größe, \u{1F600}'],
  ['tab\tand\nline', 'tab\tand\nline'],
  ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['\u0000\u0007\u0008\u000b\r\u007f', '\\x00\\x07\\x08\\x0b\\x0d\\x7f'],
  ['\u009b2J', '\\x9b2J'],
  ['\u202e\u2066', '\\u202e\\u2066'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.integer({ min: 0, max: 0x2100 })).map((codes) => String.fromCharCode(...codes)));

test('no control character survives, and what is printable stays as it is', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = printable(text);
      expect(CONTROL.test(shown)).toBe(false);
      expect(printable(shown)).toBe(shown);
    }),
    { interruptAfterTimeLimit: 2_000 },
  );
});

test('JSON for a terminal holds no control character, and says the same', () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, hostile), fc.constantFrom(undefined, 2), (value, indent) => {
      const text = printableJson(value, indent);
      expect([CONTROL.test(text), JSON.parse(text)]).toEqual([false, JSON.parse(JSON.stringify(value))]);
    }),
    { interruptAfterTimeLimit: 2_000 },
  );
});
