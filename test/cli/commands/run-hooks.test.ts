import { configMap, job, object, withMetadata } from '../../release/manifests';
import { Result, SimulatedCli } from '../simulated-cli';

let cli: SimulatedCli;

beforeEach(async () => {
  cli = await SimulatedCli.open({ jobs: { bad: { exitCode: 1, logs: ['no such table'] }, tell: { logs: ['with swordfish-and-chips'] } } });
});

afterEach(() => cli.close());

const HOOKS = [
  configMap('settings'), job('prepare', { on: 'pre-install' }), job('seed', { on: 'post-install' }), job('backup', { on: 'pre-upgrade,pre-delete', weight: -5 }),
  job('migrate', { on: 'pre-upgrade' }), job('warm', { on: 'post-upgrade' }), job('undo', { on: 'pre-rollback' }), job('clean', { on: 'post-delete' }),
];

async function hooks(event: string, objects = HOOKS, ...flags: readonly string[]): Promise<Result> {
  return cli.run('run-hooks', 'web', event, cli.manifests(...objects), ...flags);
}

interface Receipt {
  readonly event: string;
  readonly revision: number;
  readonly id: string;
  readonly run: string;
  readonly hooks: readonly { readonly hook: string }[];
}

/** Runs hooks as Pulumi's Command does: what a run has printed is shown to the next. */
async function keeping(event: string, previous = '', ...flags: readonly string[]): Promise<{ readonly text: string; readonly receipt: Receipt }> {
  const { out } = await hooks(event, HOOKS, '--output', 'receipt', '--previous', previous, ...flags);
  expect(out).toHaveLength(1);
  return { text: out[0], receipt: JSON.parse(out[0]) as Receipt };
}

const left = async () => (await cli.cluster.list({ apiVersion: 'v1', kind: 'Secret' })).length;

test('a release lives its life around resources that others manage', async () => {
  const lines: unknown[] = [];
  for (const word of ['pre-apply', 'post-apply', 'pre-apply', 'post-apply', 'pre-rollback', 'post-apply', 'pre-delete', 'post-delete']) {
    const { code, out } = await hooks(word);
    lines.push([code, out[0], out.at(-1)!.replace(/ {2}.*/, '')]);
  }
  expect(lines).toEqual([
    [0, 'pre-install hooks of web, namespace shop: revision 1', 'pre-install hooks of web: succeeded, 1 has run'],
    [0, 'post-install hooks of web, namespace shop: revision 1', 'post-install hooks of web: succeeded, 1 has run'],
    [0, 'pre-upgrade hooks of web, namespace shop: revision 2', 'pre-upgrade hooks of web: succeeded, 2 have run'],
    [0, 'post-upgrade hooks of web, namespace shop: revision 2', 'post-upgrade hooks of web: succeeded, 1 has run'],
    [0, 'pre-rollback hooks of web, namespace shop: revision 3', 'pre-rollback hooks of web: succeeded, 1 has run'],
    [0, 'post-rollback hooks of web, namespace shop: revision 3', 'post-rollback hooks of web: succeeded, there are none'],
    [0, 'pre-delete hooks of web, namespace shop: revision 3', 'pre-delete hooks of web: succeeded, 1 has run'],
    [0, 'post-delete hooks of web, namespace shop: revision 3', 'post-delete hooks of web: succeeded, 1 has run'],
  ]);
  expect([await left(), await cli.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap' })]).toEqual([0, []]);
});

test('a hook that is passed over is not said to have run, neither before nor afterwards', async () => {
  const annotations = { 'cdk8s-lifecycle/run-on': 'change', 'cdk8s-lifecycle/mutable-tags': 'trust' };
  const seed = [withMetadata(job('seed', { on: 'post-install,post-upgrade' }), { annotations })];
  for (const word of ['pre-apply', 'post-apply', 'pre-apply']) await hooks(word, seed);
  const skipped = 'skipped: nothing that it uses has changed since it succeeded in revision 1';
  expect((await hooks('post-apply', seed, '--dry-run')).out.at(-1)).toBe(`  post-upgrade     0  Job/seed  (${skipped})`);
  expect((await hooks('post-apply', seed)).out.slice(1).map((line) => line.replace(/ {2}[\d.]+ s$/, ''))).toEqual([
    `  post-upgrade     0  Job/seed  ${skipped}`, 'post-upgrade hooks of web: succeeded, 1 is done',
  ]);
});

test('a hook that fails exits 1, and says what was touched and what to do', async () => {
  const { code, out } = await hooks('pre-apply', [job('bad', { on: 'pre-install' })]);
  expect([code, out.slice(-4)]).toEqual([1, [
    '  Hook pre-install Job/bad failed: container "main" exited 1 (after 2.0 s)',
    '  The last lines it printed:',
    '    no such table',
    '  Nothing but hooks was touched: the resources of the release are managed elsewhere. Find the cause, then: cdk8s-lifecycle run-hooks web pre-install … -n shop',
  ]]);
});

test('--dry-run shows the hooks that would run, and changes nothing', async () => {
  const { code, out } = await hooks('pre-apply', HOOKS, '--dry-run');
  expect([code, out, await left()]).toEqual([0, ['pre-install hooks of web, namespace shop: revision 1', 'hooks', '  pre-install      0  Job/prepare'], 0]);
});

test('JSON tells every event', async () => {
  const { out } = await hooks('pre-apply', HOOKS, '-o', 'json');
  const events = out.map((line) => JSON.parse(line) as { readonly kind: string; readonly plan?: object });
  expect([events[0], events.at(-1)]).toMatchObject([{ kind: 'operation-started', plan: { event: 'pre-install', revision: 1 } }, { kind: 'operation-finished', outcome: { status: 'succeeded' } }]);
});

test('a receipt is all that is on standard output, and is another after each change', async () => {
  const first = await keeping('pre-apply');
  await keeping('post-apply');
  const second = await keeping('pre-apply', first.text);
  expect([first.receipt, second.receipt]).toMatchObject([
    { event: 'pre-install', revision: 1, hooks: [{ event: 'pre-install', hook: 'Job/prepare', verdict: 'succeeded' }] },
    { event: 'pre-upgrade', revision: 2, id: first.receipt.id, hooks: [{ hook: 'Job/backup' }, { hook: 'Job/migrate' }] },
  ]);
  expect(second.receipt.run).not.toBe(first.receipt.run);
});

test('progress is on standard error where a receipt is wanted, and of a failure there is none', async () => {
  const { code, out, err } = await hooks('pre-apply', [job('bad', { on: 'pre-install' })], '--output', 'receipt');
  expect([code, out, err[0]]).toEqual([1, [], 'pre-install hooks of web, namespace shop: revision 1']);
});

test('one that was replaced runs no hook of a deletion: its successor has the release', async () => {
  const [opening, closing] = [await keeping('pre-apply'), await keeping('post-apply')];
  const [next, end] = [await keeping('pre-apply'), await keeping('post-apply')]; // created anew: they show nothing
  const lives = expect.stringContaining('the release lives on') as string;
  expect((await hooks('pre-delete', HOOKS, '--previous', closing.text)).out).toEqual([lives]);
  expect((await hooks('post-delete', HOOKS, '--previous', opening.text)).out).toEqual([lives]);
  expect((await hooks('pre-delete', HOOKS, '--previous', end.text)).out.at(-1)).toContain('1 has run');
  expect((await hooks('post-delete', HOOKS, '--previous', next.text)).out.at(-1)).toContain('1 has run');
});

test('a release of another owner is refused, and taken over by who says so', async () => {
  await hooks('pre-apply', HOOKS, '--owner', 'shop/prod');
  const { code, err } = await hooks('pre-apply');
  expect([code, err[0]]).toEqual([1, 'error: Release "web" in namespace shop belongs to another: shop/prod']);
  expect((await hooks('pre-apply', HOOKS, '--take-ownership')).code).toBe(0);
});

test('a release of helm is refused', async () => {
  await cli.run('install', 'web', cli.manifests(configMap('a')));
  expect((await hooks('pre-apply')).err[0]).toBe('error: Release "web" in namespace shop is one of Helm\'s: revision 1 is deployed');
});

test.each(['pre-apply', 'post-apply'])('%s hooks in a namespace that is missing are refused, or it is made', async (word) => {
  expect((await hooks(word, HOOKS, '-n', 'new')).err[0]).toBe('error: There is no namespace "new"');
  expect((await hooks(word, HOOKS, '-n', 'new', '--create-namespace')).code).toBe(0);
});

test('values of Secrets among the resources are masked', async () => {
  const secret = object('v1', 'Secret', 'password', { stringData: { password: 'swordfish-and-chips' } });
  const { out } = await hooks('pre-apply', [secret, job('tell', { on: 'pre-install' })]);
  expect(out.join('\n')).not.toContain('swordfish');
  expect(out.join('\n')).toContain('| with ');
});

test.each<[string, readonly string[], number, string]>([
  ['an event that there is not', ['run-hooks', 'web', 'pre-instal', 'x.yaml'], 64, "error: command-argument value 'pre-instal' is invalid for argument 'event'."],
  ['a test, which is no event around resources', ['run-hooks', 'web', 'test', 'x.yaml'], 64, "error: command-argument value 'test' is invalid for argument 'event'."],
  ['a receipt that is none', ['run-hooks', 'web', 'pre-apply', 'MANIFESTS', '--previous', 'yesterday'], 64, 'error: --previous is no receipt'],
  ['no manifests', ['run-hooks', 'web', 'pre-apply'], 64, 'error: no manifests'],
  ['a chart that helm renders', ['run-hooks', 'web', 'pre-apply', 'oci://charts/web'], 64, 'error: oci://charts/web is a chart that helm renders'],
])('%s is refused', async (_what, args, code, message) => {
  const result = await cli.run(...args.map((arg) => (arg === 'MANIFESTS' ? cli.manifests(...HOOKS) : arg)));
  expect([result.code, result.err[0]]).toEqual([code, expect.stringContaining(message)]);
});

describe('logs of a release that others manage', () => {
  const OUT = ['==> pre-install Job/tell: succeeded (2.0 s) <==', 'with ***'];
  const TOLD = [object('v1', 'Secret', 'password', { stringData: { password: 'swordfish-and-chips' } }), job('tell', { on: 'pre-install,pre-upgrade' }), job('seed', { on: 'post-install' })];

  beforeEach(async () => {
    await hooks('pre-apply', TOLD);
    await hooks('post-apply', TOLD);
  });

  test('are what the journal kept: what is secret in the Pods, nobody knows by then', async () => {
    const { code, out, err } = await cli.run('logs', 'web');
    expect([code, out, err]).toEqual([0, [...OUT, '==> post-install Job/seed: succeeded (2.0 s) <=='], ['note: Job/seed has printed nothing']]);
  });

  test.each(['tell', 'Job/tell', 'pre-install/tell'])('are those of one hook: %s', async (hook) => {
    expect((await cli.run('logs', 'web', hook)).out).toEqual(OUT.slice(1));
  });

  test('are those of an older change', async () => {
    await hooks('pre-apply', TOLD);
    expect((await cli.run('logs', 'web')).out[0]).toBe('==> pre-upgrade Job/tell: succeeded (2.0 s) <==');
    expect((await cli.run('logs', 'web', '--revision', '1')).out).toEqual([...OUT, '==> post-install Job/seed: succeeded (2.0 s) <==']);
  });

  test('are followed as far as the journal is written', async () => {
    const running = hooks('pre-apply', TOLD);
    while (!(await cli.cluster.get({ apiVersion: 'v1', kind: 'Secret', name: 'cdk8s-lifecycle.v1.web.v2', namespace: 'shop' }))) await cli.cluster.clock.sleep(100);
    const { code, out } = await cli.run('logs', 'web', '--follow');
    expect([code, out]).toEqual([0, ['==> pre-upgrade Job/tell: running <==', 'with ***', '==> pre-upgrade Job/tell: succeeded (2.0 s) <==']]);
    await running;
  });

  test.each<[string, readonly string[], string]>([
    ['a change that there is not', ['--revision', '7'], 'error: Release "web" has no revision 7'],
    ['a hook that there is not', ['tel'], 'error: Revision 1 of release "web" has no hook "tel"'],
  ])('are refused of %s', async (_what, args, message) => {
    const { code, err } = await cli.run('logs', 'web', ...args);
    expect([code, err[0]]).toEqual([1, message]);
  });
});

test.each([['status', 'web'], ['history', 'web'], ['get', 'all', 'web']])('%s says who manages a release that has no records', async (...args) => {
  await hooks('pre-apply', HOOKS, '--owner', 'shop/prod');
  const { code, err } = await cli.run(...args);
  expect([code, err]).toEqual([1, [
    'error: Release "web" in namespace shop has no records: its resources are managed by shop/prod',
    '  What its hooks printed is shown by: cdk8s-lifecycle logs web -n shop',
  ]]);
});

test.each([
  ['install', 'web', 'MANIFESTS'], ['upgrade', 'web', 'MANIFESTS'], ['upgrade', 'web', 'MANIFESTS', '--install'], ['plan', 'web', 'MANIFESTS'],
  ['install', 'web', 'MANIFESTS', '--dry-run'], ['uninstall', 'web'], ['rollback', 'web'], ['test', 'web'],
])('%s %s does not touch a release that others manage', async (...args) => {
  await hooks('pre-apply', HOOKS, '--owner', 'shop/prod');
  const { code, err } = await cli.run(...args.map((arg) => (arg === 'MANIFESTS' ? cli.manifests(...HOOKS) : arg)));
  expect([code, err]).toEqual([1, [
    'error: Release "web" in namespace shop has no records: its resources are managed by shop/prod',
    '  Change it there, or name this one otherwise. If nobody manages it any more, delete the Secret cdk8s-lifecycle.v1.web.',
  ]]);
  expect(await cli.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap' })).toEqual([]);
});
