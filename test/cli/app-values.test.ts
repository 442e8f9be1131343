import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordStore } from '../../src/lifecycle';
import { ReleaseRecord, recordSecret } from '../../src/release';
import { configMap } from '../release/manifests';
import { SimulatedCli } from './simulated-cli';
import { RUNS, valuesApp } from './values-app';

const DEFAULTS = { replicas: 1, image: { name: 'web', tag: '1' }, password: 'changeme' };

let cli: SimulatedCli;
let folder: string;
let app: readonly string[];

beforeEach(async () => {
  cli = await SimulatedCli.open();
  folder = mkdtempSync(join(tmpdir(), 'app-values-'));
  app = ['--app', valuesApp(folder)];
});

afterEach(() => {
  cli.close();
  rmSync(folder, { recursive: true });
});

async function records(): Promise<ReleaseRecord[]> {
  return (await new RecordStore(cli.cluster, 'web', 'shop').history()).map(({ record }) => record);
}

/** What the app was told, as its ConfigMap says. */
async function facts(): Promise<unknown> {
  return (await cli.cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'web-facts', namespace: 'shop' }))?.data;
}

/** Revision and isInstall of each run of the app. */
function runs(): string[] {
  const path = join(folder, RUNS);
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

test('an install is made with the values that are given, and the record has what Helm wants to know', async () => {
  const file = join(folder, 'values.yaml');
  writeFileSync(file, 'replicas: 2\nimage:\n  tag: "2.1"\n');
  const { code, out } = await cli.run('install', 'web', ...app, '-f', file, '--set', 'replicas=3', '--set-string', 'image.name=api');
  expect(code).toBe(0);
  expect(await facts()).toEqual({ revision: '1', isInstall: 'true', namespace: 'shop', replicas: '3', tag: '2.1' });
  const [{ chart, config, info }] = await records();
  expect({ config, values: chart.values, metadata: chart.metadata, notes: info.notes }).toEqual({
    config: { replicas: 3, image: { tag: '2.1', name: 'api' } },
    values: DEFAULTS,
    metadata: { apiVersion: 'v2', name: 'shop', version: '1.2.0', appVersion: '2.0' },
    notes: 'Revision 1 of web has 3 replicas; the password is changeme.\n',
  });
  expect(out.slice(-3)).toEqual(['', 'NOTES:', 'Revision 1 of web has 3 replicas; the password is ***.']);
});

test('the app runs once an operation, though it is planned before the lock is taken and under it', async () => {
  await cli.run('install', 'web', ...app);
  await cli.run('upgrade', 'web', ...app);
  expect(runs()).toEqual(['1 true', '2 false']);
});

test('where an operation has died in between, the app runs for the revision that comes then', async () => {
  await cli.run('install', 'web', ...app);
  const [first] = await records();
  const died = { ...first, version: 2, info: { ...first.info, status: 'pending-upgrade' as const } };
  await cli.cluster.create(recordSecret({ record: died, labels: {} }, cli.cluster.clock.now()));
  const lease = { holderIdentity: 'gone', leaseDurationSeconds: 15, renewTime: '2020-01-01T00:00:00.000000Z' };
  const annotations = { 'cdk8s-lifecycle/operation': 'upgrade', 'cdk8s-lifecycle/revision': '2' };
  await cli.cluster.create({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'cdk8s-lifecycle.web', namespace: 'shop', annotations }, spec: lease });
  expect((await cli.run('upgrade', 'web', ...app)).code).toBe(0);
  expect([runs().at(-1), (await records()).map(({ version, info }) => `${version} ${info.status}`)]).toEqual(['3 false', ['1 superseded', '2 failed', '3 deployed']]);
});

test.each<[string, readonly string[], unknown, unknown]>([
  ['keeps what was said', [], { replicas: 5, image: { tag: 2 } }, { replicas: '5', tag: '2' }],
  ['forgets it where something is said now', ['--set', 'image.tag=3'], { image: { tag: 3 } }, { replicas: '1', tag: '3' }],
  ['forgets it on request', ['--reset-values'], {}, { replicas: '1', tag: '1' }],
  ['keeps it on request', ['--reuse-values', '--set', 'image.tag=3'], { replicas: 5, image: { tag: 3 } }, { replicas: '5', tag: '3' }],
  ['keeps it over new defaults on request', ['--reset-then-reuse-values', '--set', 'replicas=6'], { replicas: 6, image: { tag: 2 } }, { replicas: '6', tag: '2' }],
])('an upgrade %s: %j', async (_what, flags, config, expected) => {
  await cli.run('install', 'web', ...app, '--set', 'replicas=5,image.tag=2');
  expect((await cli.run('upgrade', 'web', ...app, ...flags)).code).toBe(0);
  expect((await records()).at(-1)?.config ?? {}).toEqual(config);
  expect(await facts()).toMatchObject({ revision: '2', isInstall: 'false', ...(expected as object) });
});

test('--reuse-values keeps the defaults of the revision before, and those that the chart has gained since', async () => {
  await cli.run('install', 'web', ...app);
  const path = join(folder, 'values-app.js');
  writeFileSync(path, readFileSync(path, 'utf8').replace('replicas: 1,', 'replicas: 9, added: true,'));
  await cli.run('upgrade', 'web', ...app, '--reuse-values');
  expect((await records()).at(-1)?.chart.values).toEqual({ ...DEFAULTS, added: true });
  expect(await facts()).toMatchObject({ replicas: '1' });
});

test('values that do not fit the schema are bad input: nothing is touched, and none of them is told', async () => {
  const { code, out, err } = await cli.run('install', 'web', ...app, '--set', 'replicas=CANARY,replica=1,password=abc');
  expect([code, out, err]).toEqual([65, [], [
    'error: the values do not fit the schema of chart shop:',
    '  replica is not known; did you mean "replicas"?',
    '  replicas must be integer',
    '  password must NOT have fewer than 4 characters',
    '  Change them with -f or --set; what the chart takes stands in its values.yaml and README.',
  ]]);
  expect([await cli.cluster.list({ apiVersion: 'v1', kind: 'Secret' }), await cli.cluster.list({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' })]).toEqual([[], []]);
});

test.each<[string, readonly string[], number, string]>([
  ['a plain app', ['--app', "node -e 'require(`fs`).writeFileSync(process.env.CDK8S_OUTDIR + `/a.k8s.yaml`, `{}`)'", '--set', 'a=1'], 65, 'the program of --app takes no values'],
  ['manifests', ['app.yaml', '-f', 'values.yaml'], 64, '-f and --set give values to a chart or to the program of --app; manifests are taken as they are'],
  ['a file that is not there', ['--app', 'true', '-f', 'missing.yaml'], 65, 'cannot read missing.yaml of -f: ENOENT: no such file or directory'],
  ['--set that cannot be read', ['--app', 'true', '--set', 'a'], 64, '--set cannot be read: the text ends in a name without a value (character 1)'],
])('values for %s are refused', async (_what, args, expected, message) => {
  const { code, err } = await cli.run('install', 'web', ...args);
  expect([code, err[0]]).toEqual([expected, expect.stringContaining(message)]);
});

test('what does not fit the release is refused before the app runs', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  expect((await cli.run('install', 'web', ...app)).code).toBe(1);
  expect(runs()).toEqual([]);
});

test.each([['plan'], ['diff'], ['upgrade', '--install', '--dry-run']])('%s shows what the values would make', async (command, ...flags) => {
  const { code, out } = await cli.run(command, 'web', ...app, ...flags, '--set', 'password=CANARY');
  expect([code, runs()]).toEqual([0, ['1 true']]);
  expect(out.join('\n')).toContain('web-migrate-1');
  expect(out.join('\n')).not.toContain('CANARY');
});

test('lint and rbac look at what the values make', async () => {
  expect((await cli.run('lint', ...app, '--set', 'replicas=x')).code).toBe(65);
  const { out } = await cli.run('lint', ...app, '--for', 'helm4', '--set', 'replicas=2');
  expect(out.join('\n')).toContain('release-name-migrate-1');
  expect((await cli.run('rbac', 'web', ...app)).out.join('\n')).toContain('web-migrate-1');
});

test('values are in no event, no journal and no object but the record and what the app makes of them', async () => {
  const { code, out, err } = await cli.run('install', 'web', ...app, '-o', 'json', '--set', 'password=CANARY,image.tag=KETCH');
  expect(code).toBe(0);
  const { outcome } = JSON.parse(out.at(-1)!) as { readonly outcome: { readonly notes: string } };
  expect(outcome.notes).toBe('Revision 1 of web has 1 replicas; the password is ***.\n');
  expect([...out, ...err].join('\n')).not.toMatch(/CANARY|KETCH/);
  const secrets = await cli.cluster.list({ apiVersion: 'v1', kind: 'Secret' });
  const journals = secrets.filter(({ metadata }) => metadata.name?.startsWith('cdk8s-lifecycle.'));
  expect(journals).toHaveLength(1);
  expect(JSON.stringify(journals)).not.toMatch(/CANARY|KETCH/);
});
