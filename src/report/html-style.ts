/** The looks of the page: light or dark as the reader's system is, readable on a telephone and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --dim: #57606a; --page: #fff; --box: #f6f8fa; --line: #d0d7de; --good: #1a7f37; --bad: #c21f2e; --bad-box: #ffebe9; --wait: #9a6700; --rest: #6e7781; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --dim: #9da7b1; --page: #0d1117; --box: #161b22; --line: #30363d; --good: #3fb950; --bad: #ff7b72; --bad-box: #2d1417; --wait: #d29922; --rest: #8b949e; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
article + article { margin-top: 2rem; border-top: 1px solid var(--line); }
h1 { font-size: 1.5rem; margin: 1rem 0 0; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
header p { margin: .25rem 0 0; color: var(--dim); }
.status { color: var(--rest); }
.status.succeeded { color: var(--good); }
.status.failed { color: var(--bad); }
.failure { background: var(--bad-box); border-left: 4px solid var(--bad); padding: .25rem 1rem .75rem; margin-top: 1rem; }
.failure h2 { margin-top: .5rem; }
.failure p { margin: .25rem 0; overflow-wrap: anywhere; }
.warnings li { color: var(--wait); overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .5rem .75rem; background: var(--box); border: 1px solid var(--line); overflow: auto; max-height: 28rem; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.timeline { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
.timeline > li { border-bottom: 1px solid var(--line); }
.row { display: grid; grid-template-columns: 9.5rem 2.5rem minmax(8rem, 1fr) 6.5rem minmax(6rem, 1.2fr) 5.5rem; gap: .75rem; align-items: center; padding: .35rem .25rem; }
summary.row { cursor: pointer; }
summary.row:hover { background: var(--box); }
.at, .weight { color: var(--dim); }
.weight, .took { text-align: right; font-variant-numeric: tabular-nums; }
.name { font-weight: 600; overflow-wrap: anywhere; }
summary .name::after { content: " ▸"; color: var(--dim); }
details[open] > summary .name::after { content: " ▾"; }
.bar { position: relative; height: .75rem; background: var(--box); }
.bar i { position: absolute; top: 0; bottom: 0; min-width: 2px; background: currentColor; color: var(--rest); }
.succeeded .bar i { color: var(--good); }
.bar i.bad { color: var(--bad); }
.pending .name, .pending .took { color: var(--dim); font-weight: 400; }
.inside { padding: 0 .25rem .75rem 1.5rem; }
.inside p { margin: .25rem 0; overflow-wrap: anywhere; }
.inside ul, .notes ul { margin: .25rem 0; padding-left: 1.25rem; }
.inside li, .notes li { overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.notes { margin-top: 1.5rem; }
@media (max-width: 50rem) {
  .row { grid-template: "name result" "at took" "bar bar" / 1fr auto; gap: .1rem .75rem; }
  .row .name { grid-area: name; }
  .row .status { grid-area: result; text-align: right; }
  .row .at { grid-area: at; }
  .row .took { grid-area: took; }
  .row .bar { grid-area: bar; }
  .weight { display: none; }
}
@media print { pre { max-height: none; } }
`;
