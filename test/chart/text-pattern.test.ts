import { checkPattern, matchesPlainTexts } from '../../src/chart/text-pattern';

test.each<[string, boolean]>([
  ['^[a-z0-9.-]*$', true],
  ['^[0-9]+\\.[0-9]+(?:\\.\\d{1,3})?$', true],
  ['^(debug|info)$', true],
  ['^[\\w.-]+:\\d+$', true],
  ['^$', true],
  ['^[-a-z]+$', true],
  ['[a-z]+', false], // a part of it matches
  ['^a|b$', false],
  ['^.*$', false],
  ['^[^"]+$', false],
  ['^[ -~]+$', false], // printable ASCII: quotes, braces and the backslash are in it
  ['^[+-~]+$', false],
  ['^[A-z]+$', false], // holds [\]^_`
  ['^[!-/]+$', false],
  ['^[0-z]+$', false],
  ['^[a-z-~]+$', false],
  ['^\\S+$', false],
  ['^\\{\\{$', false],
  ['^[a-z]+"$', false],
])('what matches %s means itself in quotes: %s', (pattern, isPlain) => {
  expect(matchesPlainTexts(pattern)).toBe(isPlain);
});

test.each<[string]>([['^[0-9.]+$'], ['^\\\\1$'], ['(?:a|b){2,1000}'], ['^\\p{L}+$'], ['^[\\]]$'], ['^(?<year>\\d{4})$']])('RE2 knows %s', (pattern) => {
  expect(() => checkPattern('values.tag', pattern)).not.toThrow();
});

test.each<[string, string]>([
  ['(?=a)', 'looks ahead or back'],
  ['(?!a)', 'looks ahead or back'],
  ['(?<!a)b', 'looks ahead or back'],
  ['(a)\\1', 'refers back to a group'],
  ['(?<x>a)\\k<x>', 'refers back to a group'],
  ['\\u00e4', 'writes a character as \\u: write the character itself'],
  ['\\0', 'writes a control character'],
  ['\\p{Script=Greek}', 'names a property of Unicode by "=": write \\p{L}, or \\p{Greek}'],
  ['[^]', 'has an empty class'],
  ['a{1,1001}', 'repeats a part more than 1000 times: say maxLength'],
])('RE2 does not know %s: it %s', (pattern, problem) => {
  const message = `values.tag: the pattern ${pattern} does not work in Helm, whose expressions are those of RE2. It ${problem}.`;
  expect(() => checkPattern('values.tag', pattern)).toThrow(new Error(message));
});

test('what is no regular expression is refused', () => {
  expect(() => checkPattern('values.tag', '[a')).toThrow('values.tag: the pattern [a is no regular expression');
});
