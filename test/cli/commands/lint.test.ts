import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../src/cli/program';
import { job, resource } from '../../lint/objects';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lint-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, ...values: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n---\n'));
  return path;
}

async function cli(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(['lint', ...args], { out: (text) => out.push(text), err: (text) => err.push(text), colour: false }, '1.2.3');
  return { code, out: out.join('\n'), err };
}

const WARNS = job({ spec: { activeDeadlineSeconds: 900 } });
const FAILS = job({ on: 'pre-instal' });

test('an error fails, and is told with its line', async () => {
  const path = file('app.yaml', resource('ConfigMap', 'a'), FAILS);
  expect(await cli(path)).toEqual({
    code: 1,
    err: [],
    out: [
      `${path}:3: error unknown-event: Job/migrate: helm.sh/hook names "pre-instal", which Helm does not know (it would drop the whole object without a word)`,
      '  Did you mean "pre-install"?',
      '1 error, 0 warnings',
    ].join('\n'),
  });
});

test('a warning fails only with --strict', async () => {
  const path = file('app.yaml', WARNS);
  expect(await cli(path)).toMatchObject({ code: 0, out: expect.stringContaining('0 errors, 1 warning') });
  expect(await cli(path, '--strict')).toMatchObject({ code: 1 });
});

test('what is right passes', async () => {
  expect(await cli(file('app.yaml', job()), '--strict')).toEqual({ code: 0, err: [], out: 'no findings' });
});

test('several files are one release', async () => {
  const paths = [file('a.yaml', job({ on: 'pre-install', pod: { serviceAccountName: 'sa' } })), file('b.yaml', resource('ServiceAccount', 'sa'))];
  expect(await cli(...paths)).toMatchObject({ code: 1, out: expect.stringContaining('needs-resource-too-early') });
});

test('JSON and SARIF are whole documents', async () => {
  const path = file('app.yaml', FAILS);
  expect(JSON.parse((await cli(path, '-o', 'json')).out)).toEqual({ findings: [expect.objectContaining({ rule: 'unknown-event', place: { file: path, document: 1, line: 1 } })] });
  expect(JSON.parse((await cli(path, '-o', 'sarif')).out)).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { semanticVersion: '1.2.3' } }, results: [{ ruleId: 'unknown-event' }] }] });
});

test('in the folder of a chart Helm renders what is left of templates, elsewhere nobody does', async () => {
  const chart = join(folder, 'chart');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'name: shop\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'templates', 'job.yaml'), JSON.stringify(job({ name: '{{ .Release.Name }}-migrate' })));
  expect(await cli(chart)).toMatchObject({ code: 0, out: 'no findings' });
  expect(await cli(join(chart, 'templates'))).toMatchObject({ code: 1, out: expect.stringContaining('template-left') });
});

test('--for prints a table', async () => {
  const path = file('app.yaml', job(), resource('ConfigMap', 'a'));
  expect(await cli(path, '--for', 'argocd')).toMatchObject({ code: 0, out: expect.stringMatching(/^## Hooks under Argo CD\n\n\| hook [^]*\n\| Job\/migrate \|/) });
  expect(JSON.parse((await cli(path, '--for', 'helm3', '-o', 'json')).out)).toMatchObject({ engine: 'Helm 3', hooks: [{ hook: 'Job/migrate' }] });
});

test.each<[string, () => string[], number, string]>([
  ['a template that was not rendered', () => [file('a.yaml', '{{- if .Values.x }}\nkind: Job\n{{- end }}')], 65, 'not valid YAML at line 1'],
  ['what is no object', () => [file('values.yaml', 'image: shop\n')], 65, 'is not a Kubernetes object'],
  ['nothing', () => [file('a.yaml', '# nothing')], 65, 'no object in'],
  ['a file that is not there', () => [join(folder, 'missing.yaml')], 65, 'cannot read'],
  ['no manifests', () => [], 64, 'no manifests'],
  ['a table as SARIF', () => [file('a.yaml', job()), '--for', 'helm4', '-o', 'sarif'], 64, '--for prints a table'],
  ['an engine that nobody knows', () => [file('a.yaml', job()), '--for', 'spinnaker'], 64, "argument 'spinnaker' is invalid"],
])('%s is refused', async (_, args, code, message) => {
  const result = await cli(...args());
  expect([result.code, result.out]).toEqual([code, '']);
  expect(result.err.join('\n')).toContain(message);
});

test('no escape sequence of a manifest reaches the terminal', async () => {
  const { out } = await cli(file('app.yaml', job({ on: '\u001b[31mred' })));
  expect(out).toContain('\\x1b[31mred');
});
