import stringWidth from 'string-width';
import { elide, fit, fitLine, oneLine, wrap } from '../../src/report/fit';
import { paint } from '../../src/report/part';

const LONG = 'x'.repeat(1_000_000);

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['abcd', 1, '…'],
  ['abcd', 0, ''],
  ['', 0, ''],
  ['日本語', 6, '日本語'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
  ['e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301e\u0301'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ['👩‍👩‍👧!', 3, '👩‍👩‍👧!'],
  ['👩‍👩‍👧!!', 3, '👩‍👩‍👧…'],
  [LONG, 4, 'xxx…'],
])('%.20j in %d columns is %j', (text, columns, fitting) => {
  expect(fit(text, columns, stringWidth)).toBe(fitting);
});

test.each([
  ['Job/migrate', 11, 'Job/migrate'],
  ['Job/migrate', 9, 'Job/…rate'],
  ['Job/migrate', 3, 'J…e'],
  ['Job/migrate', 1, '…'],
  ['Job/migrate', 0, ''],
  ['日本語日本語', 7, '日本…語'],
])('%j is elided to %d columns as %j', (text, columns, elided) => {
  expect([elide(text, columns, stringWidth), stringWidth(elided) <= columns]).toEqual([elided, true]);
});

test.each([
  ['one two three', 20, 3, ['one two three']],
  ['one two three', 8, 3, ['one two', 'three']],
  ['one two three', 7, 3, ['one two', 'three']],
  ['one two three four', 5, 2, ['one', 'two …']],
  ['abcdefgh', 3, 5, ['abc', 'def', 'gh']],
  ['日本', 1, 5, ['…']],
])('%j is wrapped to %d columns and %d lines as %j', (text, columns, lines, wrapped) => {
  expect(wrap(text, columns, lines, stringWidth)).toEqual(wrapped);
});

test.each([
  ['a\tb', 'a    b'],
  ['a\nb', 'a b'],
  ['\u001b[2J\r\u202e', '\\x1b[2J\\x0d\\u202e'],
])('%j on one line is %j', (text, line) => {
  expect(oneLine(text)).toBe(line);
});

test('a line ends where it no longer fits, and keeps its colours', () => {
  expect(fitLine(['ab', paint(31, 'cdef'), 'gh'], 4, stringWidth)).toEqual(['ab', paint(31, 'c…')]);
});
