import { escaped } from '../../src/report/escaped';

test.each([
  ['what markup is made of', '<a href=\'x\'>"&"</a>', '&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;'],
  ['control characters', 'a\u0000\u001b[2J\u007f', 'a\\x00\\x1b[2J\\x7f'],
  ['changes of direction', '\u202eexe', '\\u202eexe'],
  ['halves of characters', '\ud83d!\ude00', '\ufffd!\ufffd'],
  ['what is no character', '\uffff\ufffe', '\ufffd\ufffd'],
  ['tabs, line feeds and whole characters', 'a\tb\n日本 😀', 'a\tb\n日本 😀'],
])('%s', (_what, text, expected) => {
  expect(escaped(text)).toBe(expected);
});
