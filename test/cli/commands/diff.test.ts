import { configMap, job, object } from '../../release/manifests';
import { SimulatedCli } from '../simulated-cli';

const secret = (password: string) => object('v1', 'Secret', 'creds', { stringData: { password } });

let cli: SimulatedCli;

beforeEach(async () => {
  cli = await SimulatedCli.open();
});

afterEach(() => cli.close());

test('diff shows what an upgrade would change, as a unified diff, and changes nothing', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('settings', { a: '1' })));
  const { code, out, err } = await cli.run('diff', 'web', cli.manifests(configMap('settings', { a: '2' }), job('migrate', { on: 'pre-upgrade' })));
  expect([code, err]).toEqual([0, []]);
  expect(out.slice(0, 9)).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2', '', '~ ConfigMap/settings', '--- live', '+++ revision 2', '@@ -1,6 +1,6 @@', ' apiVersion: v1', ' data:', "-  a: '1'",
  ]);
  expect(out.slice(-2)).toEqual(['resources: 1 changed', 'hooks: 1 added']);
  expect((await cli.run('diff', 'web', cli.manifests(configMap('settings', { a: '1' })))).out.at(-2)).toBe('resources: 1 unchanged');
});

test('of a release that is not there it shows what an install would create', async () => {
  const { out } = await cli.run('diff', 'web', cli.manifests(configMap('settings')));
  expect([out[0], out[2]]).toEqual(['install web, namespace shop: revision 1', '+ ConfigMap/settings']);
});

test('it exits 2 on request where anything differs, else 0', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  const diff = async (...flags: readonly string[]) => [
    (await cli.run('diff', 'web', cli.manifests(configMap('a')), ...flags)).code,
    (await cli.run('diff', 'web', cli.manifests(configMap('a', { x: '1' })), ...flags)).code,
    (await cli.run('diff', 'web', cli.manifests(configMap('a'), job('j', { on: 'test' })), ...flags)).code,
  ];
  expect([await diff(), await diff('--detailed-exitcode')]).toEqual([[0, 0, 0], [0, 2, 2]]);
});

test('values of Secrets are in neither form of its output', async () => {
  await cli.run('install', 'web', cli.manifests(secret('canary-one')));
  for (const output of ['text', 'json']) {
    const { out } = await cli.run('diff', 'web', cli.manifests(secret('canary-two')), '-o', output);
    expect(out.join('\n')).toContain('*** (changed)');
    for (const value of ['canary-one', 'canary-two']) for (const form of [value, Buffer.from(value).toString('base64')]) expect(out.join('\n')).not.toContain(form);
  }
});

test('as JSON it is one object', async () => {
  const { out } = await cli.run('diff', 'web', cli.manifests(configMap('a')), '-o', 'json');
  expect(JSON.parse(out.join('\n'))).toEqual({
    operation: 'install',
    release: 'web',
    namespace: 'shop',
    revision: 1,
    resources: [{ object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' }, change: 'created', after: expect.stringContaining('name: a') }],
    hooks: [],
    warnings: [],
  });
});

test('on a terminal it is coloured', async () => {
  expect((await cli.runInColour('diff', 'web', cli.manifests(configMap('a')))).out).toContain('\u001b[32m+apiVersion: v1\u001b[m');
});

test.each<[string, string[], number]>([
  ['no manifests', ['diff', 'web'], 64],
  ['a name that is none', ['diff', 'WEB', 'x.yaml'], 64],
  ['manifests that are not there', ['diff', 'web', 'there-is-no-such-file.yaml'], 65],
])('%s: exit code', async (_, args, code) => {
  expect((await cli.run(...args)).code).toBe(code);
});
