import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as ts from 'typescript';
import * as lifecycle from '../src';
import { HelmChartApp, ReleaseChart } from '../src';

/* docs/charts.md: its programs are run, and what it shows of them has to be in what they write. */

const GUIDE = readFileSync(join(__dirname, '../docs/charts.md'), 'utf8');
const MODULES: Readonly<Record<string, unknown>> = { cdk8s, 'cdk8s-plus-27': kplus, 'cdk8s-lifecycle': lifecycle };

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'charts-guide-'));
  process.env.CDK8S_OUTDIR = outdir;
});

afterEach(() => {
  delete process.env.CDK8S_OUTDIR;
  rmSync(outdir, { recursive: true });
});

function run(code: string): Record<string, (app: HelmChartApp, chart: ReleaseChart) => void> {
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported = {};
  new Function('require', 'exports', outputText)((name: string) => MODULES[name], exported);
  return exported;
}

const read = (file: string) => readFileSync(join(outdir, file), 'utf8');
const templates = () => readdirSync(join(outdir, 'templates')).map((file) => read(`templates/${file}`)).join('');

/** An app of the guide, and a chart of it. */
function newChart(): { readonly app: HelmChartApp; readonly chart: ReleaseChart } {
  const app = new HelmChartApp({ name: 'web', version: '1.0.0', appVersion: '2.0' });
  return { app, chart: new ReleaseChart(app, 'web', { disableResourceNameHashes: true }) };
}

/** Blocks of TypeScript with the blocks of YAML behind each. */
function pairs(): { readonly code: string; readonly shown: readonly string[] }[] {
  const blocks = [...GUIDE.matchAll(/^```(ts|yaml)\n([^]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));
  const starts = blocks.flatMap(({ language }, index) => (language === 'ts' ? [index] : []));
  return starts.map((start, index) => ({ code: blocks[start].text, shown: blocks.slice(start + 1, starts[index + 1]).map(({ text }) => text) }));
}

/** The cells of each row of the table below a heading; code without its backticks. */
function table(head: string): string[][] {
  const rows = GUIDE.slice(GUIDE.indexOf(head)).split('\n\n')[0].split('\n').slice(2);
  return rows.map((row) => row.slice(2, -2).split(/ (?<!\\)\| /).map((cell) => cell.replaceAll('\\|', '|')));
}

const codeOf = (cell: string) => /(`+) ?([^]*?) ?\1/.exec(cell)![2];

/** What the code of a cell writes: a value that it yields is put into a field, whose line this is. `field` does so, too. */
function written(code: string): string {
  const { app, chart } = newChart();
  const deployment = new kplus.Deployment(chart, 'server', { containers: [{ image: 'web:1' }] });
  const field = (value: unknown) => new cdk8s.ApiObject(chart, 'thing', { apiVersion: 'example.com/v1', kind: 'Thing', spec: { field: value } });
  const scope = { ...lifecycle, app, chart, deployment, field, values: app.values, release: app.release };
  const yielded: unknown = new Function(...Object.keys(scope), code.includes(';') ? code : `return ${code}`)(...Object.values(scope));
  if (yielded !== undefined && typeof yielded !== 'object') field(yielded);
  app.synth();
  return (yielded === undefined || typeof yielded === 'object' ? templates() : /^ {2}field: .*$/m.exec(templates())![0]).replaceAll('`', '"');
}

test('the program of the beginning writes the values.yaml that is shown', () => {
  run(/^```ts nofixture\n([^]*?)^```$/m.exec(GUIDE)![1]);
  expect(read('values.yaml')).toBe(/<!-- values\.yaml of the program above -->\n```yaml\n([^]*?)```/.exec(GUIDE)![1]);
  expect(readdirSync(outdir).sort()).toEqual(['.helmignore', 'Chart.yaml', 'README.md', 'templates', 'values.schema.json', 'values.yaml']);
});

test.each(pairs().map(({ code, shown }) => [/new \w+\(chart, '\w+'|Placed\.\w+/.exec(code)![0], code, shown] as const))('what is shown behind %s… is in the chart', (_, code, shown) => {
  const { app, chart } = newChart();
  run(code).add(app, chart);
  app.synth();
  expect(shown.length).toBeGreaterThan(0);
  for (const yaml of shown) expect(templates()).toContain(yaml);
});

test.each(table('| program | error |'))('%s is refused', (program, error) => {
  expect(() => written(codeOf(program))).toThrow(error);
});

const WRITTEN = table('| in a template | in a program |').filter(([template, program]) => template.startsWith('`{{') && !/required|fullname/.test(template) && program.startsWith('`'));

test.each(WRITTEN)('%s is what a program makes of %s', (template, program) => {
  expect(written(codeOf(program))).toContain(codeOf(template));
});

test('what the schema refuses is what the test on the cluster sees', () => {
  const cluster = readFileSync(join(__dirname, 'cluster/helm-chart.cluster.ts'), 'utf8');
  const rows = table('| `--set` |');
  expect(rows.length).toBeGreaterThan(2);
  for (const [set, theirs, ours] of rows) for (const text of [codeOf(set), theirs, ours]) expect(cluster).toContain(text);
});
