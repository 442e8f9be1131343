import { decodeRecord, encodeRecord } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { configMap, deployment, job, object, withMetadata } from '../release/manifests';
import { SimulatedCli } from './simulated-cli';

const OBJECTS = [configMap('settings', { a: '1' }), deployment('web'), job('migrate', { on: 'pre-install,pre-upgrade', weight: -5 })];

let cli: SimulatedCli;

beforeEach(async () => {
  cli = await SimulatedCli.open({ jobs: { bad: { exitCode: 1, logs: ['no such table'] }, slow: { for: '1m' } } });
});

afterEach(() => cli.close());

const install = (...objects: readonly KubeObject[]) => cli.run('install', 'web', cli.manifests(...objects));

test('a release lives its life', async () => {
  const codes = [
    (await install(...OBJECTS)).code,
    (await cli.run('upgrade', 'web', cli.manifests(configMap('settings', { a: '2' })))).code,
    (await cli.run('rollback', 'web')).code,
    (await cli.run('rollback', 'web', '2')).code,
    (await cli.run('uninstall', 'web', '--wait')).code,
  ];
  expect([codes, await cli.cluster.list({ apiVersion: 'v1', kind: 'Secret' })]).toEqual([[0, 0, 0, 0, 0], []]);
});

test('an operation that fails exits 1, and tells why', async () => {
  const { code, out } = await install(configMap('a'), job('bad', { on: 'pre-install' }));
  expect([code, out.at(-6)]).toEqual([1, 'install web: failed  2.0 s']);
  expect(out).toContain('    no such table');
});

test('a release that is locked exits 3', async () => {
  await install(...OBJECTS);
  const running = cli.run('upgrade', 'web', cli.manifests(configMap('a'), job('slow', { on: 'pre-upgrade' })));
  while (!(await cli.cluster.get({ apiVersion: 'batch/v1', kind: 'Job', name: 'slow', namespace: 'shop' }))) await cli.cluster.clock.sleep(100);
  const { code, err } = await cli.run('upgrade', 'web', cli.manifests(...OBJECTS));
  expect([code, err[0]]).toEqual([3, expect.stringMatching(/^error: Release "web" is held by another operation: upgrade of revision 2 on /)]);
  expect((await running).code).toBe(0);
});

test.each<[string, string[], string]>([
  ['upgrade', ['upgrade', 'web'], 'error: There is no release "web"'],
  ['rollback', ['rollback', 'web'], 'error: There is no release "web"'],
  ['uninstall', ['uninstall', 'web'], 'error: There is no release "web" in namespace shop'],
  ['status', ['status', 'web'], 'error: There is no release "web" in namespace shop'],
  ['history', ['history', 'web'], 'error: There is no release "web" in namespace shop'],
  ['get', ['get', 'all', 'web'], 'error: There is no release "web" in namespace shop'],
])('%s of a release that is not there exits 1', async (command, args, message) => {
  const { code, err } = await cli.run(...args, ...(command === 'upgrade' ? [cli.manifests(...OBJECTS)] : []));
  expect([code, err[0]]).toEqual([1, message]);
});

test('upgrade --install installs what is not there', async () => {
  const { code, out } = await cli.run('upgrade', 'web', cli.manifests(...OBJECTS), '--install');
  expect([code, out[0]]).toEqual([0, 'install web, namespace shop: revision 1']);
});

test('a namespace is that of the flag, and is made on request', async () => {
  expect((await cli.run('install', 'web', cli.manifests(configMap('a')), '-n', 'new')).code).toBe(1);
  const { code, out } = await cli.run('install', 'web', cli.manifests(configMap('a')), '-n', 'new', '--create-namespace');
  expect([code, out.slice(0, 2)]).toEqual([0, ['install web, namespace new: revision 1', '  created   Namespace/new']]);
});

test.each([
  ['install', ['--dry-run'], '  + ConfigMap/settings'],
  ['upgrade', ['--install', '--dry-run'], '  + ConfigMap/settings'],
  ['plan', [], '  + ConfigMap/settings'],
])('%s %j shows the plan and changes nothing', async (command, flags, line) => {
  const { code, out } = await cli.run(command, 'web', cli.manifests(...OBJECTS), ...flags);
  expect([code, out.includes(line)]).toEqual([0, true]);
  expect(await cli.cluster.list({ apiVersion: 'v1', kind: 'Secret' })).toEqual([]);
});

test('plan exits 2 on request where something would run or change, else 0', async () => {
  await install(configMap('a'));
  const plan = async (...objects: readonly KubeObject[]) => (await cli.run('plan', 'web', cli.manifests(...objects), '--detailed-exitcode')).code;
  expect([await plan(configMap('a')), await plan(configMap('a', { x: '1' })), await plan(configMap('a'), job('j', { on: 'pre-upgrade' }))]).toEqual([0, 2, 2]);
});

test('plan shows what a rollback and an uninstall would do', async () => {
  await install(configMap('a'));
  await cli.run('upgrade', 'web', cli.manifests(configMap('b')));
  const { out: rollback } = await cli.run('plan', 'web', '--for', 'rollback', '--revision', '1');
  const { out: uninstall } = await cli.run('plan', 'web', '--for', 'uninstall');
  expect([rollback.slice(1), uninstall.slice(1)]).toEqual([['resources', '  + ConfigMap/a', '  - ConfigMap/b'], ['resources', '  - ConfigMap/b', 'deletes the Jobs and Pods that its hooks have left']]);
});

test('with -o json an operation is one event a line', async () => {
  const { code, out, err } = await cli.run('install', 'web', cli.manifests(...OBJECTS), '-o', 'json');
  const kinds = out.map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
  expect([code, err, kinds[0], kinds.at(-1)]).toEqual([0, [], 'operation-started', 'operation-finished']);
});

test('with -o json a plan is one object, without manifests', async () => {
  const secret = object('v1', 'Secret', 'password', { stringData: { password: 'swordfish' } });
  const { out } = await cli.run('plan', 'web', cli.manifests(secret), '-o', 'json');
  expect(JSON.parse(out.join('\n'))).toMatchObject({ operation: 'install', apply: [{ action: 'create', resource: { kind: 'Secret', name: 'password' } }] });
  expect(out.join('\n')).not.toContain('swordfish');
});

test('history lists the revisions, oldest first', async () => {
  await install(configMap('a'));
  await cli.run('upgrade', 'web', cli.manifests(configMap('a'), job('bad', { on: 'post-upgrade' })));
  const { code, out } = await cli.run('history', 'web');
  expect([code, out[0]]).toEqual([0, 'REVISION  UPDATED                   STATUS    CHART      APP VERSION  DESCRIPTION']);
  expect(out[1]).toBe('1         2026-01-01T00:00:00.000Z  deployed  web-0.0.0               Install complete');
  expect(out[2]).toMatch(/^2 {9}2026-01-01T00:00:00\.000Z {2}failed {4}web-0\.0\.0 {15}Upgrade "web" failed: post-upgrade hooks failed: Hook post-upgrade Job\/bad/);
});

test('history as JSON has the fields of helm history', async () => {
  await install(configMap('a'));
  expect(JSON.parse((await cli.run('history', 'web', '-o', 'json')).out.join('\n'))).toEqual([
    { revision: 1, updated: '2026-01-01T00:00:00.000Z', status: 'deployed', chart: 'web-0.0.0', app_version: '', description: 'Install complete' },
  ]);
});

test('status shows the last revision, how its hooks ran, and its resources', async () => {
  await install(...OBJECTS, job('later', { on: 'post-upgrade' }));
  const { code, out } = await cli.run('status', 'web');
  expect([code, out]).toEqual([
    0,
    [
      'NAME:         web',
      'NAMESPACE:    shop',
      'REVISION:     1',
      'STATUS:       deployed',
      'UPDATED:      2026-01-01T00:00:00.000Z',
      'DESCRIPTION:  Install complete',
      '',
      'HOOK         EVENTS                   WEIGHT  LAST RUN   COMPLETED',
      'Job/migrate  pre-install,pre-upgrade  -5      Succeeded  2026-01-01T00:00:02.000Z',
      'Job/later    post-upgrade             0       never ran',
      '',
      'RESOURCE',
      'ConfigMap/settings',
      'Deployment/web',
    ],
  ]);
});

test('status and plan tell of a hook that is passed over because nothing has changed', async () => {
  const change = { 'cdk8s-lifecycle/run-on': 'change', 'cdk8s-lifecycle/mutable-tags': 'trust' };
  const seed = withMetadata(job('seed', { on: 'post-install,post-upgrade' }), { annotations: change });
  await install(seed);
  const plan = await cli.run('plan', 'web', cli.manifests(seed), '--detailed-exitcode');
  expect([plan.code, plan.out.at(-1)]).toEqual([0, '  post-upgrade     0  Job/seed  (skipped: nothing that it uses has changed since it succeeded in revision 1)']);
  await cli.run('upgrade', 'web', cli.manifests(seed));
  const { out } = await cli.run('status', 'web');
  expect(out.find((line) => line.startsWith('Job/seed'))).toMatch(/^Job\/seed +post-install,post-upgrade +0 +Skipped: nothing had changed/);
});

test('status as JSON is one object', async () => {
  await install(...OBJECTS);
  expect(JSON.parse((await cli.run('status', 'web', '-o', 'json')).out.join('\n'))).toMatchObject({
    name: 'web',
    namespace: 'shop',
    revision: 1,
    status: 'deployed',
    resources: ['ConfigMap/settings', 'Deployment/web'],
    hooks: [{ hook: 'Job/migrate', events: ['pre-install', 'pre-upgrade'], weight: -5, phase: 'Succeeded' }],
  });
});

test('the chart of a chart folder is what history shows', async () => {
  const chart = cli.chart('name: webapp\nversion: 1.2.3\nappVersion: "9"\n', configMap('a'));
  expect((await cli.run('install', 'web', chart)).code).toBe(0);
  expect((await cli.run('history', 'web')).out[1]).toBe('1         2026-01-01T00:00:00.000Z  deployed  webapp-1.2.3  9            Install complete');
});

async function breakRecord(revision: number): Promise<void> {
  await cli.cluster.patch({ apiVersion: 'v1', kind: 'Secret', name: `sh.helm.release.v1.web.v${revision}`, namespace: 'shop' }, { data: { release: 'AAAA' } });
}

test('an old revision that cannot be read is left out with a warning that names its Secret', async () => {
  await install(configMap('a'));
  await cli.run('upgrade', 'web', cli.manifests(configMap('a', { v: '2' })));
  await breakRecord(1);
  const err = ['warning: Secret shop/sh.helm.release.v1.web.v1 holds no readable release record: it is no JSON; it is left out'];
  const [history, status] = [await cli.run('history', 'web'), await cli.run('status', 'web')];
  expect([history.code, history.out.length, history.err, status.code, status.err]).toEqual([0, 2, err, 0, err]);
});

test('where the newest cannot be read, the history is told and the status is not', async () => {
  await install(configMap('a'));
  await cli.run('upgrade', 'web', cli.manifests(configMap('a', { v: '2' })));
  await breakRecord(2);
  const [history, status] = [await cli.run('history', 'web'), await cli.run('status', 'web')];
  expect([history.code, history.out.length, status.code, status.out, status.err[0]]).toEqual([
    0, 2, 1, [], 'error: Secret shop/sh.helm.release.v1.web.v2 holds no readable release record: it is no JSON',
  ]);
});

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const EVIL = 'x\u001b[2J\u009b31m\u0007\r\u202e';

test('no escape sequence gets through, whatever is printed: names, records, errors, as text and as JSON', async () => {
  await install(configMap('a'), job('m', { on: 'pre-install' }));
  const secret = { apiVersion: 'v1', kind: 'Secret', name: 'sh.helm.release.v1.web.v1', namespace: 'shop' };
  const record = decodeRecord(Buffer.from((await cli.cluster.get(secret))!.data!['release' as never], 'base64').toString());
  const chart = { ...record.chart, metadata: { ...record.chart.metadata, name: EVIL } };
  const manifest = record.manifest.replaceAll('"name":"a"', `"name":${JSON.stringify(EVIL)}`);
  const evil = { ...record, chart, manifest, info: { ...record.info, description: EVIL, notes: EVIL } };
  await cli.cluster.patch(secret, { data: { release: Buffer.from(encodeRecord(evil)).toString('base64') } });
  const asked = [['history'], ['status'], ['plan', '--for', 'uninstall'], ['get', 'all'], ['get', 'manifest'], ['get', 'hooks']];
  for (const [command, ...args] of asked.flatMap((each) => [each, [...each, '-o', 'json']])) {
    const words = command === 'get' ? [command, args[0], 'web', ...args.slice(1)] : [command, 'web', ...args];
    const { out, err } = await cli.run(...words);
    expect([words.join(' '), [...out, ...err].some((line) => CONTROL.test(line)), out.length > 0]).toEqual([words.join(' '), false, true]);
  }
  const refused = await cli.run('upgrade', 'web', cli.manifests({ ...configMap(EVIL), kind: EVIL }));
  expect([refused.code, [...refused.out, ...refused.err].some((line) => CONTROL.test(line))]).toEqual([65, false]);
});

test('--hook-logs chooses what hooks print: all, what their policy asks for, or nothing but the last lines of a failure', async () => {
  const told = async (name: string, ...flags: readonly string[]) =>
    (await cli.run('install', name, cli.manifests(job('bad', { on: 'pre-install' })), ...flags)).out.filter((line) => line.includes('no such table')).map((line) => line.trim());
  expect(await told('one')).toEqual([expect.stringContaining('| no such table'), 'no such table']);
  expect(await told('two', '--hook-logs', 'policy')).toEqual(['no such table']);
  expect(await told('three', '--hook-logs', 'none')).toEqual(['no such table']);
  expect((await cli.run('install', 'web', cli.manifests(configMap('a')), '--hook-logs', 'some')).code).toBe(64);
});
