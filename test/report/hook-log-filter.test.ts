import { LifecycleEvent } from '../../src/lifecycle';
import { HookLogMode, filterHookLogs } from '../../src/report';
import { storyOf } from '../lifecycle/harness';
import { job, withMetadata } from '../release/manifests';
import { installed } from './operation';

function filtered(mode: HookLogMode, events: readonly LifecycleEvent[]): LifecycleEvent[] {
  const passed: LifecycleEvent[] = [];
  const report = filterHookLogs(mode, (event) => passed.push(event));
  events.forEach(report);
  return passed;
}

const hooks = (logs?: string) => [job('good', { on: 'pre-install', weight: -1, logs }), job('bad', { on: 'pre-install', logs })];
const JOBS = { good: { logs: ['well'] }, bad: { logs: ['oh', 'no'], exitCode: 1 } };
const told = async (mode: HookLogMode, logs?: string) => storyOf(filtered(mode, (await installed(hooks(logs), JOBS)).events)).filter((line) => /finished|succeeded|failed|\|/.test(line));

test('all lines are told as they come', async () => {
  expect(await told('all')).toEqual(['pre-install good | well', 'pre-install good succeeded', 'pre-install bad | oh', 'pre-install bad | no', 'pre-install bad failed', 'record 1 failed']);
});

test('or none of them', async () => {
  expect(await told('none', 'hook-succeeded,hook-failed')).toEqual(['pre-install good succeeded', 'pre-install bad failed', 'record 1 failed']);
});

test.each<[string | undefined, string[]]>([
  [undefined, ['pre-install good succeeded', 'pre-install bad failed']],
  ['hook-succeeded', ['pre-install good succeeded', 'pre-install good | well', 'pre-install bad failed']],
  ['hook-failed', ['pre-install good succeeded', 'pre-install bad failed', 'pre-install bad | oh', 'pre-install bad | no']],
  ['hook-failed,hook-succeeded', ['pre-install good succeeded', 'pre-install good | well', 'pre-install bad failed', 'pre-install bad | oh', 'pre-install bad | no']],
])('or, as helm does, after the end of a hook those that its policy %p asks for', async (policy, expected) => {
  expect(await told('policy', policy)).toEqual([...expected, 'record 1 failed']);
});

test('a hook of two events has lines of its own for each', async () => {
  const twice = job('m', { on: 'pre-install,post-install', logs: 'hook-succeeded' });
  const { events } = await installed([twice], { m: { logs: ['x'] } });
  expect(storyOf(filtered('policy', events)).filter((line) => line.includes('|'))).toEqual(['pre-install m | x', 'post-install m | x']);
});

test('of very many lines the last are kept, and it is told that there were more', async () => {
  const { events } = await installed([job('m', { on: 'pre-install', logs: 'hook-succeeded' })], { m: { logs: ['a line'] } });
  const many = events.flatMap((event): LifecycleEvent[] => {
    return event.kind === 'hook-log' ? Array.from({ length: 10_002 }, (_, index) => ({ ...event, line: `${index}` })) : [event];
  });
  const passed = storyOf(filtered('policy', many));
  const first = passed.indexOf('warning 2 lines of Job/m are left out; only the last 10000 were kept');
  expect([passed[first - 1], passed[first + 1], passed.filter((line) => line.includes('|')).length]).toEqual(['pre-install m succeeded', 'pre-install m | 2', 10_000]);
});

test('the lines of a failed attempt follow it, those of a hook that succeeded do not where only failures are asked for', async () => {
  const uids = new Set<string>();
  const flaky = withMetadata(job('m', { on: 'pre-install', logs: 'hook-failed' }), { annotations: { 'cdk8s-lifecycle/retry': 'attempts=2' } });
  const { events } = await installed([flaky], ({ metadata: { uid } }) => (uids.add(uid!).size > 1 ? { logs: ['well'] } : { logs: ['oh'], exitCode: 1 }));
  expect(storyOf(filtered('policy', events)).slice(1, -1)).toEqual([
    'pre-install m started', 'pre-install m attempt 1 of 2 failed, pause 1 s', 'pre-install m | oh', 'pre-install m started (attempt 2)', 'pre-install m succeeded',
  ]);
});
