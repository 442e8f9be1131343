import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { VERSIONS } from '../../examples/webapp/releases';
import { ROOT, filesBelow, run, temporaryFolder } from './packed';

/* The Python package as it is published, installed from its wheel: it builds, and it says what TypeScript says. */

const folder = temporaryFolder();
const PYTHON = join(folder, 'environment/bin/python');
const QUIET = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

beforeAll(() => {
  run(process.execPath, [require.resolve('jsii-pacmak/bin/jsii-pacmak'), '--target', 'python', '--outdir', join(folder, 'dist')], { cwd: ROOT, env: QUIET });
  const wheel = readdirSync(join(folder, 'dist/python')).find((file) => file.endsWith('.whl'))!;
  run('python3', ['-m', 'venv', join(folder, 'environment')], { cwd: folder });
  // The versions that TypeScript has here, or the two would not have to agree.
  const peers = ['cdk8s', 'cdk8s-plus-27', 'constructs'].map((name) => `${name}==${devDependencies[name]}`);
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', join(folder, 'dist/python', wheel), ...peers], { cwd: folder });
});

/** What a program synthesizes, by the paths of the files. */
function synthesized(name: string, program: (env: Readonly<Record<string, string>>) => void): Record<string, string> {
  const CDK8S_OUTDIR = join(folder, name);
  mkdirSync(CDK8S_OUTDIR);
  program({ ...QUIET, CDK8S_OUTDIR, PYTHONDONTWRITEBYTECODE: '1' });
  return Object.fromEntries(filesBelow(CDK8S_OUTDIR).map((file) => [file, readFileSync(join(CDK8S_OUTDIR, file), 'utf8')]));
}

const tsNode = (...args: readonly string[]) => [require.resolve('ts-node/dist/bin.js'), '--transpile-only', ...args];
const EXAMPLES = join(ROOT, 'examples');

test.each(VERSIONS)('Python synthesizes version %s of the web app as TypeScript does, byte for byte', (WEBAPP_VERSION) => {
  const typescript = synthesized(`typescript-${WEBAPP_VERSION}`, (env) => run(process.execPath, tsNode('projenrc/run-example.ts', 'examples/webapp/main.ts'), { cwd: ROOT, env: { ...env, WEBAPP_VERSION } }));
  const python = synthesized(`python-${WEBAPP_VERSION}`, (env) => run(PYTHON, ['main.py'], { cwd: join(EXAMPLES, 'python'), env: { ...env, WEBAPP_VERSION } }));
  expect(Object.keys(typescript)).toEqual(['webapp.k8s.yaml']);
  expect(python).toEqual(typescript);
});

test('Python makes the same chart of each kind of value in each position, byte for byte', () => {
  const typescript = synthesized('chart-typescript', (env) => run(process.execPath, tsNode('projenrc/run-example.ts', 'test/package/helm-chart/main.ts'), { cwd: ROOT, env }));
  const python = synthesized('chart-python', (env) => run(PYTHON, [join(ROOT, 'test/package/helm-chart/main.py')], { cwd: folder, env }));
  expect(Object.keys(typescript)).toEqual([
    '.helmignore',
    'Chart.yaml',
    'README.md',
    'templates/NOTES.txt',
    'templates/_helpers.tpl',
    'templates/settings.k8s.yaml',
    'templates/web.k8s.yaml',
    'values.schema.json',
    'values.yaml',
  ]);
  expect(python).toEqual(typescript);
});

test('a calculation with a value is told in Python, too', () => {
  const program = `
from cdk8s import Chart
from cdk8s_lifecycle import HelmChartApp, MigrationHook
app = HelmChartApp(name='webapp', version='1.2.0')
workers = app.values.integer('workers', default_value=2)
MigrationHook(Chart(app, 'web'), 'migrate', image='web:2.0', command=[f'--jobs={workers * 3}', f'--half={workers / 2}'])
try:
    app.synth()
except RuntimeError as error:
    print(error)
`;
  expect(run(PYTHON, ['-c', program], { cwd: folder, env: QUIET }))
    .toContain('workers was multiplied by 3, but a value can only be placed, not be calculated with. Declare it in the unit that is wanted.');
});

test('Python writes the chart of the web app as TypeScript does, byte for byte', () => {
  const typescript = synthesized('typescript-chart', (env) => run(process.execPath, tsNode('main.ts'), { cwd: join(EXAMPLES, 'helm-chart'), env }));
  const python = synthesized('python-chart', (env) => run(PYTHON, ['chart.py'], { cwd: join(EXAMPLES, 'python'), env }));
  expect(Object.keys(typescript)).toEqual(expect.arrayContaining(['Chart.yaml', 'templates/NOTES.txt', 'templates/web.k8s.yaml', 'values.schema.json', 'values.yaml']));
  expect(python).toEqual(typescript);
});

test('the chart in Python is resolved for a release, too', () => {
  const command = (...args: readonly string[]) => run(join(folder, 'environment/bin/cdk8s-lifecycle'), ['lint', '--app', `${PYTHON} chart.py`, ...args], { cwd: join(EXAMPLES, 'python'), env: { ...QUIET, PYTHONDONTWRITEBYTECODE: '1' } });
  expect(command('--strict', '--set', 'replicas=3,backup.enabled=false')).toBe('no findings\n');
  expect(() => command('--set', 'replica=3')).toThrow('replica is not known; did you mean "replicas"?');
});

test('a mistake is told in Python, too, with the path of the construct', () => {
  const program = `
from cdk8s import App, Chart
from cdk8s_lifecycle import HookEvent, HookPod
app = App()
HookPod(Chart(app, 'web'), 'smoke', on=[HookEvent.TEST], image='smoke:1', weight=1.5)
try:
    app.synth()
except RuntimeError as error:
    print(error)
`;
  expect(run(PYTHON, ['-c', program], { cwd: folder, env: QUIET })).toContain('(web/smoke): helm.sh/hook-weight is "1.5", not an integer');
});

test('the command line comes with the package', () => {
  expect(run(join(folder, 'environment/bin/cdk8s-lifecycle'), ['--version'], { cwd: folder, env: QUIET }).trim()).toBe(version);
});
