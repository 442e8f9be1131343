import { ApiObject, Chart, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { OnlyIf, ReleaseChart } from '../../src';
import { Build, thing, writtenChart, writtenRelease } from './written-chart';

const EVERY_KIND: Build = ({ values }) => {
  values.text('image.tag', { defaultValue: '2.0', pattern: '^[0-9.]+$', description: 'Tag of the image.\n\nDigits and dots' });
  values.text('image.pullPolicy', { defaultValue: 'Always', allowedValues: ['Always', 'IfNotPresent'] });
  values.integer('replicas', { defaultValue: 2, minimum: 1, maximum: 9, description: 'Pods of the web tier' });
  values.number('ratio', { defaultValue: 0.5, minimum: 0, maximum: 1 });
  values.seconds('timeout', { defaultValue: 600 });
  values.mebibytes('memory', { defaultValue: 512, minimum: 64 });
  values.flag('enabled', { defaultValue: true });
  values.list('hosts', { defaultValue: ['a.example.com', 'yes'], items: { type: 'string' }, description: 'Names | of the site' });
  values.mapping('labels', { defaultValue: { 'example.com/team': 'web', 'no': '0123' } });
  values.text('password', { minLength: 8, maxLength: 64 });
  values.text('y', { defaultValue: 'a "quote", {{ braces }} and \\ \u0085' });
};

const CHART = writtenChart(EVERY_KIND, { description: 'Counts its visitors' });

test('values.yaml has a comment for each value that has a description, and quotes every text', () => {
  expect(CHART['values.yaml']).toBe(`# Values of the chart webapp. README.md has them as a table, values.schema.json says what is allowed.

image:
  # Tag of the image.
  #
  # Digits and dots
  tag: "2.0"
  pullPolicy: "Always"

# Pods of the web tier
replicas: 2

ratio: 0.5

timeout: 600

memory: 512

enabled: true

# Names | of the site
hosts: ["a.example.com", "yes"]

labels: {"example.com/team": "web", "no": "0123"}

# password: (required)

"y": "a \\"quote\\", {{ braces }} and \\\\ \\u0085"
`);
});

test('README.md has the values as a table', () => {
  expect(CHART['README.md']).toBe(`# webapp 1.2.0

Counts its visitors

## Values

| value | what for | allowed | default |
|---|---|---|---|
| \`image.tag\` | Tag of the image. Digits and dots | string; matches \`^[0-9.]+$\` | \`"2.0"\` |
| \`image.pullPolicy\` |  | string; one of \`Always\`, \`IfNotPresent\` | \`"Always"\` |
| \`replicas\` | Pods of the web tier | integer; at least 1; at most 9 | \`2\` |
| \`ratio\` |  | number; at least 0; at most 1 | \`0.5\` |
| \`timeout\` |  | integer; at least 0 | \`600\` |
| \`memory\` |  | integer; at least 64 | \`512\` |
| \`enabled\` |  | boolean | \`true\` |
| \`hosts\` | Names \\| of the site | array | \`["a.example.com","yes"]\` |
| \`labels\` |  | object | \`{"example.com/team":"web","no":"0123"}\` |
| \`password\` |  | string; at least 8 characters; at most 64 characters | (required) |
| \`y\` |  | string | \`"a \\"quote\\", {{ braces }} and \\\\ \u0085"\` |
`);
});

test('values.schema.json allows what was declared, and what Helm puts there itself', () => {
  expect(JSON.parse(CHART['values.schema.json'])).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the chart webapp',
    type: 'object',
    additionalProperties: false,
    required: ['image', 'replicas', 'ratio', 'timeout', 'memory', 'enabled', 'password', 'y'],
    properties: {
      image: {
        type: 'object',
        additionalProperties: false,
        required: ['tag', 'pullPolicy'],
        properties: {
          tag: { description: 'Tag of the image.\n\nDigits and dots', type: 'string', pattern: '^[0-9.]+$', default: '2.0' },
          pullPolicy: { type: 'string', enum: ['Always', 'IfNotPresent'], default: 'Always' },
        },
      },
      replicas: { description: 'Pods of the web tier', type: 'integer', minimum: 1, maximum: 9, default: 2 },
      ratio: { type: 'number', minimum: 0, maximum: 1, default: 0.5 },
      timeout: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 600 },
      memory: { type: 'integer', minimum: 64, maximum: Number.MAX_SAFE_INTEGER, default: 512 },
      enabled: { type: 'boolean', default: true },
      hosts: { description: 'Names | of the site', type: 'array', items: { type: 'string' }, default: ['a.example.com', 'yes'] },
      labels: { type: 'object', default: { 'example.com/team': 'web', 'no': '0123' } },
      password: { type: 'string', minLength: 8, maxLength: 64 },
      y: { type: 'string', default: 'a "quote", {{ braces }} and \\ \u0085' },
      global: { type: 'object', additionalProperties: true },
    },
  });
});

test('what belongs to an editor, or to cdk8s-cli, is not packaged', () => {
  expect(CHART['.helmignore'].split('\n')).toEqual([
    '.git/', '.gitignore', '.DS_Store', '*.swp', '*.bak', '*.tmp', '*.orig', '*~', '.idea/', '.vscode/', 'construct-metadata.json', '',
  ]);
});

test('NOTES.txt holds values, and what is meant for another template engine', () => {
  const { 'templates/NOTES.txt': notes } = writtenChart(() => undefined, { notes: 'Watch: kubectl get pods\n\n{{ not ours }}\n\n\n' });
  expect(notes).toBe('Watch: kubectl get pods\n\n{{ `{{` }} not ours }}\n');
});

test('a mistake in the notes says where it is', () => {
  expect(() => writtenChart(() => undefined, { notes: 'Call xtok7q' })).toThrow('the notes of the chart: a value was cut off: "Call xtok7q"');
});

const definition = (chart: Chart) => new ApiObject(chart, 'crd', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.example.com' } });

test('definitions of kinds go to crds/ if that is wanted, as they are; otherwise they are templates', () => {
  const build: Build = (app) => {
    const chart = new Chart(app, 'web');
    definition(chart);
    thing(chart, 'thing', { spec: { host: app.values.text('host') } });
  };
  const { 'crds/web.k8s.yaml': first, 'templates/web.k8s.yaml': others } = writtenChart(build, { definitionsFirst: true });
  expect(first).toBe('apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example.com\n');
  expect(others).not.toContain('CustomResourceDefinition');
  const together = writtenChart(build);
  expect(together).not.toHaveProperty(['crds/web.k8s.yaml']);
  expect(together['templates/web.k8s.yaml']).toContain('kind: CustomResourceDefinition');
});

test.each<[string, Build, string]>([
  [
    'a value',
    (app) => definition(new Chart(app, 'web')).metadata.addLabel('team', app.values.text('team')),
    'web/crd: a definition in crds/ is no template, so team may not stand in it. Put it into a plain Chart without values, or say definitionsFirst: false.',
  ],
  [
    'a label of the release',
    (app) => definition(new ReleaseChart(app, 'web')),
    'web/crd: a definition in crds/ is no template, so the name of the release may not stand in it. Put it into a plain Chart without values',
  ],
  [
    'a flag',
    (app) => definition(new Chart(app, 'web')).with(OnlyIf.of(app.values.flag('crds.enabled'))),
    'web/crd: a definition in crds/ is no template, so it may not be under a flag. Put it into a plain Chart without values',
  ],
])('a definition in crds/ is no template, so it cannot be under %s', (_, build, message) => {
  expect(() => writtenChart(build, { definitionsFirst: true })).toThrow(message);
});

test('for a release, the files are manifests, the values that they were made of, and the schema of those', () => {
  const build: Build = (app) => {
    EVERY_KIND(app);
    thing(new Chart(app, 'web'), 'thing', { spec: { of: `${app.release.name}.${app.release.revision}`, tag: app.values.text('tag', { defaultValue: '1' }) } });
  };
  const files = writtenRelease(build, { revision: 7, values: { tag: '0123', password: 'secret', labels: null } }, { notes: 'Hello {{ x }}' });
  expect(files['templates/web.k8s.yaml']).toBe('apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: thing\nspec:\n  of: shop.7\n  tag: "0123"\n');
  expect(files['templates/NOTES.txt']).toBe('Hello {{ x }}\n');
  expect(JSON.parse(files['values.json'])).toMatchObject({ tag: '0123', password: 'secret', replicas: 2, image: { tag: '2.0', pullPolicy: 'Always' } });
  expect(files['values.schema.json']).toBe(writtenChart(build)['values.schema.json']);
});

test('a description is a comment to its end, whatever ends a line in YAML, and holds nothing that YAML forbids', () => {
  const { 'values.yaml': text } = writtenChart(({ values }) => {
    values.text('a', { defaultValue: 'x', description: 'one\r\ntwo\rb: 1\u2028c: 2\u0085d: 3\u0007\ufeff\ud800 😀' });
  });
  expect(text).toContain('\n\n# one\n# two\n# b: 1\n# c: 2\n# d: 3 😀\na: "x"\n');
});

test('a number prints in the notes as it was written, with and without helm', () => {
  const build: Build = (app) => app.addNotes(`${app.values.number('rate', { defaultValue: 1_000_000 })} a second`);
  expect(writtenChart(build)['templates/NOTES.txt']).toBe('{{ toJson .Values.rate }} a second\n');
  expect(writtenRelease(build)['templates/NOTES.txt']).toBe('1000000 a second\n');
});

test('a value in the id of a construct is refused: names of files and objects come of it', () => {
  const build: Build = (app) => thing(new Chart(app, 'web'), `web-${app.values.text('tag', { defaultValue: 'two' })}`, { metadata: {} });
  expect(() => writtenChart(build)).toThrow('web/web-two: tag stands in the id of a construct, which has to be known now. Put it into the name: metadata.name');
});

test('a value may stand in an id that cdk8s-plus makes of a name', () => {
  const build: Build = (app) => {
    const deployment = new kplus.Deployment(new Chart(app, 'web'), 'web', { containers: [{ image: 'web:1', portNumber: 80 }] });
    deployment.exposeViaService({ name: `${app.release.name}-web` });
  };
  expect(writtenChart(build)['templates/web.k8s.yaml']).toContain('name: "{{ .Release.Name }}-web"');
  expect(() => writtenChart(build, { yamlOutputType: YamlOutputType.FILE_PER_RESOURCE })).toThrow('the name of the release stands in the id of a construct');
});
