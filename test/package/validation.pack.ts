import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, pack, run, temporaryFolder } from './packed';

/* `validations:` of cdk8s.yaml, as docs/lint.md writes it: cdk8s-cli loads the plugin from the installed package. */

const folder = temporaryFolder();
const { tarball } = pack(folder);
const CDK8S = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin/cdk8s');

const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

const [SNIPPET] = /(?<=^```yaml\n)[^`]*^validations:[^`]*/m.exec(readFileSync(join(ROOT, 'docs/lint.md'), 'utf8'))!;

const HOOK = (event: string, image: string) => `
const { ApiObject, App, Chart } = require('cdk8s');
const app = new App();
const chart = new Chart(app, 'web', { disableResourceNameHashes: true });
new ApiObject(chart, 'smoke', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { annotations: { 'helm.sh/hook': '${event}', 'helm.sh/hook-delete-policy': 'before-hook-creation' } },
  spec: {
    restartPolicy: 'Never',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'main', image: '${image}', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
  },
});
app.synth();
`;

/** The hook in a chart with values, under a name of the release. */
const CHART = (event: string, image: string) => HOOK(event, image)
  .replace('new App()', "new HelmChartApp({ name: 'shop', version: '1.2.3' })")
  .replace("new Chart(app, 'web', { disableResourceNameHashes: true })", "new ReleaseChart(app, 'web', { disableResourceNameHashes: true })")
  .replace(`image: '${image}'`, `image: \`smoke:\${app.values.text('tag', { defaultValue: '${image.split(':')[1]}' })}\``)
  .replace("require('cdk8s');", "require('cdk8s');\nconst { HelmChartApp, ReleaseChart } = require('cdk8s-lifecycle');");

beforeAll(() => {
  const peers = Object.fromEntries(['cdk8s', 'cdk8s-plus-27', 'constructs'].map((name) => [name, devDependencies[name]]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { 'cdk8s-lifecycle': `file:${tarball}`, ...peers } }));
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: folder });
});

/** Runs `cdk8s synth` over a program, with cdk8s.yaml as the guide has it. */
function synth(name: string, { event = 'test', image = 'smoke:1', config = SNIPPET, program = HOOK }, ...flags: readonly string[]) {
  writeFileSync(join(folder, 'main.js'), program(event, image));
  writeFileSync(join(folder, 'cdk8s.yaml'), config.replace(/^app: .*/m, 'app: node main.js'));
  const args = ['synth', '--check-upgrade=false', '--output', `${name}/dist`, '--validation-reports-output-file', `${name}.json`, ...flags];
  mkdirSync(join(folder, name));
  const { status, stdout, stderr } = spawnSync(process.execPath, [CDK8S, ...args], { cwd: folder, encoding: 'utf8' });
  const file = join(folder, `${name}.json`);
  const reports = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly reports: readonly [object] }).reports : [];
  return { status, stdout, stderr, report: reports[0] };
}

test('the guide names the version of this package, exactly as cdk8s-cli wants it', () => {
  expect(SNIPPET).toContain(`version: ${version}\n`);
});

test('an error ends the synth with 2, and the report names the rule and the construct', () => {
  const { status, stdout, report } = synth('error', { event: 'tests' });
  expect(stdout).toContain('unknown-event (1 occurrences)');
  expect(report).toMatchObject({
    summary: { status: 'failure', metadata: { Findings: '1 error, 0 warnings' } },
    violations: [{ ruleName: 'unknown-event', violatingConstructs: [{ constructPath: 'web/smoke', resourceName: 'web-smoke', manifestPath: 'error/dist/web.k8s.yaml' }] }],
  });
  expect(status).toBe(2);
});

test('what is right ends it with 0', () => {
  expect(synth('right', {})).toMatchObject({ status: 0, report: { summary: { status: 'success' }, violations: [] } });
});

test('a warning ends it with 2 where the guide says strict, else with 0', () => {
  expect(synth('strict', { image: 'smoke:latest' })).toMatchObject({ status: 2, report: { violations: [{ ruleName: 'mutable-image' }] } });
  const config = SNIPPET.replace('strict: true', 'strict: false');
  expect(synth('loose', { image: 'smoke:latest', config })).toMatchObject({ status: 0, report: { summary: { status: 'success' }, violations: [{ ruleName: 'mutable-image' }] } });
});

test('a property that does not exist is told with the remedy', () => {
  const { status, stderr } = synth('property', { config: SNIPPET.replace('strict:', 'strikt:') });
  expect(stderr).toContain('the properties of HookLintPlugin in cdk8s.yaml hold "strikt", which does not exist\n  Did you mean "strict"?');
  expect(status).toBe(1);
});

test('it is found by the name of the package, too, where cdk8s-cli has installed it', () => {
  const plugins = join(folder, 'plugins');
  const installed = join(plugins, 'cdk8s-lifecycle', version, 'node_modules');
  cpSync(join(folder, 'node_modules'), installed, { recursive: true });
  const config = SNIPPET.replace('./node_modules/cdk8s-lifecycle', 'cdk8s-lifecycle');
  expect(synth('named', { event: 'tests', config }, '--plugins-dir', plugins)).toMatchObject({ status: 2, report: { summary: { plugin: 'cdk8s-lifecycle', version } } });
});

test('the metadata that cdk8s-cli leaves in a chart is no manifest to our command line', () => {
  expect(synth('chart', {}, '--format', 'helm', '--chart-version', '1.0.0')).toMatchObject({ status: 0 });
  const chart = join(folder, 'chart/dist');
  expect(existsSync(join(chart, 'templates/construct-metadata.json'))).toBe(true); // helm would take it for one: docs/lint.md
  expect(run(join(folder, 'node_modules/.bin/cdk8s-lifecycle'), ['lint', chart, '--strict'], { cwd: folder })).toBe('no findings\n');
});

describe.each([
  ['plain', [], '1.2.3'],
  ['helm', ['--format', 'helm', '--chart-version', '4.5.6'], '4.5.6'],
] as const)('a HelmChartApp with --format %s', (format, flags, chartVersion) => {
  test('passes, and is a chart of its own name, with the version that was asked for', () => {
    expect(synth(`values-${format}`, { program: CHART }, ...flags)).toMatchObject({ status: 0, report: { summary: { status: 'success' }, violations: [] } });
    const chart = join(folder, `values-${format}/dist`);
    expect(readFileSync(join(chart, 'Chart.yaml'), 'utf8')).toContain(`name: shop\nversion: ${chartVersion}\n`);
    expect(readFileSync(join(chart, 'values.yaml'), 'utf8')).toContain('tag: "1"\n');
    expect(readFileSync(join(chart, 'README.md'), 'utf8')).not.toContain('generated using cdk8s');
    expect(readFileSync(join(chart, '.helmignore'), 'utf8')).toContain('construct-metadata.json\n');
    expect(run(join(folder, 'node_modules/.bin/cdk8s-lifecycle'), ['lint', chart, '--strict'], { cwd: folder })).toBe('no findings\n');
  });

  test('fails where a hook is wrong, and the report names the construct', () => {
    const { status, report } = synth(`wrong-${format}`, { program: CHART, event: 'tests' }, ...flags);
    expect(report).toMatchObject({
      violations: [{ ruleName: 'unknown-event', violatingConstructs: [{ constructPath: 'web/smoke', manifestPath: `wrong-${format}/dist/templates/web.k8s.yaml` }] }],
    });
    expect(status).toBe(2);
  });
});
