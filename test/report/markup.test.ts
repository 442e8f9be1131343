import { capped, html } from '../../src/report/markup';

test.each<[string, { readonly markup: string }, string]>([
  ['a text', html`<p>${'a < b & "c"'}</p>`, '<p>a &lt; b &amp; &quot;c&quot;</p>'],
  ['an attribute', html`<p title="${'" onclick="x'}"></p>`, '<p title="&quot; onclick=&quot;x"></p>'],
  ['markup', html`<ul>${html`<li>${'<b>'}</li>`}</ul>`, '<ul><li>&lt;b&gt;</li></ul>'],
  ['a list of markup', html`<ul>${['a', 'b'].map((each) => html`<li>${each}</li>`)}</ul>`, '<ul><li>a</li><li>b</li></ul>'],
  ['a number', html`<i style="left:${12.5}%"></i>`, '<i style="left:12.5%"></i>'],
  ['nothing', html`<p>${undefined}</p>`, '<p></p>'],
])('%s is put in, and whatever is no markup is escaped', (_what, { markup }, expected) => {
  expect(markup).toBe(expected);
});

test.each([
  ['ab', 'ab'],
  ['abc', 'abc'],
  ['abcde', 'abc+2'],
])('of %s as much as fits is shown, and the rest is counted: %s', (list, expected) => {
  const shown = capped([...list], 3, (each) => html`${each}`, (rest) => html`+${rest}`);
  expect(shown.map(({ markup }) => markup).join('')).toBe(expected);
});
