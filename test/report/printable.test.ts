import { printable } from '../../src/report';

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
