import { ClusterError } from '../../../src/cluster';
import { planInstall } from '../../../src/lifecycle';
import { recordSecret } from '../../../src/release';
import { configMap, content, job, object, withMetadata } from '../../release/manifests';
import { SimulatedCli } from '../simulated-cli';

const SECRET = object('v1', 'Secret', 'creds', { stringData: { password: 'swordfish' } });
const BACKUP = job('backup', { on: 'pre-install,pre-upgrade', weight: -1, policies: 'before-hook-creation,hook-succeeded' });
const MIGRATE = job('migrate', { on: 'pre-install,pre-upgrade' });
const ROLE = configMap('role', {}, { on: 'pre-install', weight: -9 });

let cli: SimulatedCli;

beforeEach(async () => {
  const many = Array.from({ length: 150 }, (_, index) => `line ${index + 1}`);
  cli = await SimulatedCli.open({ jobs: { backup: { logs: many }, migrate: { logs: ['connecting with swordfish', '\u001b[2Jdone'] } } });
  expect((await cli.run('install', 'web', cli.manifests(SECRET, ROLE, BACKUP, MIGRATE, job('never', { on: 'post-delete' })))).code).toBe(0);
});

afterEach(() => cli.close());

const MIGRATED = ['connecting with ***', '\\x1b[2Jdone'];

test('all hooks of the last revision that print something, in their order, each under a head', async () => {
  const { code, out, err } = await cli.run('logs', 'web');
  expect([code, out.length]).toEqual([0, 1 + 100 + 1 + 2]);
  expect(out.slice(0, 2)).toEqual(['==> pre-install Job/backup: succeeded (2.0 s) <==', 'line 51']);
  expect(out.slice(-4)).toEqual(['line 150', '==> pre-install Job/migrate: succeeded (2.0 s) <==', ...MIGRATED]);
  expect(err).toEqual(['note: The Pods of Job/backup are gone; only the last 100 lines were kept']);
});

test.each(['migrate', 'Job/migrate', 'pre-install/migrate'])('of one hook, %s, the lines alone: the head is no part of them', async (name) => {
  const { code, out, err } = await cli.run('logs', 'web', name);
  expect([code, out, err]).toEqual([0, MIGRATED, ['==> pre-install Job/migrate: succeeded (2.0 s) <==']]);
});

test('when the Job is gone, what the journal kept is shown, masked, and a note says so', async () => {
  await cli.cluster.delete({ apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' }, { propagation: 'background' });
  await cli.cluster.clock.sleep(1000);
  const { out, err } = await cli.run('logs', 'web', 'migrate');
  expect([out, err[1]]).toEqual([MIGRATED, 'note: The Pods of Job/migrate are gone; this is what was kept of the log']);
});

test('where the log of a Pod cannot be read, its node being gone, that is noted, and what the journal kept is shown', async () => {
  const error = new ClusterError('other', { verb: 'get', target: 'the log of Pod/migrate-0' }, 'no route to node', { status: 500 });
  jest.spyOn(cli.cluster, 'logs').mockImplementation(() => {
    throw error;
  });
  const { code, out, err } = await cli.run('logs', 'web', 'migrate');
  jest.restoreAllMocks();
  expect([code, out, err[1]]).toEqual([0, MIGRATED, 'note: cannot get the log of Pod/migrate-0: no route to node']);
});

test('of an older revision', async () => {
  await cli.run('upgrade', 'web', cli.manifests(SECRET, BACKUP));
  expect((await cli.run('logs', 'web')).out[0]).toBe('==> pre-upgrade Job/backup: succeeded (2.0 s) <==');
  expect((await cli.run('logs', 'web', '--revision', '1')).out[0]).toBe('==> pre-install Job/backup: succeeded (2.0 s) <==');
});

test('as JSON, a run of a hook or a line of its log is one object a line', async () => {
  const { out } = await cli.run('logs', 'web', 'migrate', '-o', 'json');
  const hook = { event: 'pre-install', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' } };
  expect(out.map((line) => JSON.parse(line) as unknown)).toEqual([
    { kind: 'hook', ...hook, state: 'succeeded', verdict: 'succeeded', startedAt: '2026-01-01T00:00:02.000Z', completedAt: '2026-01-01T00:00:04.000Z' },
    { kind: 'line', ...hook, pod: expect.stringMatching(/^migrate-0-/) as string, container: 'main', line: 'connecting with ***' },
    { kind: 'line', ...hook, pod: expect.stringMatching(/^migrate-0-/) as string, container: 'main', line: '\u001b[2Jdone' },
  ]);
});

test.each<[string, string[], string, string]>([
  ['no such release', ['logs', 'wep'], 'There is no release "wep" in namespace shop', 'Did you mean "web"? Or name the right namespace with -n.'],
  ['no release at all like it', ['logs', 'shop-front'], 'There is no release "shop-front" in namespace shop', 'Name the right namespace with -n.'],
  ['no such revision', ['logs', 'web', '--revision', '7'], 'Release "web" has no revision 7', 'Its revisions are 1.'],
  ['no such hook', ['logs', 'web', 'migrat'], 'Revision 1 of release "web" has no hook "migrat"', 'Did you mean "migrate"?'],
  ['nothing like it', ['logs', 'web', 'xyz'], 'Revision 1 of release "web" has no hook "xyz"', 'Its hooks are Job/backup, Job/migrate, Job/never.'],
  ['a hook that did not run', ['logs', 'web', 'never'], 'Hook "never" of revision 1 has not run', 'See which have: cdk8s-lifecycle status'],
  ['a hook without containers', ['logs', 'web', 'role'], 'ConfigMap/role runs no container, so it has no log', 'Only Jobs and Pods have logs.'],
])('%s is told, and what to do', async (_case, args, message, remedy) => {
  expect(await cli.run(...args)).toEqual({ code: 1, out: [], err: [`error: ${message}`, `  ${remedy}`] });
});

test('a revision that helm recorded has no journal, and that is told', async () => {
  const { record } = planInstall([], content(MIGRATE), { release: 'theirs', namespace: 'shop' });
  await cli.cluster.create(recordSecret({ record, labels: {} }, cli.cluster.clock.now()));
  const { code, err } = await cli.run('logs', 'theirs');
  expect([code, err[0]]).toEqual([1, 'error: Revision 1 of release "theirs" has no journal: it was recorded by helm, which keeps no logs']);
});

test('where no hook has run that prints, it says so, and how to see those of the revision before', async () => {
  await cli.run('upgrade', 'web', cli.manifests(configMap('a')));
  const none = 'note: No hook of revision 2 that prints anything has run';
  const before = '; of the one before: cdk8s-lifecycle logs web --revision 1 -n shop';
  expect(await cli.run('logs', 'web')).toEqual({ code: 0, out: [], err: [none + before] });
  expect((await cli.run('logs', 'web', '--revision', '2')).err).toEqual([none]);
});

test('with --follow and no operation, it ends at once', async () => {
  expect((await cli.run('logs', 'web', 'migrate', '--follow')).out).toEqual(MIGRATED);
});

test('with --follow, of hooks that run side by side each line says whose it is, and JSON that others come in between', async () => {
  const free = (name: string) => withMetadata(job(name, { on: 'pre-upgrade' }), { annotations: { 'cdk8s-lifecycle/after': '' } });
  const operation = cli.run('upgrade', 'web', cli.manifests(SECRET, free('migrate'), free('verify')));
  await cli.cluster.clock.sleep(1000);
  const [text, json] = await Promise.all([cli.run('logs', 'web', '--follow'), cli.run('logs', 'web', '--follow', '-o', 'json')]);
  expect((await operation).code).toBe(0);
  expect(text.out).toEqual([
    '==> pre-upgrade Job/verify: running <==', // the Job of the other one's last run has to go first
    '==> pre-upgrade Job/migrate: running <==',
    ...MIGRATED.map((line) => `Job/migrate| ${line}`),
    '==> pre-upgrade Job/verify: succeeded (2.0 s) <==',
    '==> pre-upgrade Job/migrate: succeeded (2.0 s) <==',
  ]);
  expect(json.out.map((line) => JSON.parse(line) as object)).toContainEqual(expect.objectContaining({ kind: 'line', line: MIGRATED[0], beside: true }));
});
