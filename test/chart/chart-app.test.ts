import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, AppProps, Chart, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HelmChartApp, HelmChartAppProps } from '../../src';
import { Build, readFolder, temporaryFolder, thing, writtenChart } from './written-chart';

const NAMED = { name: 'webapp', version: '1.2.0' };

test('Chart.yaml says all that is known of the chart, and nothing else', () => {
  const all: Required<Omit<HelmChartAppProps, keyof AppProps | 'notes' | 'definitionsFirst'>> = {
    ...NAMED,
    appVersion: '2.0',
    description: 'Counts its visitors: "all" of them',
    kubeVersion: '>=1.27.0-0',
    keywords: ['visitors'],
    home: 'https://example.com/webapp',
    sources: ['https://git.example.com/webapp'],
    maintainers: [{ name: 'Platform team', email: 'platform@example.com', url: 'https://example.com/platform' }],
    icon: 'https://example.com/webapp.svg',
    deprecated: true,
    annotations: { 'artifacthub.io/license': 'Apache-2.0' },
  };
  expect(writtenChart(() => undefined, all)['Chart.yaml']).toBe(`apiVersion: v2
name: webapp
version: 1.2.0
appVersion: "2.0"
kubeVersion: ">=1.27.0-0"
description: 'Counts its visitors: "all" of them'
type: application
keywords:
  - visitors
home: https://example.com/webapp
icon: https://example.com/webapp.svg
sources:
  - https://git.example.com/webapp
maintainers:
  - name: Platform team
    email: platform@example.com
    url: https://example.com/platform
deprecated: true
annotations:
  artifacthub.io/license: Apache-2.0
`);
  expect(writtenChart(() => undefined)['Chart.yaml']).toBe('apiVersion: v2\nname: webapp\nversion: 1.2.0\ntype: application\n');
});

test.each<[Partial<HelmChartAppProps>, string]>([
  [{ name: 'WebApp' }, 'chart "WebApp": a name is lower case letters, digits and dashes, at most 53 of them'],
  [{ name: 'x'.repeat(54) }, `chart "${'x'.repeat(54)}": a name is lower case letters, digits and dashes, at most 53 of them`],
  [{ name: '' }, 'chart "": a name is lower case letters, digits and dashes, at most 53 of them'],
  [{ version: '1.2' }, 'chart webapp: version "1.2" is no Semantic Version: write 1.2.0, say'],
  [{ version: 'v1.2.0' }, 'chart webapp: version "v1.2.0" is no Semantic Version: write 1.2.0, say'],
])('a name or a version that Helm would refuse is refused: %j', (props, message) => {
  expect(() => new HelmChartApp({ ...NAMED, ...props })).toThrow(new Error(message));
});

const TWO_CHARTS: Build = (app) => {
  for (const id of ['web', 'jobs']) {
    const chart = new Chart(app, id);
    thing(chart, 'one', {});
    new kplus.ConfigMap(chart, 'Two', { metadata: { name: app.release.name } });
  }
};

const HEAD = ['.helmignore', 'Chart.yaml', 'README.md', 'templates/_helpers.tpl', 'values.schema.json', 'values.yaml'];

test.each<[keyof typeof YamlOutputType, string[]]>([
  ['FILE_PER_APP', ['templates/app.k8s.yaml']],
  ['FILE_PER_CHART', ['templates/jobs.k8s.yaml', 'templates/web.k8s.yaml']],
  [
    'FILE_PER_RESOURCE',
    ['ConfigMap.jobs-two-HASH', 'ConfigMap.web-two-HASH', 'Thing.jobs-one-HASH', 'Thing.web-one-HASH'].map((name) => `templates/${name}.k8s.yaml`),
  ],
  [
    'FOLDER_PER_CHART_FILE_PER_RESOURCE',
    ['jobs/ConfigMap.jobs-two-HASH', 'jobs/Thing.jobs-one-HASH', 'web/ConfigMap.web-two-HASH', 'web/Thing.web-one-HASH'].map((name) => `templates/${name}.k8s.yaml`),
  ],
])('%s is how templates are divided into files', (type, files) => {
  const written = writtenChart(TWO_CHARTS, { yamlOutputType: YamlOutputType[type] });
  const templates = Object.keys(written).filter((file) => !HEAD.includes(file));
  expect(templates.map((file) => file.replace(/-c[0-9a-f]{7}\b/, '-HASH'))).toEqual(files);
  const documents = templates.flatMap((file) => written[file].split('---\n'));
  expect(documents.map((each) => /^kind: (.*)$/m.exec(each)?.[1]).sort()).toEqual(['ConfigMap', 'ConfigMap', 'Thing', 'Thing']);
});

test('files have the extension that the app gives them', () => {
  expect(Object.keys(writtenChart(TWO_CHARTS, { outputFileExtension: '.yaml' }))).toEqual(expect.arrayContaining(['templates/web.yaml', 'templates/jobs.yaml']));
});

test('without files, the templates are one text', () => {
  const app = new HelmChartApp({ ...NAMED, definitionsFirst: true, outputFileExtension: '.yaml' });
  TWO_CHARTS(app);
  thing(new Chart(app, 'crds'), 'crd', { kind: 'CustomResourceDefinition' });
  const documents = app.synthYaml().split('---\n');
  expect(documents.map((each) => /^kind: (.*)$/m.exec(each)?.[1])).toEqual(['CustomResourceDefinition', 'Thing', 'ConfigMap', 'Thing', 'ConfigMap']);
  expect(documents[2]).toContain('  name: "{{ .Release.Name }}"\n');
});

const folder = temporaryFolder();

/** Synthesizes an app into a folder of the temporary one. */
function synth(outdir: string, build: Build, props: Partial<HelmChartAppProps> = {}): void {
  const app = new HelmChartApp({ ...NAMED, outdir: join(folder, outdir), ...props });
  build(app);
  app.synth();
}

test('files of objects that are gone are removed, and nothing that somebody else put there', () => {
  synth('stale', (app) => {
    TWO_CHARTS(app);
    thing(new Chart(app, 'crds'), 'crd', { kind: 'CustomResourceDefinition' });
  }, { definitionsFirst: true });
  writeFileSync(join(folder, 'stale/templates/extra.yaml'), 'kind: Extra\n');
  writeFileSync(join(folder, 'stale/LICENSE'), 'ours\n');
  expect(Object.keys(readFolder(join(folder, 'stale')))).toEqual(expect.arrayContaining(['templates/jobs.k8s.yaml', 'crds/crds.k8s.yaml']));
  synth('stale', (app) => thing(new Chart(app, 'web'), 'one', {}));
  expect(Object.keys(readFolder(join(folder, 'stale')))).toEqual([...HEAD, 'LICENSE', 'templates/extra.yaml', 'templates/web.k8s.yaml'].sort());
});

test('a second synth writes the same', () => {
  synth('again', TWO_CHARTS);
  const first = readFolder(join(folder, 'again'));
  synth('again', TWO_CHARTS);
  expect(readFolder(join(folder, 'again'))).toEqual(first);
});

test('where cdk8s-cli wants templates for its own Chart.yaml, the chart is written around them, with the version that the command line says', () => {
  const around = join(folder, 'format-helm');
  mkdirSync(join(around, 'templates'), { recursive: true });
  writeFileSync(join(around, 'Chart.yaml'), 'apiVersion: v2\nname: format-helm\ndescription: Generated chart for format-helm\nversion: 3.0.1\ntype: application\n');
  writeFileSync(join(around, 'README.md'), 'This Helm chart is generated using cdk8s.\n');
  synth('format-helm/templates', TWO_CHARTS);
  const files = readFolder(around);
  expect(Object.keys(files)).toEqual([...HEAD, 'templates/jobs.k8s.yaml', 'templates/web.k8s.yaml'].sort());
  expect(files['Chart.yaml']).toBe('apiVersion: v2\nname: webapp\nversion: 3.0.1\ntype: application\n');
});

test('a folder that is called templates and stands in no chart is a folder like any other', () => {
  synth('plain/templates', TWO_CHARTS);
  expect(Object.keys(readFolder(join(folder, 'plain')))).toEqual(expect.arrayContaining(['templates/Chart.yaml', 'templates/templates/web.k8s.yaml']));
});

test('for the reports of cdk8s-cli, constructs are recorded under the names that their objects have in the templates, and the record is not packaged', () => {
  const outdir = 'recorded';
  synth(outdir, TWO_CHARTS, { recordConstructMetadata: true });
  expect(JSON.parse(readFileSync(join(folder, outdir, 'construct-metadata.json'), 'utf8'))).toEqual({
    version: '1.0.0',
    resources: { 'one': { path: 'jobs/one' }, '{{ .Release.Name }}': { path: 'jobs/Two/Resource' } },
  });
  expect(readFileSync(join(folder, outdir, '.helmignore'), 'utf8')).toContain('construct-metadata.json\n');
});

test('a release is asked for by a file that can be read, or not at all', () => {
  process.env.CDK8S_LIFECYCLE_RELEASE = join(folder, 'missing.json');
  try {
    expect(() => synth('asked', TWO_CHARTS)).toThrow(`CDK8S_LIFECYCLE_RELEASE names ${join(folder, 'missing.json')}, which is not to be read. It is set by cdk8s-lifecycle alone; unset it.`);
    process.env.CDK8S_LIFECYCLE_RELEASE = '';
    expect(() => synth('asked', TWO_CHARTS)).not.toThrow();
  } finally {
    delete process.env.CDK8S_LIFECYCLE_RELEASE;
  }
});

test('a construct finds the chart that it belongs to', () => {
  const app = new HelmChartApp(NAMED);
  expect(HelmChartApp.containing(new Chart(app, 'web'))).toBe(app);
  expect(() => HelmChartApp.containing(new Chart(new App(), 'web'))).toThrow(new Error('web is in no HelmChartApp, so there are no values and no release'));
});
