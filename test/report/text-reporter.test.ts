import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LifecycleEvent } from '../../src/lifecycle';
import { TextReporter, planText } from '../../src/report';
import { Shop } from '../lifecycle/harness';
import { configMap, deployment, job, withMetadata } from '../release/manifests';
import { installed, linesOf, upgraded } from './operation';

const text = (colour = false) => (write: (line: string) => void) => new TextReporter({ write, colour });

test('an upgrade that succeeds is told line by line', async () => {
  const { events } = await upgraded({ migrate: { logs: ['adding column'] } }, { wait: true });
  expect(linesOf(text(), events)).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2',
    '  pre-upgrade    -10  Job/db-backup  started',
    '  pre-upgrade    -10  Job/db-backup  succeeded  2.0 s',
    '  pre-upgrade     -5  Job/migrate    started',
    '  pre-upgrade     -5  Job/migrate    | adding column',
    '  pre-upgrade     -5  Job/migrate    succeeded  2.0 s',
    '  unchanged Secret/password',
    '  changed   Deployment/web',
    '  deleted   ConfigMap/old',
    '  waiting   Deployment/web: its controller has not seen the change yet',
    '  ready     all resources  2.0 s',
    'upgrade web: succeeded, revision 2 is deployed  6.0 s',
  ]);
});

test('an upgrade that fails ends with the cause, what was printed last, what the cluster holds and what to do', async () => {
  const { events } = await upgraded({ migrate: { logs: ['psql: error', '  relation "users" exists'], exitCode: 3 } });
  expect(linesOf(text(), events)).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2',
    '  pre-upgrade    -10  Job/db-backup  started',
    '  pre-upgrade    -10  Job/db-backup  succeeded  2.0 s',
    '  pre-upgrade     -5  Job/migrate    started',
    '  pre-upgrade     -5  Job/migrate    | psql: error',
    '  pre-upgrade     -5  Job/migrate    |   relation "users" exists',
    '  pre-upgrade     -5  Job/migrate    failed: container "main" exited 3  2.0 s',
    'upgrade web: failed  4.0 s',
    '  Hook pre-upgrade Job/migrate failed: container "main" exited 3 (after 2.0 s)',
    '  The last lines it printed:',
    '    psql: error',
    '      relation "users" exists',
    '  Nothing was applied; revision 2 is recorded as failed, revision 1 is still the deployed one.',
    '  Find the cause, then: cdk8s-lifecycle upgrade web … -n shop',
    '  Or go on where it failed, with the same manifests: cdk8s-lifecycle upgrade web --resume -n shop  (skips Job/db-backup)',
  ]);
});

test('a failure of several resources tells each, and the remedy', async () => {
  const lost = (name: string) => withMetadata(configMap(name), { namespace: 'nowhere' });
  const { events } = await installed([lost('a'), lost('b')]);
  expect(linesOf(text(), events)).toEqual([
    'install web, namespace shop: revision 1',
    'install web: failed  0.0 s',
    '  cannot patch ConfigMap/a in namespace nowhere: namespace "nowhere" not found',
    '  cannot patch ConfigMap/b in namespace nowhere: namespace "nowhere" not found',
    '  Nothing was applied; revision 1 is recorded as failed.',
    '  Find the cause, then: cdk8s-lifecycle upgrade web … -n shop',
  ]);
});

test('a refusal before anything was touched says so', async () => {
  const shop = await Shop.open();
  await shop.cluster.create(withMetadata(configMap('a'), { namespace: 'shop' }));
  expect(linesOf(text(), (await shop.install([configMap('a')])).events)).toEqual([
    'install web, namespace shop: revision 1',
    'install web: failed  0.0 s',
    '  ConfigMap/a exists already and does not belong to release "web": its label app.kubernetes.io/managed-by is not "Helm"',
    '  Delete it, give the resource another name, or take it over with --take-ownership.',
    '  Nothing was changed.',
  ]);
});

test('an uninstall tells what hooks of other events have left in the same columns', async () => {
  const shop = await Shop.open();
  await shop.install([job('seed', { on: 'post-install' }), job('migrate', { on: 'post-install', weight: '1' })]);
  expect(linesOf(text(), (await shop.uninstall()).events)).toEqual([
    'uninstall web, namespace shop: revision 1',
    '  post-install     0  Job/seed     deleted (uninstall)',
    '  post-install     1  Job/migrate  deleted (uninstall)',
    'uninstall web: succeeded, release is gone  0.0 s',
  ]);
});

test('an uninstall tells what it deletes and what it keeps', async () => {
  const shop = await Shop.open();
  const kept = withMetadata(configMap('kept'), { annotations: { 'helm.sh/resource-policy': 'keep' } });
  await shop.install([configMap('a'), kept, deployment('web'), job('clean', { on: 'post-delete' })]);
  expect(linesOf(text(), (await shop.uninstall()).events)).toEqual([
    'uninstall web, namespace shop: revision 1',
    '  deleted   Deployment/web',
    '  deleted   ConfigMap/a',
    '  kept      ConfigMap/kept',
    '  post-delete      0  Job/clean  started',
    '  post-delete      0  Job/clean  succeeded  2.0 s',
    '  post-delete      0  Job/clean  deleted (uninstall)',
    'uninstall web: succeeded, release is gone  2.0 s',
  ]);
});

test('namespaces, deleted hooks and hooks that wait have lines of their own', async () => {
  const shop = await Shop.open();
  await shop.cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, { propagation: 'background' });
  const hook = job('m', { on: 'pre-install,post-install', policies: 'before-hook-creation,hook-succeeded' });
  const { events } = await shop.install([hook, job('n', { on: 'pre-install,post-install', weight: 1 }), configMap('a')], { createNamespace: true });
  expect(linesOf(text(), events).filter((line) => /Namespace|deleted/.test(line))).toEqual([
    '  created   Namespace/shop',
    '  pre-install      0  Job/m  deleted (hook-succeeded)',
    '  post-install     1  Job/n  waiting: the Job of its last run is being deleted',
    '  post-install     0  Job/m  deleted (hook-succeeded)',
  ]);
});

test('verdicts are coloured on request, and nothing else', async () => {
  const { events } = await upgraded({ migrate: { exitCode: 1, logs: ['oh'] } });
  const coloured = linesOf(text(true), events).filter((line) => line.includes('\u001b'));
  expect(coloured).toEqual([
    '  pre-upgrade    -10  Job/db-backup  \u001b[32msucceeded\u001b[m  2.0 s',
    '  pre-upgrade     -5  Job/migrate    \u001b[31mfailed: container "main" exited 1\u001b[m  2.0 s',
    'upgrade web: \u001b[31mfailed\u001b[m  4.0 s',
  ]);
});

test('without colour there is no escape sequence at all', async () => {
  const { events } = await upgraded({ migrate: { exitCode: 1, logs: ['\u001b[31moh\u001b[m'] } });
  expect(linesOf(text(), events).join('\n')).not.toMatch(/\u001b/); // eslint-disable-line no-control-regex
});

test('what a container prints cannot command the terminal, with colour or without', async () => {
  const logs = ['\u001b]0;title\u0007\u001b[2Jgone', '10 %\r20 %', '\u202egnp.exe'];
  const { events } = await upgraded({ migrate: { exitCode: 1, logs } });
  const shown = ['\\x1b]0;title\\x07\\x1b[2Jgone', '10 %\\x0d20 %', '\\u202egnp.exe'];
  const lines = linesOf(text(true), events);
  expect(lines.filter((line) => line.includes('| '))).toEqual(shown.map((line) => `  pre-upgrade     -5  Job/migrate    | ${line}`));
  expect(lines.filter((line) => line.startsWith('    '))).toEqual(shown.map((line) => `    ${line}`));
});

test('a lock that is held, a revision that was left and warnings have lines of their own', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const stopped = ['Job/migrate', 'Job/seed'];
  expect(linesOf(text(true), [
    { at, kind: 'lock-waiting', by: 'upgrade of revision 3 on ci-1 (x)\u0007' },
    { at, kind: 'recovered', revision: 3, was: 'pending-upgrade', stopped },
    { at, kind: 'recovered', revision: 3, was: 'pending-install', stopped: [] },
    { at, kind: 'warning', message: 'the log is gone\u001b[m' },
  ])).toEqual([
    'waiting for the release, which is held by upgrade of revision 3 on ci-1 (x)\\x07',
    'revision 3 was left pending-upgrade by an operation that died; it is failed now, and Job/migrate, Job/seed stopped',
    'revision 3 was left pending-install by an operation that died; it is failed now',
    '\u001b[33mwarning: the log is gone\\x1b[m\u001b[m',
  ]);
});

test('what a hook waits for is told with what to do about it', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const hook = { event: 'pre-install', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate' }, weight: 0 } as const;
  expect(linesOf(text(), [{ at, kind: 'hook-waiting', ...hook, reason: 'no node', remedy: 'Make room.' }])).toEqual([
    '  pre-install      0  Job/migrate  waiting: no node',
    '  pre-install      0  Job/migrate    Make room.',
  ]);
});

test('a line says which container or Pod it is of where several print', () => {
  const hook = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'm' }, weight: 0, pod: 'm-x', container: 'init' } as const;
  const event = { at: '2026-01-01T00:00:00.000Z', kind: 'hook-log', ...hook } as const;
  expect(linesOf(text(), [{ ...event, line: 'one' }, { ...event, among: 'containers', line: 'two' }, { ...event, among: 'pods', line: 'three' }])).toEqual([
    '  pre-upgrade      0  Job/m  | one',
    '  pre-upgrade      0  Job/m  | init| two',
    '  pre-upgrade      0  Job/m  | m-x/init| three',
  ]);
});

test('docs/runner.md shows a hook that is run once more', async () => {
  const uids: string[] = [];
  const shop = await Shop.open({
    jobs: ({ metadata: { uid } }) => {
      if (!uids.includes(uid!)) uids.push(uid!);
      return uid === uids[0] ? { for: '3s', exitCode: 75, logs: ['could not connect to server: the database system is starting up'] } : { for: '5s', logs: ['2 migrations applied'] };
    },
  });
  const retry = { annotations: { 'cdk8s-lifecycle/retry': 'attempts=3,backoff=2s,on=75' } };
  await shop.install([configMap('web')]);
  const { events } = await shop.upgrade([configMap('web'), withMetadata(job('migrate', { on: 'pre-upgrade' }), retry)]);
  const guide = readFileSync(resolve(__dirname, '../../docs/runner.md'), 'utf8');
  const shown = /<!-- output of the plain view: a hook that is run once more -->\n```\n([^]*?)```/.exec(guide)?.[1];
  expect(shown).toBe(`${linesOf(text(), events).join('\n')}\n`);
});

test('docs/runner.md shows hooks side by side, in the plan and in the run', async () => {
  const shop = await Shop.open({ jobs: { 'warm-cache': { for: '6s' }, 'reindex': { for: '9s' }, 'smoke': { for: '2s' }, 'notify': { for: '1s' } } });
  const ordered = (name: string, after: string, weight = 0) => {
    return withMetadata(job(name, { on: 'post-upgrade', weight }), { annotations: { 'cdk8s-lifecycle/after': after } });
  };
  const hooks = [ordered('warm-cache', ''), ordered('reindex', ''), ordered('smoke', 'Job/warm-cache', 1), job('notify', { on: 'post-upgrade', weight: 2 })];
  await shop.install([configMap('web')]);
  const { events } = await shop.upgrade([configMap('web', { size: '2' }), ...hooks]);
  const guide = readFileSync(resolve(__dirname, '../../docs/runner.md'), 'utf8');
  const shown = (what: string) => new RegExp(`<!-- output of the ${what}: hooks side by side -->\\n\`\`\`\\n([^]*?)\`\`\``).exec(guide)?.[1];
  const [{ plan }] = events as readonly Extract<LifecycleEvent, { kind: 'operation-started' }>[];
  expect(shown('plan')).toBe(`${planText(plan)}\n`);
  expect(shown('plain view')).toBe(`${linesOf(text(), events).join('\n')}\n`);
});
