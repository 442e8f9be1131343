import { HookIdentity, LifecycleEvent } from '../../src/lifecycle';
import { liveState } from '../../src/report/live-state';
import { Timeline, TimelineOperation } from '../../src/report/timeline';
import { configMap, job } from '../release/manifests';
import { installed, upgraded } from './operation';

function timeline(events: readonly LifecycleEvent[]): readonly TimelineOperation[] {
  const gathered = new Timeline();
  for (const event of events) gathered.report(event);
  return gathered.operations;
}

const at = (seconds: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1000).toISOString();
const MIGRATE: HookIdentity = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate' }, weight: -5 };

test('what comes before the plan belongs to the operation that it is of, and to its time', async () => {
  const { events } = await upgraded({});
  const [operation, ...others] = timeline([{ at: at(-7), kind: 'lock-waiting', by: 'an upgrade on host a' }, ...events]);
  expect(others).toEqual([]);
  expect([operation.notes[0].text, operation.until - operation.since]).toEqual(['waiting for the release, which is held by an upgrade on host a', 11_000]);
  expect(operation.before.map(({ hook }) => hook.name)).toEqual(['db-backup', 'migrate']);
});

test('a hook that is not in the plan, left from an operation that died, stands before those of the plan', async () => {
  const { events } = await upgraded({});
  const left: HookIdentity = { ...MIGRATE, hook: { ...MIGRATE.hook, name: 'left' } };
  const [operation] = timeline([{ at: at(-2), kind: 'hook-waiting', ...left, reason: 'it is being stopped' }, ...events]);
  expect(operation.before.map(({ hook }) => hook.name)).toEqual(['left', 'db-backup', 'migrate']);
});

test('a hook for a failure comes into the picture when it runs, behind those of the plan', async () => {
  const objects = [configMap('a'), job('check', { on: 'post-install' }), job('tell', { on: 'on-failure' })];
  for (const [exitCode, seen] of [[0, ['check']], [1, ['check', 'tell']]] as const) {
    const { events } = await installed(objects, { check: { exitCode } });
    const [{ before, after }] = timeline(events);
    const live = events.reduce(liveState, []).at(-1)!;
    expect([before, after, live.before, live.after].map((hooks) => hooks.map(({ hook }) => hook.name))).toEqual([[], seen, [], seen]);
  }
});

test('each operation of a stream is one of its own', async () => {
  const { events } = await installed([configMap('a'), job('check', { on: 'post-install' })], { check: { exitCode: 1 } }, { rollbackOnFailure: true });
  expect(timeline(events).map(({ plan, end }) => [plan?.operation, end?.outcome.status])).toEqual([['install', 'failed'], ['uninstall', 'succeeded']]);
});

test('resources are waited for from the first time that this is told until they are ready', async () => {
  const { events } = await upgraded({});
  const resource = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const told: LifecycleEvent[] = [
    { at: at(4), kind: 'resources-waiting', waiting: [{ resource, reason: '0 of 1 available' }] },
    { at: at(9), kind: 'warning', message: 'the registry is slow' },
  ];
  const [unready] = timeline([...events.slice(0, -1), ...told]);
  expect([unready.waiting, unready.unready]).toEqual([{ since: Date.parse(at(4)), until: Date.parse(at(9)) }, [{ resource, reason: '0 of 1 available' }]]);
  const [ready] = timeline([...events.slice(0, -1), ...told, { at: at(12), kind: 'resources-ready', milliseconds: 8000 }]);
  expect([ready.waiting, ready.unready]).toEqual([{ since: Date.parse(at(4)), until: Date.parse(at(12)) }, []]);
});

test('attempts are stretches of their own, and the one that runs has no end yet', () => {
  const verdict = { kind: 'failed', cause: 'container "main" exited 75' } as const;
  const [{ before: [hook] }] = timeline([
    { at: at(0), kind: 'hook-started', ...MIGRATE },
    { at: at(2), kind: 'hook-retried', ...MIGRATE, attempt: 1, attempts: 3, verdict, milliseconds: 2000, pauseSeconds: 1 },
    { at: at(3), kind: 'hook-started', ...MIGRATE, attempt: 2 },
  ]);
  const attempts = hook.attempts.map(({ since, until, failed }) => [new Date(since).toISOString(), until - since, failed]);
  expect(attempts).toEqual([[at(0), 2000, true], [at(3), 0, false]]);
  expect(hook.end).toBeUndefined();
});

test('of a line a thousand characters are kept', () => {
  const [{ before: [hook] }] = timeline([{ at: at(0), kind: 'hook-log', ...MIGRATE, pod: 'migrate-x', container: 'main', line: 'x'.repeat(5000) }]);
  expect(hook.lines.map(({ length }) => length)).toEqual([1000]);
});

test('a hook that prints much among many others is gathered in a moment', () => {
  const gathered = new Timeline();
  for (let index = 0; index < 1000; index++) gathered.report({ at: at(0), kind: 'hook-started', ...MIGRATE, hook: { ...MIGRATE.hook, name: `hook-${index}` } });
  const started = performance.now();
  const line: LifecycleEvent = { at: at(1), kind: 'hook-log', ...MIGRATE, hook: { ...MIGRATE.hook, name: 'hook-999' }, pod: 'a', container: 'main', line: 'x' };
  for (let index = 0; index < 100_000; index++) gathered.report(line);
  expect(performance.now() - started).toBeLessThan(5000);
});
