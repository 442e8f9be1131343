import { FORMATS } from '../../../src/cli/values/formats';
import { checkValues } from '../../../src/cli/values/schema';
import { Values } from '../../../src/vocabulary';

const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['replicas'],
  additionalProperties: false,
  properties: {
    'replicas': { type: 'integer', minimum: 1 },
    'image': { type: 'object', required: ['tag'], properties: { tag: { type: 'string', pattern: '^[0-9\\.\\-]+$' } } },
    'tier': { enum: ['web', 'api'] },
    'hosts': { type: 'array', items: { type: 'object', properties: { name: { type: 'string', format: 'hostname' } } } },
    'a.b': { type: 'string' },
    'ratio': { type: 'number', multipleOf: 0.1 },
  },
};

function check(values: Values, schema: object = SCHEMA): void {
  checkValues(values, JSON.stringify(schema), 'shop');
}

test('what fits passes', () => {
  expect(() => check({ replicas: 2, image: { tag: '1.0-3' }, tier: 'web', hosts: [{ name: 'example.com' }], ratio: 0.3 })).not.toThrow();
});

test.each<[Values, string]>([
  [{}, 'replicas is missing'],
  [{ replicas: 'SECRET' }, 'replicas must be integer'],
  [{ replicas: 0 }, 'replicas must be >= 1'],
  [{ replicas: 1, image: {} }, 'image.tag is missing'],
  [{ replicas: 1, image: { tag: 'SECRET' } }, 'image.tag must match pattern "^[0-9\\.\\-]+$"'],
  [{ replicas: 1, tier: 'SECRET' }, 'tier must be one of ["web","api"]'],
  [{ replicas: 1, hosts: [{ name: 'a' }, { name: 'SECRET HOST' }] }, 'hosts[1].name must match format "hostname"'],
  [{ 'replicas': 1, 'a.b': 1 }, 'a\\.b must be string'],
  [{ replicas: 1, replica: 'SECRET' }, 'replica is not known; did you mean "replicas"?'],
  [{ replicas: 1, ratio: 0.35 }, 'ratio must be multiple of 0.1'],
])('%j: %s', (values, line) => {
  const message = `the values do not fit the schema of chart shop:\n  ${line}\n  Change them with -f or --set; what the chart takes stands in its values.yaml and README.`;
  expect(() => check(values)).toThrow(expect.objectContaining({ code: 'bad-input', message }) as Error);
});

test('all problems are told at once, and of many the first twenty', () => {
  const values = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`strange${index}`, 1]));
  expect(() => check({ replicas: 1, ...values })).toThrow(/strange0 is not known[^]*strange19 is not known\n {2}and 5 more\n/);
});

test.each<[string, boolean]>([
  ['http://json-schema.org/draft-06/schema#', false],
  ['http://json-schema.org/draft-07/schema', false],
  ['https://json-schema.org/draft/2019-09/schema', true],
  ['https://json-schema.org/draft/2020-12/schema', true],
])('a schema of %s is known; formats count up to draft 7', ($schema, passes) => {
  const schema = { $schema, properties: { address: { format: 'ipv4' }, n: { type: 'integer' } } };
  expect(() => check({ n: 1.5 }, schema)).toThrow('n must be integer');
  const formatted = () => check({ address: 'SECRET' }, schema);
  if (passes) expect(formatted).not.toThrow();
  else expect(formatted).toThrow('address must match format "ipv4"');
});

test('a schema without a draft is one of 2020-12, as for Helm', () => {
  expect(() => check({ list: [1, 'x'] }, { properties: { list: { prefixItems: [{}, { type: 'integer' }] } } })).toThrow('list[1] must be integer');
});

test.each<[string, string, string]>([
  ['of draft 4', '{"$schema":"http://json-schema.org/draft-04/schema#"}', 'it is of a draft that is not known'],
  ['with a reference elsewhere', '{"$ref":"https://example.com/schema.json"}', "can't resolve reference https://example.com/schema.json"],
  ['that is no JSON', '{', 'JSON'],
  ['that is asynchronous', '{"$async":true}', '$async is no keyword'],
  ['of a type that there is not', '{"type":"text"}', 'type must be'],
])('a schema %s is told as such', (_what, schema, message) => {
  expect(() => checkValues({}, schema, 'shop')).toThrow(/^values.schema.json of chart shop cannot be used: /);
  expect(() => checkValues({}, schema, 'shop')).toThrow(message);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['date', ['2024-02-29'], ['2023-02-29', '2024-1-1', '']],
  ['time', ['12:00:00Z', '23:59:60.5+01:00'], ['12:00:00', '24:00:00Z']],
  ['date-time', ['2024-02-29T12:00:00Z', '2024-02-29t12:00:00.1-05:30'], ['2024-02-29', '2024-02-30T12:00:00Z']],
  ['email', ['a@b.c', 'a.b+c@example.com'], ['a', '@b', 'a@b c', 'a@-b']],
  ['hostname', ['a', 'a-b.example.com'], ['-a', 'a..b', 'a_b', '']],
  ['ipv4', ['10.0.0.1'], ['10.0.0', '256.0.0.1']],
  ['ipv6', ['::1', 'fe80::1'], ['fe80::1%eth0', '::g']],
  ['uri', ['https://a/b?c#d', 'urn:x'], ['a/b', '//a', 'https://a b']],
  ['uuid', ['f81d4fae-7dec-11d0-a765-00a0c91e6bf6'], ['f81d4fae7dec11d0a76500a0c91e6bf6']],
])('the format %s', (name, good, bad) => {
  expect([good.filter((text) => !FORMATS[name](text)), bad.filter((text) => FORMATS[name](text))]).toEqual([[], []]);
});
