import { Chart } from 'cdk8s';
import { Build, thing, writtenChart, writtenRelease } from './written-chart';

const POSTGRESQL = { version: '16.x.x', repository: 'oci://registry.example.com/charts' };

interface Schema {
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

const schemaOf = (build: Build) => JSON.parse(writtenChart(build)['values.schema.json']) as Schema;

test('a chart of somebody else is a dependency of Chart.yaml', () => {
  const { 'Chart.yaml': text } = writtenChart((app) => {
    app.values.flag('db.enabled', { defaultValue: true });
    app.subchart('postgresql', { ...POSTGRESQL, alias: 'db', condition: 'db.enabled', tags: ['databases'] });
    app.subchart('redis', { version: '1.0.0', repository: 'https://charts.example.com' });
  });
  expect(text).toBe(`apiVersion: v2
name: webapp
version: 1.2.0
type: application
dependencies:
  - name: postgresql
    version: 16.x.x
    repository: oci://registry.example.com/charts
    alias: db
    condition: db.enabled
    tags:
      - databases
  - name: redis
    version: 1.0.0
    repository: https://charts.example.com
`);
});

test('what named templates of it yield stands in texts', () => {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => {
    const db = app.subchart('postgresql', POSTGRESQL);
    const host = db.include('postgresql.v1.primary.fullname');
    thing(new Chart(app, 'web'), 'thing', { spec: { host, url: `postgres://${host}:5432/` } });
  });
  expect(text).toContain(`spec:
  host: "{{ include \`webapp.text\` (include \`postgresql.v1.primary.fullname\` (index .Subcharts \`postgresql\`)) }}"
  url: "postgres://{{ include \`webapp.text\` (include \`postgresql.v1.primary.fullname\` (index .Subcharts \`postgresql\`)) }}:5432/"
`);
});

test('what it gets stands in values.yaml beside what the chart declares for it, and the schema leaves the rest of it open', () => {
  const build: Build = (app) => {
    app.values.flag('postgresql.enabled', { defaultValue: true, description: 'Whether the database comes along' });
    app.subchart('postgresql', { ...POSTGRESQL, condition: 'postgresql.enabled', values: { auth: { database: 'web' }, replicas: 2 } });
  };
  const { 'values.yaml': text, 'README.md': readme } = writtenChart(build);
  expect(text.split('\n').slice(2).join('\n')).toBe(`postgresql:
  # Whether the database comes along
  enabled: true
  auth: {"database": "web"}
  replicas: 2
`);
  expect(readme.match(/^\| `/gm)).toHaveLength(1);
  expect(schemaOf(build).properties).toEqual({
    postgresql: {
      type: 'object',
      properties: { enabled: { type: 'boolean', default: true, description: 'Whether the database comes along' } },
      required: ['enabled'],
      additionalProperties: true,
    },
    global: { type: 'object', additionalProperties: true },
  });
});

test('tags are allowed where a chart has some', () => {
  expect(Object.keys(schemaOf((app) => app.subchart('postgresql', POSTGRESQL)).properties)).toEqual(['global', 'postgresql']);
  expect(Object.keys(schemaOf((app) => app.subchart('postgresql', { ...POSTGRESQL, tags: ['databases'] })).properties)).toEqual(['global', 'tags', 'postgresql']);
});

test('only helm renders such a chart, so a release of it is the chart', () => {
  const build: Build = (app) => app.subchart('postgresql', POSTGRESQL);
  expect(writtenRelease(build)).toEqual(writtenChart(build));
  expect(writtenRelease(build)['Chart.yaml']).toContain('dependencies:');
});

test.each<[string, Build, string]>([
  [
    'two of one name',
    (app) => [app.subchart('postgresql', POSTGRESQL), app.subchart('mysql', { ...POSTGRESQL, alias: 'postgresql' })],
    'there are two subcharts "postgresql": give one of them an alias',
  ],
  [
    'a default for what is declared',
    (app) => [app.values.flag('db.enabled', { defaultValue: true }), app.subchart('db', { ...POSTGRESQL, values: { enabled: false } })],
    'values.db.enabled is declared, and a subchart is given another default for it',
  ],
  [
    'a value in its place',
    (app) => [app.values.text('db', { defaultValue: '' }), app.subchart('db', POSTGRESQL)],
    'values.db cannot be a value: Helm keeps a map of that name for charts that come along',
  ],
  ['a value in the place of what all charts share', (app) => app.values.list('global'), 'values.global cannot be a value: Helm keeps a map of that name'],
  [
    'a condition that nobody declared',
    (app) => app.subchart('db', { ...POSTGRESQL, condition: 'db.enabled,database.enabled' }),
    'the subchart db has the condition database.enabled, which is no flag of the chart: declare it with values.flag(\'database.enabled\')',
  ],
  [
    'a condition that is no flag',
    (app) => [app.values.text('database.mode'), app.subchart('db', { ...POSTGRESQL, condition: 'database.mode' })],
    'the subchart db has the condition database.mode, which is no flag of the chart',
  ],
  ['a template whose name Go cannot quote', (app) => app.subchart('db', POSTGRESQL).include('db."x"'), 'cannot stand in an action of a template'],
])('what would fail in Helm, or be ignored, is refused: %s', (_, build, message) => {
  expect(() => writtenChart(build)).toThrow(message);
});
