import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { HookFailedError, LifecycleEvent, Verdict } from '../../src/lifecycle';
import { LiveSpace, LiveState, liveFrame, liveState, liveText } from '../../src/report';
import { lineText } from '../../src/report/part';
import { Shop } from '../lifecycle/harness';
import { configMap, deployment, job, withMetadata } from '../release/manifests';
import { upgraded } from './operation';

const space = (columns: number, rows: number): LiveSpace => ({ columns, rows, widthOf: stringWidth });
const stateOf = (events: readonly LifecycleEvent[]): LiveState => events.reduce(liveState, []);
const at = (second: number) => Date.parse('2026-01-01T00:00:00Z') + second * 1000;

function frame(events: readonly LifecycleEvent[], second: number, columns = 80, rows = 24): string[] {
  return liveFrame(stateOf(events), at(second), space(columns, rows)).map((line) => lineText(line, false));
}

function text(events: readonly LifecycleEvent[], columns = 80): string[] {
  return liveText(stateOf(events), at(0), space(columns, 24)).map((line) => lineText(line, false));
}

/** The events up to the first of a kind, and it. */
function until(events: readonly LifecycleEvent[], kind: LifecycleEvent['kind'], name?: string): readonly LifecycleEvent[] {
  const index = events.findIndex((event) => event.kind === kind && (name === undefined || ('hook' in event && event.hook.name === name)));
  return events.slice(0, index + 1);
}

test('before anything has run, every hook of the plan is pending', async () => {
  const { events } = await upgraded({});
  expect(frame(until(events, 'operation-started'), 3)).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2  3 s',
    '  pre-upgrade    -10  Job/db-backup  pending',
    '  pre-upgrade     -5  Job/migrate    pending',
    '  resources           3 pending',
  ]);
});

test('a hook that runs shows for how long, and its logs under it', async () => {
  const { events } = await upgraded({ migrate: { logs: ['one', 'two'] } });
  const running = until(events, 'hook-log', 'migrate');
  expect(frame(running, 64).slice(1, 4)).toEqual([
    '  pre-upgrade    -10  Job/db-backup  succeeded  2.0 s',
    '  pre-upgrade     -5  Job/migrate    running  62 s',
    '    | one',
  ]);
  expect(frame(running, 302)[2]).toBe('  pre-upgrade     -5  Job/migrate    running  5 min 0 s');
});

test('a hook that is skipped says why', async () => {
  const { events } = await upgraded({});
  const hook = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'db-backup' }, weight: -10 } as const;
  const skipped = { at: '2026-01-01T00:00:00.000Z', kind: 'hook-skipped', ...hook, reason: 'it has succeeded in an earlier attempt' } as const;
  expect(frame([...until(events, 'operation-started'), skipped], 3, 100)[1]).toBe(
    '  pre-upgrade    -10  Job/db-backup  skipped: it has succeeded in an earlier attempt',
  );
});

test('the logs of a hook that succeeded are folded away, and resources are counted', async () => {
  const { events } = await upgraded({ migrate: { logs: ['one', 'two'] } });
  expect(text(events)).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2',
    '  pre-upgrade    -10  Job/db-backup  succeeded  2.0 s',
    '  pre-upgrade     -5  Job/migrate    succeeded  2.0 s',
    '  resources           1 changed, 1 unchanged, 1 deleted',
    'upgrade web: succeeded, revision 2 is deployed  4.0 s',
  ]);
});

test('what is waited for unfolds below the resources, until they are ready', async () => {
  const { events } = await upgraded({}, { wait: true });
  expect(frame(until(events, 'resource-applied'), 9).at(-1)).toBe('  resources           1 of 3: 1 unchanged');
  expect(frame(until(events, 'resources-waiting'), 9).slice(-2)).toEqual([
    '  resources           1 changed, 1 unchanged, 1 deleted, 1 not ready',
    '    waiting for Deployment/web: its controller has not seen the change yet',
  ]);
  expect(text(events).at(-2)).toBe('  resources           1 changed, 1 unchanged, 1 deleted, ready  2.0 s');
});

test('at the end of a failure stay the cause, what was printed last and what to do', async () => {
  const { events } = await upgraded({ migrate: { logs: ['psql: error', '\trelation "users" exists'], exitCode: 3 } });
  expect(text(events)).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2',
    '  pre-upgrade    -10  Job/db-backup  succeeded  2.0 s',
    '  pre-upgrade     -5  Job/migrate    failed: container "main" exited 3  2.0 s',
    '  resources           untouched',
    'upgrade web: failed  4.0 s',
    '  Hook pre-upgrade Job/migrate failed: container "main" exited 3 (after 2.0 s)',
    '  The last lines it printed:',
    '    psql: error',
    '        relation "users" exists',
    '  Nothing was applied; revision 2 is recorded as failed, revision 1 is still the deployed one.',
    '  Find the cause, then: cdk8s-lifecycle upgrade web … -n shop',
    '  Or go on where it failed, with the same manifests: cdk8s-lifecycle upgrade web --resume -n shop  (skips Job/db-backup)',
  ]);
});

test('a hook that failed keeps its logs while others are cleaned up', async () => {
  const { events } = await upgraded({ migrate: { logs: ['one', 'two'], exitCode: 1 } });
  expect(frame(until(events, 'hook-finished', 'migrate'), 9).slice(2, 5)).toEqual([
    '  pre-upgrade     -5  Job/migrate    failed: container "main" exited 1  2.0 s', '    | one', '    | two',
  ]);
});

test('a hook that waits says why: beside it, or below where there is no room', async () => {
  const { events } = await upgraded({});
  const [started, backup] = [until(events, 'operation-started'), until(events, 'hook-started')];
  const waits = (reason: string) => ({ ...backup.at(-1)!, kind: 'hook-waiting', reason }) as LifecycleEvent;
  expect(frame([...started, waits('the Job of its last run is being deleted')], 2)[1]).toBe(
    '  pre-upgrade    -10  Job/db-backup  waiting  2 s',
  );
  expect(frame([...backup, waits('ImagePullBackOff')], 2)[1]).toBe('  pre-upgrade    -10  Job/db-backup  waiting  2 s: ImagePullBackOff');
  expect(frame([...backup, waits(`ErrImagePull: ${'cannot resolve registry.example.com '.repeat(9)}`)], 2).slice(1, 5)).toEqual([
    '  pre-upgrade    -10  Job/db-backup  waiting  2 s',
    '      ErrImagePull: cannot resolve registry.example.com cannot resolve',
    '      registry.example.com cannot resolve registry.example.com cannot resolve',
    expect.stringMatching(/^ {6}registry\.example\.com cannot.*…$/),
  ]);
});

test('what to do about it is below the reason, whether that is beside or below the hook', async () => {
  const { events } = await upgraded({});
  const backup = until(events, 'hook-started');
  const waits = (reason: string) => ({ ...backup.at(-1)!, kind: 'hook-waiting', reason, remedy: 'Create the Secret "password".' }) as LifecycleEvent;
  const remedy = '      Create the Secret "password".';
  expect(frame([...backup, waits('no Secret')], 2).slice(1, 3)).toEqual(['  pre-upgrade    -10  Job/db-backup  waiting  2 s: no Secret', remedy]);
  expect(frame([...backup, waits('container "main": its Secret "password" is not there')], 2).slice(1, 4)).toEqual([
    '  pre-upgrade    -10  Job/db-backup  waiting  2 s', '      container "main": its Secret "password" is not there', remedy,
  ]);
});

test.each<[Verdict, string[]]>([
  [{ kind: 'succeeded' }, ['succeeded  1.5 s']],
  [{ kind: 'failed', cause: 'container "main" exited 1' }, ['failed: container "main" exited 1  1.5 s']],
  [{ kind: 'stuck', cause: 'the image is not there' }, ['cannot run: the image is not there  1.5 s']],
  [{ kind: 'timed-out', afterSeconds: 300 }, ['timed out after 300 s  1.5 s']],
  [{ kind: 'timed-out', afterSeconds: 300, waiting: 'unschedulable: no node' }, ['timed out after 300 s  1.5 s', '      unschedulable: no node']],
  [{ kind: 'interrupted' }, ['interrupted  1.5 s']],
])('the verdict %j is told as %j', async (verdict, [beside, ...below]) => {
  const { events } = await upgraded({});
  const backup = until(events, 'hook-started');
  const lines = frame([...backup, { ...backup.at(-1)!, kind: 'hook-finished', verdict, milliseconds: 1500 } as LifecycleEvent], 2);
  expect(lines.slice(1, 2 + below.length)).toEqual([`  pre-upgrade    -10  Job/db-backup  ${beside}`, ...below]);
});

test('hooks that run side by side each have their line, and their last lines of log share the room', async () => {
  const ordered = (name: string) => withMetadata(job(name, { on: 'pre-install' }), { annotations: { 'cdk8s-lifecycle/after': '' } });
  const lines = (name: string) => Array.from({ length: 6 }, (_, index) => `${name} ${index + 1}`);
  const shop = await Shop.open({ jobs: { a: { for: '10s', logs: lines('a') }, b: { for: '10s', logs: lines('b') }, c: { for: '2s' } } });
  const { events } = await shop.install(['a', 'b', 'c'].map(ordered));
  const last = events.map(({ kind }) => kind).lastIndexOf('hook-log');
  const now = events.slice(0, last + 1);
  expect(frame(now, 9, 80, 9)).toEqual([
    'install web, namespace shop: revision 1  9 s',
    '  pre-install      0  Job/a  running  9 s',
    '    | a 5',
    '    | a 6',
    '  pre-install      0  Job/b  running  9 s',
    '    | b 5',
    '    | b 6',
    '  pre-install      0  Job/c  succeeded  3.0 s',
  ]);
});

test('a hook between two attempts says why and until when, and then which attempt runs', async () => {
  const { events } = await upgraded({});
  const backup = until(events, 'hook-started');
  const { event, hook, weight, at: now } = backup.at(-1) as Extract<LifecycleEvent, { kind: 'hook-started' }>;
  const identity = { event, hook, weight, at: now };
  const verdict = { kind: 'failed', cause: 'exited 75' } as const;
  const retried: LifecycleEvent = { kind: 'hook-retried', ...identity, attempt: 1, attempts: 3, verdict, milliseconds: 900, pauseSeconds: 2 };
  expect(frame([...backup, retried], 1).slice(1, 3)).toEqual([
    '  pre-upgrade    -10  Job/db-backup  waiting  1 s',
    '      attempt 1 of 3 failed: exited 75; the next one begins in 2.0 s',
  ]);
  expect(frame([...backup, retried, { kind: 'hook-started', ...identity, attempt: 2 }], 1)[1]).toBe('  pre-upgrade    -10  Job/db-backup  running  1 s  attempt 2');
});

test('a hook that a policy deleted says so', async () => {
  const shop = await Shop.open();
  const { events } = await shop.install([job('m', { on: 'pre-install', policies: 'before-hook-creation,hook-succeeded' }), configMap('a')]);
  expect(text(events)[1]).toBe('  pre-install      0  Job/m  succeeded  2.0 s  deleted');
});

test('docs/runner.md shows what a terminal shows', async () => {
  const logs = ['001-create-visitors.sql is applied', '002-remember-visits.sql: ALTER TABLE'];
  const shop = await Shop.open({ jobs: { 'webapp-migrate': { for: '4s', logs } } });
  const hooks = [
    job('webapp-backup', { on: 'pre-upgrade' }), job('webapp-migrate', { on: 'pre-upgrade', weight: 1 }), job('webapp-notify', { on: 'post-upgrade', weight: 3 }),
  ];
  await shop.install([configMap('webapp'), deployment('webapp')]);
  const { events } = await shop.upgrade([configMap('webapp'), deployment('webapp', 'web:2'), ...hooks]);
  const last = events.map(({ kind }) => kind).lastIndexOf('hook-log');
  const guide = readFileSync(resolve(__dirname, '../../docs/runner.md'), 'utf8');
  const shown = /<!-- output of the live view: an upgrade in 80 columns -->\n```\n([^]*?)```/.exec(guide)?.[1];
  expect(shown).toBe(`${frame(events.slice(0, last + 1), 5).join('\n')}\n`);
});

test('a hook that prints no longer waits', async () => {
  const { events } = await upgraded({ 'db-backup': { logs: ['on it'] } });
  const log = until(events, 'hook-log');
  const waiting = { ...log.at(-1)!, kind: 'hook-waiting', reason: 'unschedulable' } as LifecycleEvent;
  expect(frame([...log.slice(0, -1), waiting, log.at(-1)!], 5)[1]).toBe('  pre-upgrade    -10  Job/db-backup  running  5 s');
});

test('the lock, what died, a new namespace and warnings have lines of their own', async () => {
  const time = new Date(at(0)).toISOString();
  const held: LifecycleEvent = { at: time, kind: 'lock-waiting', by: 'upgrade of revision 3 on ci-1 (x)' };
  expect(frame([held], 12)).toEqual(['waiting for the release, which is held by upgrade of revision 3 on ci-1 (x)', '  12 s']);
  const { events } = await upgraded({});
  const hook = { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate' };
  expect(frame([
    held,
    { at: time, kind: 'hook-waiting', event: 'pre-install', hook, weight: 0, reason: 'it was left running and is being stopped' },
    { at: time, kind: 'recovered', revision: 3, was: 'pending-upgrade', stopped: ['Job/migrate'] },
    ...until(events, 'operation-started'),
    { at: time, kind: 'namespace-created', namespace: 'shop' },
    { at: time, kind: 'warning', message: 'the log of migrate-x7k2p (main) cannot be read: the connection to the node was lost' },
  ], 12)).toEqual([
    'waiting for the release, which is held by upgrade of revision 3 on ci-1 (x)',
    'revision 3 was left pending-upgrade by an operation that died; it is failed',
    '  now, and Job/migrate stopped',
    '  pre-install      0  Job/migrate  waiting  12 s',
    '      it was left running and is being stopped',
    'upgrade web, namespace shop: revision 1 -> 2  12 s',
    'created Namespace/shop',
    '  pre-upgrade    -10  Job/db-backup  pending',
    '  pre-upgrade     -5  Job/migrate    pending',
    '  resources           3 pending',
    'warning: the log of migrate-x7k2p (main) cannot be read: the connection to',
    '  the node was lost',
  ]);
});

test('a second operation of the same stream has its section below the first', async () => {
  const shop = await Shop.open({ jobs: { migrate: { exitCode: 1 } } });
  await shop.install([configMap('a')]);
  const failed = await shop.upgrade([configMap('a'), job('migrate', { on: 'pre-upgrade' })]);
  const back = await shop.rollback(1);
  const lines = text([...failed.events, ...back.events]);
  const heads = lines.filter((line) => !line.startsWith(' '));
  expect(heads).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2',
    'upgrade web: failed  2.0 s',
    'rollback web, namespace shop: revision 2 -> 3, back to what revision 1 was',
    'rollback web: succeeded, revision 3 is deployed  0.0 s',
  ]);
});

const HOOKS = Array.from({ length: 30 }, (_, index) => job(`hook-${String(index).padStart(2, '0')}`, { on: 'pre-install', weight: index }));

test('where the plan is taller than the terminal, the headline and what runs stay in sight', async () => {
  const shop = await Shop.open({ jobs: { 'hook-14': { logs: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] } } });
  const { events } = await shop.install([...HOOKS, deployment('web')]);
  const last = events.map(({ kind }) => kind).lastIndexOf('hook-log');
  expect(frame(events.slice(0, last + 1), 29, 80, 12)).toEqual([
    'install web, namespace shop: revision 1  29 s',
    '  … 12 more above',
    '  pre-install     12  Job/hook-12  succeeded  2.0 s',
    '  pre-install     13  Job/hook-13  succeeded  2.0 s',
    '  pre-install     14  Job/hook-14  running  1 s',
    '    | e',
    '    | f',
    '    | g',
    '  pre-install     15  Job/hook-15  pending',
    '  pre-install     16  Job/hook-16  pending',
    '  … 14 more below',
  ]);
  expect(frame(events.slice(0, last + 1), 29, 80, 3)).toEqual(['install web, namespace shop: revision 1  29 s', '  pre-install     14  Job/hook-14  running  1 s']);
  expect(frame(events.slice(0, last + 1), 29, 80, 2)).toEqual(['  pre-install     14  Job/hook-14  running  1 s']);
});

test('names are cut before the state of a hook is', async () => {
  const shop = await Shop.open();
  const { events } = await shop.install([job('warm-the-cache-of-everything', { on: 'pre-install' }), configMap('a')]);
  const line = (columns: number) => frame(until(events, 'hook-started'), 5, columns)[1];
  expect([line(80), line(60), line(48)]).toEqual([
    '  pre-install      0  Job/warm-the-cache-of-everything  running  5 s',
    '  pre-install      0  Job/warm…rything  running  5 s',
    '  pre-install      0  Job/w…hing  running  5 s',
  ]);
});

test('no frame is wider or taller than the terminal, at any moment, at any size, whatever a container prints', async () => {
  const hostile = ['\u001b[2J\u001b[31mred', '\t\ttabs', '10 %\r20 %', '\u202egnp.exe', 'x'.repeat(5000)];
  const logs = ['plain', '日本語'.repeat(40), 'e\u0301'.repeat(99), '👩‍👩‍👧'.repeat(30), ...hostile];
  const runs = await Promise.all([upgraded({ migrate: { logs } }, { wait: true }), upgraded({ migrate: { logs, exitCode: 1 } })]);
  const [columnNumbers, rowNumbers] = [fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 50 })];
  fc.assert(fc.property(fc.constantFrom(...runs), fc.nat(99), columnNumbers, rowNumbers, ({ events }, part, columns, rows) => {
    const lines = frame(events.slice(0, Math.ceil((events.length * part) / 99)), 3, columns, rows);
    expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(1, columns - 1));
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/); // eslint-disable-line no-control-regex
  }));
});

test('the failure of a hook of another name does not fold away the logs of this one', async () => {
  const { events } = await upgraded({ migrate: { logs: ['one'], exitCode: 1 } });
  const end = events.at(-1)!;
  if (end.kind !== 'operation-finished') throw new Error('the last event ends the operation');
  const hook = { event: 'pre-upgrade', weight: 0, hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'other' } } as const;
  const error = new HookFailedError(hook, { kind: 'failed', cause: 'x' }, 1, { created: true, lastLines: ['else'] });
  expect(text([...events.slice(0, -1), { ...end, outcome: { ...end.outcome, error } }])).toContain('    | one');
});
