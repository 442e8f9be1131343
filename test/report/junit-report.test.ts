import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LifecycleEvent } from '../../src/lifecycle';
import { JunitReport } from '../../src/report';
import { LifecycleError } from '../../src/vocabulary';
import { configMap, job } from '../release/manifests';
import { installed, upgraded } from './operation';

function junit(events: readonly LifecycleEvent[], refusal?: LifecycleError): string[] {
  const texts: string[] = [];
  const report = new JunitReport((text) => texts.push(text));
  for (const event of events) report.report(event);
  report.close(refusal);
  return texts.join('').split('\n');
}

/** The test cases, and why they have not passed. */
function casesIn(lines: readonly string[]): string[] {
  return lines.filter((line) => /^ *<(testcase|failure|error|skipped) /.test(line)).map((line) => line.trim());
}

test('a suite is an event, and a case is a hook with the time that it took and what it printed', async () => {
  const { events } = await upgraded({ migrate: { logs: ['done'], for: '2s' } });
  expect(junit(events)).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="upgrade web" tests="2" failures="0" errors="0" skipped="0" time="5.000">',
    '  <testsuite name="pre-upgrade" tests="2" failures="0" errors="0" skipped="0" time="5.000" timestamp="2026-01-01T00:00:00.000Z">',
    '    <properties>',
    '      <property name="operation" value="upgrade"/>',
    '      <property name="release" value="web"/>',
    '      <property name="namespace" value="shop"/>',
    '      <property name="revision" value="2"/>',
    '    </properties>',
    '    <testcase classname="pre-upgrade" name="Job/db-backup" time="2.000"/>',
    '    <testcase classname="pre-upgrade" name="Job/migrate" time="3.000">',
    '      <system-out>done</system-out>',
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ]);
});

test('a suite has the moment at which its first hook began', async () => {
  const hooks = [job('schema', { on: 'pre-install' }), job('check', { on: 'post-install' })];
  const { events } = await installed([configMap('a'), ...hooks], { schema: { for: '4s' } });
  const moments = [...junit(events).join('\n').matchAll(/<testsuite name="([^"]*)".* timestamp="([^"]*)"/g)].map(([, name, at]) => [name, at]);
  expect(moments).toEqual([['pre-install', '2026-01-01T00:00:00.000Z'], ['post-install', '2026-01-01T00:00:05.000Z']]);
});

test('a hook that failed says why, what it printed last and what to do, and the hooks after it are skipped', async () => {
  const { events } = await upgraded({ 'db-backup': { exitCode: 1, logs: ['disk <full> & "done"'] } });
  expect(junit(events).slice(9, -3)).toEqual([
    '    <testcase classname="pre-upgrade" name="Job/db-backup" time="2.000">',
    '      <failure message="failed: container &quot;main&quot; exited 1" type="failed">Hook pre-upgrade Job/db-backup failed: container &quot;main&quot; exited 1 (after 2.0 s)',
    'The last lines it printed:',
    '  disk &lt;full&gt; &amp; &quot;done&quot;',
    'Nothing was applied; revision 2 is recorded as failed, revision 1 is still the deployed one.',
    'Find the cause, then: cdk8s-lifecycle upgrade web … -n shop</failure>',
    '      <system-out>disk &lt;full&gt; &amp; &quot;done&quot;</system-out>',
    '    </testcase>',
    '    <testcase classname="pre-upgrade" name="Job/migrate" time="0.000">',
    '      <skipped message="not run: the operation ended before it"/>',
    '    </testcase>',
  ]);
});

test('a hook that was not over in time is a failure of that type', async () => {
  const { events } = await upgraded({ migrate: { for: '10m' } }, { timeoutSeconds: 60 });
  expect(casesIn(junit(events)).at(-1)).toMatch(/^<failure message="timed out after 60 s" type="timed-out">/);
});

test('a hook that failed after a failure is a failure of its own, and that of the operation tells of it, too', async () => {
  const hooks = [job('check', { on: 'post-install' }), job('tell', { on: 'on-failure' })];
  const { events } = await installed([configMap('a'), ...hooks], { check: { exitCode: 1 }, tell: { exitCode: 2 } });
  const cases = junit(events);
  expect(casesIn(cases)).toEqual([
    '<testcase classname="post-install" name="Job/check" time="2.000">', expect.stringMatching(/^<failure message="failed: container &quot;main&quot; exited 1"/),
    '<testcase classname="on-failure" name="Job/tell" time="2.000">', expect.stringMatching(/^<failure message="failed: container &quot;main&quot; exited 2"/),
  ]);
  expect(cases).toContain('After that: Hook on-failure Job/tell failed: container &quot;main&quot; exited 2 (after 2.0 s)');
});

test('an operation that was stopped is an error, not a failure', async () => {
  const stop = new AbortController();
  stop.abort();
  const { events } = await upgraded({}, { interrupt: stop.signal });
  const [, head] = junit(events);
  expect(head).toMatch(/ failures="0" errors="1" skipped="2" /);
  expect(casesIn(junit(events)).at(-1)).toMatch(/^<error message="The operation was interrupted" type="interrupted">/);
});

test('a failure that is no hook\'s is a case of its own, so that no report of a failure is green', async () => {
  const { events } = await upgraded({ migrate: {} }, { interrupt: undefined });
  const failed = events.map((event): LifecycleEvent => (event.kind === 'operation-finished'
    ? { ...event, outcome: { ...event.outcome, status: 'failed', error: new LifecycleError('apply-failed', 'Deployment/web: the server said no', { remedy: 'Ask it.' }) } }
    : event));
  expect(casesIn(junit(failed)).slice(-2)).toEqual([
    '<testcase classname="upgrade" name="upgrade web" time="4.000">',
    '<failure message="Deployment/web: the server said no" type="apply-failed">Deployment/web: the server said no',
  ]);
});

test('an operation without hooks is a case itself, for a report without one says nothing', async () => {
  const { events } = await installed([configMap('a')]);
  expect(casesIn(junit(events))).toEqual(['<testcase classname="install" name="install web" time="0.000"/>']);
});

test('what takes a failed operation back has suites of its own', async () => {
  const hook = job('check', { on: 'post-install,pre-delete' });
  const { events } = await installed([configMap('a'), hook], { check: { exitCode: 1 } }, { rollbackOnFailure: true });
  const suites = junit(events).filter((line) => /^ *<testsuites? /.test(line)).map((line) => / name="([^"]*)"/.exec(line)![1]);
  expect(suites).toEqual(['install web, uninstall web', 'post-install', 'pre-delete']);
});

test('an operation that could not begin is an error with the reason', () => {
  const refusal = new LifecycleError('locked', 'Release "web" is held by an upgrade', { remedy: 'Wait for it.' });
  expect(junit([], refusal)).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="cdk8s-lifecycle" tests="1" failures="0" errors="1" skipped="0" time="0.000">',
    '  <testsuite name="operation" tests="1" failures="0" errors="1" skipped="0" time="0.000">',
    '    <testcase classname="operation" name="before the operation" time="0.000">',
    '      <error message="Release &quot;web&quot; is held by an upgrade" type="locked">Release &quot;web&quot; is held by an upgrade',
    'Wait for it.</error>',
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ]);
});

test('a hook that counts as done without being run says why', async () => {
  const { events } = await upgraded({});
  const [first, ...rest] = events;
  const hook = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'db-backup' }, weight: -10 } as const;
  const told = rest.filter((event) => !(event.kind.startsWith('hook-') && 'hook' in event && event.hook.name === 'db-backup'));
  expect(casesIn(junit([first, { at: first.at, kind: 'hook-skipped', ...hook, reason: 'it has succeeded' }, ...told])).slice(0, 2)).toEqual([
    '<testcase classname="pre-upgrade" name="Job/db-backup" time="0.000">',
    '<skipped message="skipped: it has succeeded"/>',
  ]);
});

test('an operation that was stopped while a hook ran is told as that of the hook, once', async () => {
  const { events } = await upgraded({});
  const stopped = events.flatMap((event): LifecycleEvent[] => {
    if (event.kind === 'hook-finished' && event.hook.name === 'migrate') return [{ ...event, verdict: { kind: 'interrupted' } }];
    if (event.kind !== 'operation-finished') return [event];
    return [{ ...event, outcome: { ...event.outcome, status: 'interrupted', error: new LifecycleError('interrupted', 'The operation was interrupted') } }];
  });
  expect(junit(stopped).slice(10, -4)).toEqual([
    '    <testcase classname="pre-upgrade" name="Job/migrate" time="2.000">',
    '      <error message="interrupted" type="interrupted">The operation was interrupted',
    'Resources of revision 2 were applied; revision 2 is recorded as failed, revision 1 is still the deployed one.',
    'Find the cause, then: cdk8s-lifecycle upgrade web … -n shop, or go back: cdk8s-lifecycle rollback web 1 -n shop</error>',
  ]);
});

test('a hook that nobody saw end is an error', async () => {
  const { events } = await upgraded({ migrate: { logs: ['one'] } });
  const dead = events.slice(0, events.findIndex(({ kind }) => kind === 'hook-log') + 1);
  expect(casesIn(junit(dead)).slice(-2)).toEqual([
    '<testcase classname="pre-upgrade" name="Job/migrate" time="1.500">',
    '<error message="not seen to end" type="unfinished">It was not seen to end: the process that ran it died.</error>',
  ]);
});

test.each([
  ['an escape sequence', '\u001b[2J', '\\x1b[2J'],
  ['NUL, which XML cannot hold', 'a\0b', 'a\\x00b'],
  ['the end of a section', ']]>', ']]&gt;'],
  ['half of a character', 'a\ud83d', 'a\ufffd'],
  ['an emoji', 'a😀', 'a😀'],
])('%s in a log does not break the document', async (_what, line, written) => {
  const { events } = await upgraded({ migrate: { logs: [line] } });
  expect(junit(events)).toContain(`      <system-out>${written}</system-out>`);
});

test('of a log the last 200 lines are kept, and it says how many are not', async () => {
  const { events } = await upgraded({ migrate: { logs: Array.from({ length: 250 }, (_, index) => `line ${index}`) } });
  const lines = junit(events);
  const begin = lines.findIndex((line) => line.includes('<system-out>'));
  expect([lines[begin], lines[begin + 1], lines[begin + 200]]).toEqual(['      <system-out>(50 earlier lines are left out)', 'line 50', 'line 249</system-out>']);
});

test('the report in the guide is a real one', async () => {
  const guide = readFileSync(resolve(__dirname, '../../docs/runner.md'), 'utf8');
  const { events } = await upgraded({ migrate: { exitCode: 1, logs: ['applying 002-orders.sql', 'ERROR: relation "orders" already exists'] } });
  expect(/```xml\n([^]*?)```/.exec(guide)?.[1].split('\n')).toEqual(junit(events));
});
