import { configMap, job } from '../release/manifests';
import { SimulatedCli } from './simulated-cli';

let cli: SimulatedCli;

beforeEach(async () => {
  cli = await SimulatedCli.open({ jobs: { bad: { exitCode: 1, logs: ['404'] }, smoke: { logs: ['200 OK'] } } });
});

afterEach(() => {
  cli.close();
  delete process.env.HELM_MAX_HISTORY;
});

async function names(kind: string, apiVersion = 'v1'): Promise<string[]> {
  return (await cli.cluster.list({ apiVersion, kind, namespace: 'shop' })).map(({ metadata }) => metadata.name!).sort();
}

async function statuses(): Promise<string[]> {
  const { out } = await cli.run('history', 'web', '-o', 'json');
  return (JSON.parse(out.join('\n')) as readonly { readonly revision: number; readonly status: string }[]).map(({ revision, status }) => `${revision} ${status}`);
}

test('--no-hooks runs none', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a'), job('bad', { on: 'pre-install' })), '--no-hooks');
  expect([await statuses(), await names('Job', 'batch/v1')]).toEqual([['1 deployed'], []]);
});

test.each(['--rollback-on-failure', '--atomic'])('%s takes a failed upgrade back and exits 1, and says both', async (flag) => {
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  const { code, out } = await cli.run('upgrade', 'web', cli.manifests(configMap('b'), job('bad', { on: 'post-upgrade' })), flag);
  expect([code, await statuses(), await names('ConfigMap')]).toEqual([1, ['1 superseded', '2 failed', '3 deployed'], ['a']]);
  expect(out).toEqual(expect.arrayContaining([
    expect.stringMatching(/^upgrade web: failed /),
    '  It is taken back now: rollback to revision 1.',
    'rollback web, namespace shop: revision 2 -> 3, back to what revision 1 was',
    expect.stringMatching(/^rollback web: succeeded, revision 3 is deployed/),
  ]));
});

test('a dry run shows what would take a failed operation back', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  const { out } = await cli.run('upgrade', 'web', cli.manifests(configMap('b')), '--rollback-on-failure', '--dry-run');
  expect(out.slice(-2)).toEqual(['waits until the resources are ready', 'if it fails: rollback to revision 1']);
});

test.each<[string, readonly string[], string | undefined]>([
  ['--history-max', ['--history-max', '2'], undefined],
  ['HELM_MAX_HISTORY', [], '2'],
])('%s says how many revisions are kept', async (_name, flags, variable) => {
  if (variable !== undefined) process.env.HELM_MAX_HISTORY = variable;
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  for (const x of ['1', '2', '3']) await cli.run('upgrade', 'web', cli.manifests(configMap('a', { x })), ...flags);
  expect(await statuses()).toEqual(['3 superseded', '4 deployed']);
});

test('a number of revisions that is none is refused', async () => {
  const { code, err } = await cli.run('install', 'web', cli.manifests(configMap('a')), '--history-max', 'many');
  expect([code, err[0]]).toEqual([64, 'error: --history-max (or HELM_MAX_HISTORY) is a number of revisions, 0 for all, not "many"']);
});

test('--keep-history keeps the records, from which a rollback brings the release back', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  const { out } = await cli.run('uninstall', 'web', '--keep-history');
  expect([out.at(-1), await statuses()]).toEqual([expect.stringMatching(/^uninstall web: succeeded, release is gone, its history is kept/), ['1 uninstalled']]);
  expect([(await cli.run('rollback', 'web', '1')).code, await statuses(), await names('ConfigMap')]).toEqual([0, ['1 uninstalled', '2 deployed'], ['a']]);
});

test('a release that was uninstalled with its history is installed over it with --replace, or purged', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  await cli.run('uninstall', 'web', '--keep-history');
  expect((await cli.run('install', 'web', cli.manifests(configMap('a')))).err[1]).toBe('  Install over it with --replace, or choose another name.');
  expect((await cli.run('install', 'web', cli.manifests(configMap('a')), '--replace')).code).toBe(0);
  expect(await statuses()).toEqual(['1 superseded', '2 deployed']);
  await cli.run('uninstall', 'web', '--keep-history');
  const { out } = await cli.run('uninstall', 'web');
  expect([out.length, (await cli.run('history', 'web')).code]).toEqual([2, 1]);
});

test('--take-ownership takes over what belongs to nobody', async () => {
  await cli.cluster.create({ ...configMap('a'), metadata: { name: 'a', namespace: 'shop' } });
  expect((await cli.run('install', 'web', cli.manifests(configMap('a')))).err).toEqual([]);
  expect((await cli.run('upgrade', 'web', cli.manifests(configMap('a')), '--install', '--take-ownership')).code).toBe(0);
  expect((await cli.cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' }))!.metadata.annotations).toMatchObject({ 'meta.helm.sh/release-name': 'web' });
});

test('--cleanup-on-fail deletes what a failed upgrade has created', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  await cli.run('upgrade', 'web', cli.manifests(configMap('a'), configMap('b'), job('bad', { on: 'post-upgrade' })), '--cleanup-on-fail');
  expect(await names('ConfigMap')).toEqual(['a']);
});

test('--wait-for-jobs waits for the Jobs among the resources, and fails with them', async () => {
  const failed = await cli.run('install', 'web', cli.manifests(job('bad')), '--wait', '--wait-for-jobs');
  expect([failed.code, failed.out.some((line) => line.includes('Job/bad will not become ready: it failed'))]).toEqual([1, true]);
});

test('test runs the tests that --filter names', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a'), job('smoke', { on: 'test' }), job('bad', { on: 'test' })));
  expect((await cli.run('test', 'web')).code).toBe(1);
  const { code, out } = await cli.run('test', 'web', '--filter', '!name=bad');
  expect([code, out[0], out.at(-1)]).toEqual([0, 'test web, namespace shop: revision 1', expect.stringMatching(/^test web: succeeded, 1 test has passed/)]);
  expect((await cli.run('test', 'web', '--filter', 'name=smoke,name=bad', '--dry-run')).out.slice(1)).toEqual(['tests', '  test             0  Job/bad', '  test             0  Job/smoke  (after Job/bad by name)']);
});

test('a filter that is none is refused', async () => {
  const { code, err } = await cli.run('test', 'web', '--filter', 'smoke');
  expect([code, err[0]]).toEqual([64, 'error: --filter takes name=NAME or !name=NAME, not "smoke"']);
});

test('test shows what the tests print only with --logs, but always what the failing one printed last', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a'), job('smoke', { on: 'test' }), job('bad', { on: 'test', weight: 1 })));
  const printed = async (...flags: readonly string[]) => (await cli.run('test', 'web', ...flags)).out.filter((line) => /200 OK|404/.test(line)).map((line) => line.trim());
  expect([await printed(), await printed('--logs')]).toEqual([['404'], [expect.stringMatching(/smoke.*200 OK/), expect.stringMatching(/bad.*404/), '404']]);
});
