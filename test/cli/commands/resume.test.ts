import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configMap, job, object } from '../../release/manifests';
import { SimulatedCli } from '../simulated-cli';

const OBJECTS = [configMap('settings', { version: '2' }), job('backup', { on: 'pre-upgrade' }), job('migrate', { on: 'pre-upgrade', weight: 1 })];

let cli: SimulatedCli;
let jobs: Record<string, { exitCode: number; logs?: string[] }>;

beforeEach(async () => {
  jobs = { migrate: { exitCode: 1 } };
  cli = await SimulatedCli.open({ jobs });
  await cli.run('install', 'web', cli.manifests(configMap('settings', { version: '1' })));
});

afterEach(() => cli.close());

test('a failed upgrade says what --resume would skip, and --resume skips it', async () => {
  const { out } = await cli.run('upgrade', 'web', cli.manifests(...OBJECTS));
  expect(out.at(-1)).toBe('  Or go on where it failed, with the same manifests: cdk8s-lifecycle upgrade web --resume -n shop  (skips Job/backup)');
  jobs.migrate = { exitCode: 0 };
  const resumed = await cli.run('upgrade', 'web', cli.manifests(...OBJECTS), '--resume');
  expect([resumed.code, resumed.out.map((line) => line.replace(/ {2}\d+\.\d s$/, ''))]).toEqual([0, [
    'upgrade web, namespace shop: revision 1 -> 2, resumed',
    '  pre-upgrade      0  Job/backup   skipped: it has succeeded in an earlier attempt',
    '  pre-upgrade      1  Job/migrate  waiting: the Job of its last run is being deleted',
    '  pre-upgrade      1  Job/migrate  started',
    '  pre-upgrade      1  Job/migrate  succeeded',
    '  changed   ConfigMap/settings',
    'upgrade web: succeeded, revision 2 is deployed',
  ]]);
});

test('without manifests it goes on with those that were recorded, and JSON tells what is skipped', async () => {
  await cli.run('upgrade', 'web', cli.manifests(...OBJECTS));
  jobs.migrate = { exitCode: 0 };
  const { code, out } = await cli.run('upgrade', 'web', '--resume', '-o', 'json');
  const events = out.map((line) => JSON.parse(line) as { readonly kind: string });
  expect([code, events.find(({ kind }) => kind === 'hook-skipped')]).toEqual([0, {
    at: expect.any(String),
    kind: 'hook-skipped',
    event: 'pre-upgrade',
    hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'backup' },
    weight: 0,
    reason: 'it has succeeded in an earlier attempt',
  }]);
});

test('plan --resume shows what is skipped', async () => {
  await cli.run('upgrade', 'web', cli.manifests(...OBJECTS));
  expect((await cli.run('plan', 'web', '--resume')).out).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2, resumed',
    'hooks before',
    '  pre-upgrade      0  Job/backup   (skipped: it has succeeded in an earlier attempt)',
    '  pre-upgrade      1  Job/migrate  (after Job/backup by weight)',
    'resources',
    '  ~ ConfigMap/settings',
  ]);
});

test('status says how a failed revision goes on, and no longer once it is deployed', async () => {
  await cli.run('upgrade', 'web', cli.manifests(...OBJECTS));
  expect((await cli.run('status', 'web')).out.slice(-2)).toEqual(['', 'Go on where it failed: cdk8s-lifecycle upgrade web --resume -n shop  (skips Job/backup)']);
  expect(JSON.parse((await cli.run('status', 'web', '-o', 'json')).out.join(''))).toMatchObject({
    resume: { command: 'cdk8s-lifecycle upgrade web --resume -n shop', skips: ['Job/backup'] },
  });
  jobs.migrate = { exitCode: 0 };
  await cli.run('upgrade', 'web', '--resume');
  expect((await cli.run('status', 'web')).out.join('')).not.toContain('--resume');
});

test('it looks as the docs show it', async () => {
  const [, shown] = /<!-- output of the resume test: .* -->\n```\n([^]*?)\n```/.exec(readFileSync(join(__dirname, '../../../docs/runner.md'), 'utf8'))!;
  const runner = object('v1', 'ServiceAccount', 'runner', {}, { on: 'pre-upgrade', policies: 'before-hook-creation,hook-succeeded' });
  const hooks = [job('backup', { on: 'pre-upgrade', weight: 1 }), job('migrate', { on: 'pre-upgrade', weight: 2 })];
  jobs.migrate = { exitCode: 1, logs: ['the database is full'] };
  const { out } = await cli.run('upgrade', 'web', cli.manifests(OBJECTS[0], runner, ...hooks));
  jobs.migrate = { exitCode: 0 };
  expect([...out, '', ...(await cli.run('upgrade', 'web', '--resume')).out].join('\n')).toBe(shown);
});

test('changed manifests are refused with the difference', async () => {
  await cli.run('upgrade', 'web', cli.manifests(...OBJECTS));
  const { code, err } = await cli.run('upgrade', 'web', cli.manifests(...OBJECTS.slice(1), configMap('settings', { version: '3' })), '--resume');
  expect([code, err]).toEqual([1, [
    'error: Revision 2 of release "web" cannot be resumed with other manifests; one differs: ConfigMap/settings',
    '',
    '~ ConfigMap/settings',
    '--- revision 2',
    '+++ given now',
    '@@ -1,6 +1,6 @@',
    ' apiVersion: v1',
    ' data:',
    "-  version: '2'",
    "+  version: '3'",
    ' kind: ConfigMap',
    ' metadata:',
    '   name: settings',
    '',
    '  Leave out --resume to begin a new revision with them; or leave out the manifests to go on with those that were recorded: ' +
      'cdk8s-lifecycle upgrade web --resume -n shop',
  ]]);
});

test.each([
  ['a chart that helm renders', ['upgrade', 'web', 'oci://registry/web', '--resume'], 64, /leave the chart out/],
  ['a rollback', ['plan', 'web', '--for', 'rollback', '--resume'], 64, /--resume is for an install or an upgrade/],
  ['a revision that is deployed', ['upgrade', 'web', '--resume'], 1, /There is nothing to resume: revision 1 of release "web" is deployed/],
])('%s is not resumed', async (_case, args, code, message) => {
  const result = await cli.run(...args);
  expect([result.code, result.err[0]]).toEqual([code, expect.stringMatching(message)]);
});
