import { HookFailedError, LifecycleEvent, Verdict } from '../../src/lifecycle';
import { Shop } from '../lifecycle/harness';
import { configMap, job } from '../release/manifests';
import { at, frame, text, until } from './frames';
import { upgraded } from './operation';

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

test('a hook that runs because something has changed says what', async () => {
  const { events } = await upgraded({});
  const started = until(events, 'hook-started');
  const because = started.map((event) => (event.kind === 'hook-started' ? { ...event, runsBecause: 'ConfigMap/settings has changed' } : event));
  expect(frame(because, 3, 100)[1]).toBe('  pre-upgrade    -10  Job/db-backup  running  3 s: ConfigMap/settings has changed');
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

test('the failure of a hook of another name does not fold away the logs of this one', async () => {
  const { events } = await upgraded({ migrate: { logs: ['one'], exitCode: 1 } });
  const end = events.at(-1)!;
  if (end.kind !== 'operation-finished') throw new Error('the last event ends the operation');
  const hook = { event: 'pre-upgrade', weight: 0, hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'other' } } as const;
  const error = new HookFailedError(hook, { kind: 'failed', cause: 'x' }, 1, { created: true, lastLines: ['else'] });
  expect(text([...events.slice(0, -1), { ...end, outcome: { ...end.outcome, error } }])).toContain('    | one');
});
