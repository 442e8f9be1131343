import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { configMap, job, object } from '../../release/manifests';
import { SimulatedCli } from '../simulated-cli';

/* Plans that are kept in a file, and done exactly so or not at all. */

const SECRET = object('v1', 'Secret', 'db', { stringData: { password: 'swordfish' } });

let cli: SimulatedCli;
let file: string;

beforeEach(async () => {
  cli = await SimulatedCli.open();
  file = cli.path('plan.json');
  await cli.run('install', 'web', cli.manifests(configMap('a', { x: '1' })));
});

afterEach(() => cli.close());

const next = () => cli.manifests(configMap('a', { x: '2' }), SECRET, job('migrate', { on: 'pre-upgrade' }));
const namesOf = async (kind: string, apiVersion = 'v1') => (await cli.cluster.list({ apiVersion, kind, namespace: 'shop' })).map(({ metadata }) => metadata.name);

test('a plan is shown and kept, for its owner alone and without secrets; then it is done', async () => {
  const { code, out } = await cli.run('plan', 'web', next(), '--out', file, '--detailed-exitcode');
  expect([code, out]).toEqual([2, [
    'upgrade web, namespace shop: revision 1 -> 2', 'hooks before', '  pre-upgrade      0  Job/migrate', 'resources', '  + Secret/db', '  ~ ConfigMap/a  data.x',
  ]]);
  expect([statSync(file).mode.toString(8), readFileSync(file, 'utf8').includes('swordfish')]).toEqual(['100600', false]);
  const upgraded = await cli.run('upgrade', 'web', next(), '--plan', file, '--timeout', '1m');
  expect([upgraded.code, await namesOf('ConfigMap'), (await cli.run('history', 'web')).out.length]).toEqual([0, ['a'], 3]);
});

test('it is done once: after that the release is another', async () => {
  await cli.run('plan', 'web', next(), '--out', file);
  expect((await cli.run('upgrade', 'web', next(), '--plan', file)).code).toBe(0);
  const again = await cli.run('upgrade', 'web', next(), '--plan', file);
  expect(again.code).toBe(1);
  expect(again.err.join('\n')).toContain('the release has changed: when the plan was made, revision 1 was deployed; now revision 2 is deployed');
});

test.each(['', '--dry-run'])('other manifests are refused before anything is touched %s', async (flag) => {
  await cli.run('plan', 'web', next(), '--out', file);
  const before = await namesOf('Secret');
  const { code, out, err } = await cli.run('upgrade', 'web', cli.manifests(configMap('a', { x: '3' })), '--plan', file, ...(flag ? [flag] : []));
  expect([code, out]).toEqual([1, []]);
  expect(err.join('\n')).toMatch(/This is not what .*plan\.json plans.*\n {2}batch\/v1 Job\/migrate is missing|v1 ConfigMap\/a is different/);
  expect(await namesOf('Secret')).toEqual(before);
});

test.each([
  ['uninstall', ['--for', 'uninstall'], ['uninstall', 'web']],
  ['rollback', ['--for', 'rollback', '--revision', '1'], ['rollback', 'web', '1']],
])('the plan of %s is done, too', async (_operation, planned, done) => {
  await cli.run('upgrade', 'web', cli.manifests(configMap('b')));
  await cli.run('plan', 'web', ...planned, '--out', file);
  expect((await cli.run(...done, '--plan', file)).code).toBe(0);
});

test('a rollback that goes elsewhere than planned is refused', async () => {
  await cli.run('upgrade', 'web', cli.manifests(configMap('b')));
  await cli.run('upgrade', 'web', cli.manifests(configMap('c')));
  await cli.run('plan', 'web', '--for', 'rollback', '--revision', '1', '--out', file);
  const { code, err } = await cli.run('rollback', 'web', '2', '--plan', file);
  expect([code, err.join('\n')]).toEqual([1, expect.stringContaining('to: 1 was planned, 2 would happen') as string]);
});

test('a plan that cannot be read is bad input, before a cluster is looked for; one that cannot be written is told', async () => {
  rmSync(file, { force: true });
  expect(await cli.run('upgrade', 'web', next(), '--plan', file)).toMatchObject({ code: 65, out: [] });
  writeFileSync(file, '{}');
  expect(await cli.run('upgrade', 'web', next(), '--plan', file)).toMatchObject({ code: 65, err: [expect.stringContaining('this is no plan that was saved'), expect.any(String)] });
  expect(await cli.run('plan', 'web', next(), '--out', cli.path('missing/plan.json'))).toMatchObject({ code: 64, out: [] });
});

test('docs/runner.md shows a plan, and what becomes of it when the release is another', async () => {
  const guide = readFileSync(resolve(__dirname, '../../../docs/runner.md'), 'utf8');
  const shown = (of: string) => guide.split(`<!-- output: ${of} -->\n\`\`\`\n`)[1].split('\n```')[0];
  await cli.run('uninstall', 'web');
  await cli.run('install', 'web', cli.manifests(configMap('settings', { colour: 'red' }), configMap('old')));
  const hooks = [job('backup', { on: 'pre-upgrade', weight: '-5' }), job('migrate', { on: 'pre-upgrade' })];
  const manifests = cli.manifests(configMap('settings', { colour: 'blue' }), SECRET, ...hooks);
  const { out } = await cli.run('plan', 'web', manifests, '--out', file);
  expect(out.join('\n')).toBe(shown('plan web app.yaml --out plan.json'));
  await cli.run('upgrade', 'web', manifests);
  const { err } = await cli.run('upgrade', 'web', manifests, '--plan', file);
  expect(err.join('\n').replace(file, 'plan.json')).toBe(shown('upgrade web app.yaml --plan plan.json, after another upgrade'));
});
