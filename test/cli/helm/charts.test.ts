import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordStore } from '../../../src/lifecycle';
import { ReleaseRecord } from '../../../src/release';
import { configMap, job, object } from '../../release/manifests';
import { SimulatedCli } from '../simulated-cli';
import { Answers, FakeHelm } from './fake-helm';

const DEFINITION = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'trinkets.example.com', {
  spec: { group: 'example.com', scope: 'Namespaced', names: { kind: 'Trinket', plural: 'trinkets' }, versions: [{ name: 'v1', served: true, storage: true }] },
});
const SETTINGS = `---\n# Source: shop/templates/settings.yaml\n${JSON.stringify(configMap('settings', { a: '1' }))}\n`;
const HOOK = job('migrate', { on: 'pre-install,pre-upgrade' });
const RELEASE = {
  name: 'web',
  info: { status: 'pending-install', notes: 'Thank you.\n' },
  chart: { metadata: { apiVersion: 'v2', name: 'shop', version: '1.2.0' }, values: { a: 0, b: 1 }, templates: [{ name: 'x', data: 'eA==' }] },
  config: { a: 1 },
  manifest: SETTINGS,
  hooks: [{ name: 'migrate', kind: 'Job', path: 'shop/templates/hook.yaml', manifest: JSON.stringify(HOOK), events: ['pre-install'] }],
};
const ANSWERS: Answers = {
  'show crds': { prints: '' },
  'install web': { prints: JSON.stringify(RELEASE) },
  'upgrade web': { prints: JSON.stringify(RELEASE) },
};

let cli: SimulatedCli;
let folder: string;
let chart: string;
let before: string | undefined;

beforeEach(async () => {
  cli = await SimulatedCli.open();
  folder = mkdtempSync(join(tmpdir(), 'charts-'));
  chart = join(folder, 'shop');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: shop\nversion: 1.2.0\n');
  writeFileSync(join(chart, 'values.yaml'), 'a: 0\n');
  writeFileSync(join(chart, 'templates', 'all.yaml'), '{{- if .Values.a }}\n');
  before = process.env.HELM_BIN;
});

afterEach(() => {
  if (before === undefined) delete process.env.HELM_BIN;
  else process.env.HELM_BIN = before;
  cli.close();
  rmSync(folder, { recursive: true });
});

function helm(answers: Answers = {}): FakeHelm {
  const fake = new FakeHelm(folder, { ...answers, ...ANSWERS, ...answers });
  process.env.HELM_BIN = fake.program;
  return fake;
}

const get = (kind: string, name: string, apiVersion = 'v1') => cli.cluster.get({ apiVersion, kind, name, namespace: 'shop' });

async function last(): Promise<ReleaseRecord> {
  return (await new RecordStore(cli.cluster, 'web', 'shop').history()).at(-1)!.record;
}

test('a chart is rendered by a dry run of helm, with the flags as they were given, and recorded with its values and notes', async () => {
  const fake = helm();
  const { code, out } = await cli.run('install', 'web', chart, '--set', 'a=1000000,b=x', '--set-string', 'c=1', '--kubeconfig', 'some/where', '--context', 'here');
  expect([code, out.slice(-2)]).toEqual([0, ['NOTES:', 'Thank you.']]);
  expect(fake.asked().at(-1)!.args).toEqual([
    'install', 'web', chart, '--dry-run=server', '--output=json', '--namespace=shop', '--kubeconfig=some/where', '--kube-context=here',
    '--set=a=1000000,b=x', '--set-string=c=1',
  ]);
  expect((await get('ConfigMap', 'settings'))?.data).toEqual({ a: '1' });
  const { chart: recorded, config, info, manifest, hooks } = await last();
  const recordedHooks = hooks.map(({ name, path }) => [name, path]);
  expect({ metadata: recorded.metadata, values: recorded.values, config, notes: info.notes, manifest, hooks: recordedHooks }).toEqual({
    metadata: RELEASE.chart.metadata, values: { a: 0, b: 1 }, config: { a: 1 }, notes: 'Thank you.\n', manifest: SETTINGS, hooks: [['migrate', 'shop/templates/hook.yaml']],
  });
});

test('helm renders an upgrade as such, with what is to become of the values before', async () => {
  const fake = helm();
  await cli.run('install', 'web', chart);
  await cli.run('upgrade', 'web', chart, '--reuse-values', '--take-ownership', '--set', 'a=2');
  expect(fake.asked().at(-1)!.args).toEqual([
    'upgrade', 'web', chart, '--dry-run=server', '--output=json', '--reuse-values', '--take-ownership', '--namespace=shop', '--set=a=2',
  ]);
});

test('a chart in a registry is named with its version; a package by its file', async () => {
  const fake = helm();
  await cli.run('plan', 'web', 'oci://registry.example.com/shop', '--version', '1.x');
  writeFileSync(join(folder, 'shop-1.2.0.tgz'), '');
  await cli.run('plan', 'web', join(folder, 'shop-1.2.0.tgz'));
  const charts = fake.asked().filter(({ args }) => args[0] === 'install').map(({ args }) => args.slice(2, 4));
  expect(charts).toEqual([['oci://registry.example.com/shop', '--version=1.x'], [join(folder, 'shop-1.2.0.tgz'), '--dry-run=server']]);
});

test('definitions of the chart are created under the lock, before helm rehearses the release, which needs them', async () => {
  const seen: string[] = [];
  const fake = helm({ 'show crds': { prints: JSON.stringify(DEFINITION) }, 'template web': { prints: SETTINGS } });
  const create = cli.cluster.create.bind(cli.cluster);
  jest.spyOn(cli.cluster, 'create').mockImplementation((made) => {
    seen.push(`${made.kind} after ${fake.asked().length}`);
    return create(made);
  });
  const { code, out } = await cli.run('install', 'web', chart);
  expect([code, out.filter((line) => line.includes('trinkets'))]).toEqual([0, ['  created   CustomResourceDefinition/trinkets.example.com']]);
  // helm was asked for the definitions and for a rehearsal to see what the operation needs, then the lock was taken
  expect(seen.slice(0, 3)).toEqual(['Lease after 2', 'CustomResourceDefinition after 2', 'Secret after 3']);
});

test('where helm cannot rehearse the release yet, a plan shows it as a template, says so, and touches nothing', async () => {
  const fake = helm({ 'install web': { fails: 'no matches for kind "Trinket"' }, 'template web': { prints: SETTINGS }, 'show crds': { prints: JSON.stringify(DEFINITION) } });
  const { code, out } = await cli.run('plan', 'web', chart);
  expect(code).toBe(0);
  expect(out.join('\n').split('\n')).toEqual(expect.arrayContaining([
    'warning: helm cannot rehearse revision 1 before it begins (no matches for kind "Trinket"): it is shown as helm template renders it, as revision 1',
    '  CustomResourceDefinition/trinkets.example.com',
    '  + ConfigMap/settings',
  ]));
  expect(fake.asked().at(-1)!.args).toEqual(['template', 'web', chart, '--dry-run=server', '--namespace=shop']);
  expect((await cli.run('install', 'web', chart)).code).toBe(65);
  expect(await cli.cluster.list({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' })).toEqual([]);
});

test('where helm does not even render a template with the cluster, it does without, and the plan says so', async () => {
  helm({
    'install web': { fails: 'no matches for kind "Trinket"' },
    [`template web ${chart} --dry-run=server`]: { fails: 'no matches for kind "Trinket"' },
    'template web': { prints: SETTINGS },
  });
  const { code, out } = await cli.run('plan', 'web', chart);
  expect([code, out.join('\n')]).toEqual([0, expect.stringContaining('it is shown as helm template renders it without asking the cluster, as revision 1')]);
});

test('an upgrade that is shown as a template is so with the values of the revision before, in a file that is gone afterwards', async () => {
  helm();
  await cli.run('install', 'web', chart);
  const fake = helm({ 'upgrade web': { fails: 'no' }, 'template web': { prints: SETTINGS } });
  await cli.run('plan', 'web', chart, '--reset-then-reuse-values', '--set', 'b=2');
  const { args, files } = fake.asked().at(-1)!;
  expect([args.slice(0, 5), files]).toEqual([['template', 'web', chart, '--dry-run=server', '--is-upgrade'], ['{"b":2,"a":1}']]);
});

test('what helm complains about is told without its remarks and without the values that were given', async () => {
  const complaint = 'INSTALLATION FAILED: template: shop/templates/all.yaml:1: bad value CANARY-ONE\nand CANARY-TWO';
  helm({ 'install web': { fails: complaint }, 'template web': { fails: complaint } });
  const { code, err } = await cli.run('install', 'web', chart, '--set', 'a=CANARY-ONE,b.c=CANARY-TWO');
  expect([code, err]).toEqual([65, [
    `error: helm cannot render the chart ${chart}: template: shop/templates/all.yaml:1: bad value ***`,
    'and ***',
    `  Correct the chart or the values; helm template web ${chart} renders it by itself.`,
  ]]);
});

test.each<[string, Answers]>([
  ['prints no JSON', { 'install web': { prints: 'Happy Helming!' }, 'template web': { fails: 'it prints no JSON' } }],
  ['cannot show the definitions', { 'show crds': { fails: 'it prints no JSON' } }],
])('a helm that %s is told as such', async (_what, answers) => {
  helm(answers);
  const { code, err } = await cli.run('install', 'web', chart);
  expect([code, err[0]]).toEqual([65, `error: helm cannot render the chart ${chart}: it prints no JSON`]);
});

test('manifests of a chart are looked at like any others', async () => {
  const odd = { ...RELEASE, manifest: '---\n# Source: shop/templates/odd.yaml\nkind: ConfigMap\n' };
  helm({ 'install web': { prints: JSON.stringify(odd) } });
  const { code, err } = await cli.run('install', 'web', chart);
  expect([code, err[0]]).toEqual([65, expect.stringMatching(/^error: shop\/templates\/odd.yaml, document 1/)]);
});

test('without helm it is said what needs it, and what does not', async () => {
  process.env.HELM_BIN = join(folder, 'no-helm');
  const { code, err } = await cli.run('install', 'web', chart);
  expect([code, err]).toEqual([65, [
    `error: the chart ${chart} has templates, which only helm can render: there is no program ${join(folder, 'no-helm')}`,
    '  Install helm 3.14 or later, or name it in HELM_BIN. Without it go manifests, charts without templates, and --app with a HelmChartApp that has no subcharts.',
  ]]);
});

test('helm asks the same cluster as we do, whatever its variables say', async () => {
  const fake = helm();
  process.env.HELM_KUBECONTEXT = 'elsewhere';
  process.env.HELM_DRIVER = 'sql';
  try {
    await cli.run('plan', 'web', chart);
  } finally {
    delete process.env.HELM_KUBECONTEXT;
    delete process.env.HELM_DRIVER;
  }
  expect(fake.asked().map(({ variables }) => variables)).toEqual([['HELM_BIN'], ['HELM_BIN']]);
});

test('a chart stands alone', async () => {
  const { code, err } = await cli.run('install', 'web', chart, cli.manifests(configMap('a')));
  expect([code, err[0]]).toEqual([64, `error: ${chart} is a chart that helm renders: name nothing beside it`]);
});

test('an app that brings subcharts along is rendered by helm, with its subcharts fetched', async () => {
  const fake = helm({ 'dependency update': { prints: '' } });
  const text = 'const fs = require(\'fs\'); const out = process.env.CDK8S_OUTDIR; fs.writeFileSync(out + \'/Chart.yaml\', \'name: shop\\nversion: 1.0.0\\n\'); fs.writeFileSync(out + \'/values.yaml\', \'\');';
  writeFileSync(join(folder, 'app.js'), text);
  expect((await cli.run('install', 'web', '--app', `'${process.execPath}' '${join(folder, 'app.js')}'`, '--set', 'a=1')).code).toBe(0);
  const words = fake.asked().map(({ args }) => args.slice(0, 2).join(' '));
  expect(words).toEqual(['dependency update', 'show crds', 'install web', 'dependency update', 'show crds', 'install web']);
});

test('lint looks at what helm makes of a chart', async () => {
  const fake = helm({ 'template release-name': { prints: `---\n# Source: shop/templates/hook.yaml\n${JSON.stringify(HOOK)}\n` } });
  const { out } = await cli.run('lint', chart, '--set', 'a=1');
  expect(fake.asked().at(-1)!.args).toEqual(['template', 'release-name', chart, '--include-crds', '--set=a=1', '--namespace=default']);
  expect(out.join('\n')).toContain('Job/migrate');
});
