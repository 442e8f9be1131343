import * as pulumi from '@pulumi/pulumi';
import { late } from '../../src/pulumi/late';
import { restoreObject, restoreOutputs } from '../../src/pulumi/restore';
import { encodedText, mintText } from '../../src/tokens';
import { Mocked, settled } from './mocked';

const unknown = () => new (pulumi.Output as unknown as new (...args: unknown[]) => pulumi.Output<string>)(
  new Set(), Promise.resolve(undefined), Promise.resolve(false), Promise.resolve(false), Promise.resolve(new Set()));

beforeAll(() => {
  new Mocked();
});

describe('what is known later is restored', () => {
  const host = pulumi.output('db.internal');
  const port = pulumi.output(5432);

  const cases: readonly (readonly [string, () => unknown, unknown])[] = [
    ['as a whole text', () => late.string(host), 'db.internal'],
    ['as a part of a text', () => `postgres://${late.string(host)}/web`, 'postgres://db.internal/web'],
    ['twice in a text', () => `${late.string(host)},${late.string(host)}`, 'db.internal,db.internal'],
    ['as a number', () => late.number(port), 5432],
    ['as a number in a text', () => `port ${late.number(port)}`, 'port 5432'],
    ['as a number that is a whole text', () => String(late.number(port)), '5432'],
    ['of a promise', () => late.string(Promise.resolve('soon')), 'soon'],
    ['as an item of a list', () => ['a', late.string(host)], ['a', 'db.internal']],
    ['as a field of a map', () => ({ deep: { host: late.string(host) } }), { deep: { host: 'db.internal' } }],
    ['as a key', () => ({ a: 1, [`${late.string(host)}/role`]: 'db' }), { 'a': 1, 'db.internal/role': 'db' }],
    ['as a key of what is known later', () => ({ [late.string(host)]: late.number(port) }), { 'db.internal': 5432 }],
    ['as a list', () => late.list(pulumi.output(['a', 'b'])), ['a', 'b']],
    ['as items among others', () => ['first', ...late.list(pulumi.output(['a', 'b'])), late.string(host)], ['first', 'a', 'b', 'db.internal']],
    ['as a list that turns out empty', () => ['first', ...late.list(pulumi.output<string[]>([]))], ['first']],
    ['as a list of outputs', () => late.list([host, 'b']), ['db.internal', 'b']],
    ['as a list in a list', () => [[...late.list(pulumi.output(['a']))], 'b'], [['a'], 'b']],
    ['as a map', () => late.map(pulumi.output({ a: '1' })), { a: '1' }],
    ['as fields among others, which win', () => ({ a: 'mine', ...late.map(pulumi.output({ a: '1', b: '2' })), c: '3' }), { a: 'mine', b: '2', c: '3' }],
    ['as a map of outputs', () => late.map({ a: host }), { a: 'db.internal' }],
    ['in a text of JSON', () => `{"host":"${encodedText(late.string(pulumi.output('a "b"')), 'json')}"}`, '{"host":"a \\"b\\""}'],
    ['in a URL', () => `https://x/?q=${encodedText(late.string(pulumi.output('a b&c')), 'url')}`, 'https://x/?q=a%20b%26c'],
    ['in JSON in a URL', () => encodedText(encodedText(late.string(pulumi.output('a"b')), 'json'), 'url'), 'a%5C%22b'],
    ['as a number in a text of JSON', () => `{"port":"${encodedText(String(late.number(port)), 'json')}"}`, '{"port":"5432"}'],
  ];

  test.each(cases)('%s', async (_, made, expected) => {
    const restored = restoreOutputs({ value: made() }) as { value: unknown };
    expect(await settled(restored.value)).toEqual({ value: expected, secret: false, known: true });
  });

  test.each(cases)('%s, secret if anything in it is', async (_, made) => {
    const restored = restoreOutputs({ value: { one: made(), other: late.string(pulumi.secret('s')) } }) as { value: unknown };
    expect((await settled(restored.value)).secret).toBe(true);
  });
});

const written = [
  'text', '', 'a {{ b }}', 0, 1.5, true, null, [], {}, { a: [{ b: 'c' }, null] }, { __proto__: { a: 1 } }, { ['__proto__']: 'own' },
];
test.each(written)('what holds no output is what it was, and no output: %j', (value) => {
  const restored = restoreOutputs(value);
  expect(pulumi.Output.isInstance(restored)).toBe(false);
  expect(restored).toEqual(value);
});

test('only what holds an output becomes one', () => {
  const { metadata, spec } = restoreObject({ metadata: { name: 'a', labels: { app: 'web' } }, spec: { host: late.string(pulumi.output('h')), items: ['a'] } }) as {
    metadata: unknown; spec: { host: unknown; items: unknown };
  };
  expect(metadata).toEqual({ name: 'a', labels: { app: 'web' } });
  expect(pulumi.Output.isInstance(spec.host)).toBe(true);
  expect(spec.items).toEqual(['a']);
});

test.each<[string, (secret: string) => unknown]>([
  ['a whole text', (secret) => secret],
  ['a part of a text', (secret) => `a ${secret}`],
  ['a key', (secret) => ({ [secret]: 1 })],
  ['encoded', (secret) => encodedText(secret, 'json')],
])('a secret stays secret: %s', async (_, made) => {
  expect((await settled(restoreOutputs(made(late.string(pulumi.secret('canary')))))).secret).toBe(true);
});

test.each<[string, (value: string) => unknown]>([
  ['a whole text', (value) => value],
  ['a part of a text', (value) => `a ${value}`],
  ['a key', (value) => ({ [value]: 1 })],
  ['an item', (value) => [value]],
])('what a preview does not know stays unknown: %s', async (_, made) => {
  expect(await settled(restoreOutputs(made(late.string(unknown()))))).toMatchObject({ known: false });
});

test('a list among whose items are late ones depends on what those depend on', async () => {
  class Database extends pulumi.CustomResource {
    declare readonly host: pulumi.Output<string>;
    constructor() {
      super('test:index:Database', 'db', { host: 'h' });
    }
  }
  const db = new Database();
  const restored = restoreOutputs({ list: ['a', ...late.list(db.host.apply((host) => [host]))] }) as { list: { allResources(): Promise<Set<pulumi.Resource>> } };
  expect([...(await restored.list.allResources())]).toEqual([db]);
});

describe('a token that cannot be restored is refused with its place', () => {
  test.each<[string, () => unknown, string]>([
    ['a calculation', () => ({ spec: { ttl: late.number(pulumi.output(5), 'lifetime') * 60 } }), '/spec/ttl: lifetime was multiplied by 60, but a value can only be placed'],
    ['a text in other case', () => ({ host: late.string(pulumi.output('a')).toUpperCase() }), '/host: the case of a late text was changed'],
    ['base64', () => ({ data: Buffer.from(late.string(pulumi.output('a'))).toString('base64') }), '/data: a value was encoded in base64'],
    ['a list as one text', () => ({ host: late.list(pulumi.output(['a']), 'hosts')[0] }), '/host: hosts stands for several values'],
    ['a list in a text', () => [`${late.list(pulumi.output(['a']), 'hosts').join(',')},b`], '/0: hosts stands for several values'],
    ['a value of a Helm chart', () => ({ tag: mintText({ label: 'image.tag', source: {} }) }), '/tag: image.tag is no Output of Pulumi'],
  ])('%s', (_, made, message) => {
    expect(() => restoreOutputs(made())).toThrow(message);
  });
});
