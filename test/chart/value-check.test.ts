import { HelmChartApp } from '../../src';

const newApp = () => new HelmChartApp({ name: 'webapp', version: '1.2.0' });
const newValues = () => newApp().values;
type Values = ReturnType<typeof newValues>;

test.each<[(values: Values) => unknown, string]>([
  [(values) => values.text('logLevel', { defaultValue: 'all', allowedValues: ['info'] }), 'values.logLevel: the default "all" is none of ["info"]'],
  [(values) => values.text('image.tag', { defaultValue: 'v2', pattern: '^[0-9]+$' }), 'values.image.tag: the default "v2" does not match ^[0-9]+$'],
  [(values) => values.text('a', { defaultValue: '', minLength: 1 }), 'values.a: the default "" is shorter than 1 characters'],
  [(values) => values.text('a', { defaultValue: '😀😀', maxLength: 1 }), 'values.a: the default "😀😀" is longer than 1 characters'],
  [(values) => values.integer('replicas', { defaultValue: 0, minimum: 1 }), 'values.replicas: the default 0 is less than 1'],
  [(values) => values.integer('replicas', { defaultValue: 9, maximum: 5 }), 'values.replicas: the default 9 is more than 5'],
  [(values) => values.integer('replicas', { defaultValue: 1.5 }), 'values.replicas: the default 1.5 is no integer'],
  [(values) => values.number('ratio', { defaultValue: NaN }), 'values.ratio: the default NaN is no number'],
  [(values) => values.seconds('timeout', { defaultValue: -1 }), 'values.timeout: the default -1 is less than 0'],
  [(values) => values.mebibytes('memory', { defaultValue: 0.5 }), 'values.memory: the default 0.5 is no integer'],
  [(values) => values.list('hosts', { defaultValue: ['a', 1], items: { type: 'string' } }), 'values.hosts: the default ["a",1] is wrong at "1": 1 is no string'],
  [
    (values) => values.mapping('labels', { defaultValue: { team: { name: 'web' } }, items: { type: ['string', 'integer'] } }),
    'values.labels: the default {"team":{"name":"web"}} is wrong at "team": {"name":"web"} is no string or integer',
  ],
  [
    (values) => values.list('ports', { defaultValue: [{ port: '80' }], items: { properties: { port: { type: 'integer' } } } }),
    'values.ports: the default [{"port":"80"}] is wrong at "0": {"port":"80"} is wrong at "port": "80" is no integer',
  ],
  [
    (values) => values.list('ports', { defaultValue: [{ prot: 80 }], items: { properties: { port: {} }, additionalProperties: false } }),
    'values.ports: the default [{"prot":80}] is wrong at "0": {"prot":80} has a key "prot" that is not known',
  ],
  [
    (values) => values.list('hosts', { defaultValue: ['a', null] }),
    'values.hosts: the default holds a null, which helm 3 keeps and helm 4 drops. Leave it out.',
  ],
  [
    (values) => values.mapping('labels', { defaultValue: { a: { b: [null] } } }),
    'values.labels: the default holds a null, which helm 3 keeps and helm 4 drops. Leave it out.',
  ],
])('a default that its own schema would refuse is refused: %#', (declare, message) => {
  expect(() => declare(newValues())).toThrow(new Error(message));
});

test('a default that its schema allows is allowed', () => {
  const values = newValues();
  values.list('ports', { defaultValue: [80, { port: 81, name: 'http' }], items: { type: ['integer', 'object'], properties: { port: { type: 'integer', maximum: 99 } } } });
  values.mapping('labels', { defaultValue: { team: 'web' }, items: { type: 'string', pattern: '^[a-z]+$', format: 'hostname' } });
  values.list('choices', { defaultValue: [[1, 2], { a: 1 }], items: { enum: [[1, 2], { a: 1 }] } });
  expect(values._nodes).toHaveLength(3);
});

test.each<[string, (values: Values) => unknown, string]>([
  [
    'twice',
    (values) => [values.text('image.tag'), values.integer('image.tag')],
    'values.image.tag is declared twice. Declare it once, and pass on what you got.',
  ],
  ['in a value', (values) => [values.text('image'), values.text('image.tag')], 'values.image is a value, so image.tag cannot be in it'],
  ['around a value', (values) => [values.text('image.tag'), values.text('image')], 'values.image is a map of other values, so it cannot be a value itself'],
  ['a name with a slash', (values) => values.text('a.b/c'), 'values.a.b/c: a path is names with dots between them; a name is letters, digits, "_" and "-"'],
  ['an empty name', (values) => values.text('a..b'), 'values.a..b: a path is names with dots between them; a name is letters, digits, "_" and "-"'],
])('a path that cannot be is refused: %s', (_, declare, message) => {
  expect(() => declare(newValues())).toThrow(new Error(message));
});

const NO_TEMPLATE = 'values.yaml and its schema are no templates.';

test.each<[string, (app: HelmChartApp) => unknown, string]>([
  [
    'a default',
    ({ values, release }) => values.text('host', { defaultValue: `${release.name}.example.com` }),
    `values.host: ${NO_TEMPLATE} /defaultValue: the name of the release cannot stand in it. Say it as the fallback of a text`,
  ],
  [
    'a number',
    ({ values }) => values.integer('maximum', { defaultValue: values.integer('minimum', { defaultValue: 1 }) }),
    `values.maximum: ${NO_TEMPLATE} /defaultValue: minimum cannot stand in it`,
  ],
  [
    'a calculated number',
    ({ values }) => values.integer('maximum', { maximum: values.integer('minimum', { defaultValue: 1 }) * 2 }),
    `values.maximum: ${NO_TEMPLATE} /schema/maximum: minimum was multiplied by 2, but a value can only be placed`,
  ],
  [
    'a list',
    ({ values, release }) => values.list('hosts', { defaultValue: [`${release.name}.example.com`] }),
    `values.hosts: ${NO_TEMPLATE} /defaultValue/0: the name of the release cannot stand in it`,
  ],
  [
    'a description',
    ({ values, appVersion }) => values.text('tag', { description: `The tag, ${appVersion} if empty` }),
    `values.tag: ${NO_TEMPLATE} /description: the version of the app cannot stand in it`,
  ],
  [
    'values of a subchart',
    (app) => app.subchart('db', { version: '1.0.0', repository: 'file://../db', values: { name: app.release.name } }),
    `the values of the subchart db: ${NO_TEMPLATE} /name: the name of the release cannot stand in it`,
  ],
])('what is known in a release only cannot stand in values.yaml: %s', (_, declare, message) => {
  expect(() => declare(newApp())).toThrow(message);
});

test('a default is as large as it is, beside other values', () => {
  const { values } = newApp();
  values.integer('replicas', { defaultValue: 2 });
  expect(() => values.number('bytes', { defaultValue: 1e21, maximum: 2 ** 70 })).not.toThrow();
});

test('a pattern that Go does not know is refused where it is declared', () => {
  expect(() => newValues().text('image.tag', { pattern: '^(?!latest).*$' }))
    .toThrow('values.image.tag: the pattern ^(?!latest).*$ does not work in Helm, whose expressions are those of RE2. It looks ahead or back.');
});
