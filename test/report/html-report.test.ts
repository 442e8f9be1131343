import { LifecycleEvent } from '../../src/lifecycle';
import { HtmlReport } from '../../src/report';
import { LifecycleError, RETRY } from '../../src/vocabulary';
import { Shop } from '../lifecycle/harness';
import { configMap, deployment, job, withMetadata } from '../release/manifests';
import { installed, upgraded } from './operation';

function page(events: readonly LifecycleEvent[], refusal?: LifecycleError): string {
  const texts: string[] = [];
  const report = new HtmlReport((text) => texts.push(text));
  for (const event of events) report.report(event);
  report.close(refusal);
  return texts.join('');
}

/** What people read in a piece of the page. */
function words(markup: string): string {
  const text = markup.replace(/<[^>]*>/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
  return text.split(/\s+/).filter(Boolean).join(' ');
}

function rows(text: string): string[] {
  return (text.match(/<li class="[^"]*">(<div class="row">.*?<\/div>|.*?<\/summary>)/g) ?? []).map(words);
}

test('a row is a hook, in Helm\'s order, with the resources where they came', async () => {
  const { events } = await installed(
    [configMap('a'), deployment('web', 'web:1'), job('late', { on: 'post-install', weight: 2 }), job('check', { on: 'post-install' }), job('schema', { on: 'pre-install', weight: -5 })],
    { check: { for: '4s' } },
    { wait: true },
  );
  expect(rows(page(events))).toEqual([
    'pre-install -5 Job/schema succeeded 2.0 s',
    'resources 2 created done 0.0 s',
    'waiting all resources ready 2.0 s',
    'post-install 0 Job/check succeeded 5.0 s',
    'post-install 2 Job/late succeeded 2.0 s',
  ]);
});

test('bars show when each hook ran within the operation', async () => {
  const { events } = await upgraded({ 'db-backup': { for: '5s' }, 'migrate': { for: '1s' } });
  const bars = [...page(events).matchAll(/title="([^"]*)"><i style="([^"]*)"/g)].map(([, when, style]) => [when, style]);
  expect(bars.slice(0, 2)).toEqual([
    ['from 0.0 s to 6.0 s', 'left:0%;width:75%'],
    ['from 6.0 s to 8.0 s', 'left:75%;width:25%'],
  ]);
});

test('why it failed and what to do stands before everything else', async () => {
  const { events } = await upgraded({ migrate: { exitCode: 1, logs: ['connecting', 'relation "users" exists'] } });
  const text = page(events);
  expect(words(/<body>([^]*)<h2>Timeline/.exec(text)![1])).toBe(
    'upgrade web: failed namespace shop: revision 1 -> 2 · 2026-01-01 00:00:00 UTC · 4.0 s '
    + 'Why it failed Hook pre-upgrade Job/migrate failed: container "main" exited 1 (after 2.0 s) The last lines it printed: connecting relation "users" exists '
    + 'Nothing was applied; revision 2 is recorded as failed, revision 1 is still the deployed one. Find the cause, then: cdk8s-lifecycle upgrade web … -n shop '
    + 'Or go on where it failed, with the same manifests: cdk8s-lifecycle upgrade web --resume -n shop (skips Job/db-backup)',
  );
  expect(text).toContain('<title>upgrade web: failed</title>');
});

test('the hook that failed is open, those that succeeded are folded, and those that never ran say so', async () => {
  const { events } = await upgraded({ 'db-backup': { exitCode: 1, logs: ['disk full'] } });
  const text = page(events);
  expect(rows(text).slice(0, 2)).toEqual(['pre-upgrade -10 Job/db-backup failed 2.0 s', 'pre-upgrade -5 Job/migrate not run']);
  expect(text.match(/<details open>/g)).toHaveLength(1);
  const other = page((await upgraded({ migrate: { logs: ['all is well'] } })).events);
  expect([other.includes('all is well'), other.includes('<details open>')]).toEqual([true, false]);
});

test('a hook that was run again has a bar for each attempt, and its log says where each ended', async () => {
  const hook = withMetadata(job('migrate', { on: 'pre-install' }), { annotations: { [RETRY]: 'attempts=2,backoff=2s' } });
  const { events } = await installed([hook], { migrate: { exitCode: 75, for: '1s', logs: ['locked'] } });
  const text = page(events);
  expect(text.match(/<i class="bad" style="[^"]*"/g)).toEqual(['<i class="bad" style="left:0%;width:33.33%"', '<i class="bad" style="left:66.67%;width:33.33%"']);
  expect(words(text)).toContain('locked [attempt 1 of 2 failed: container "main" exited 75; the next one begins in 2.0 s] locked');
});

test('waits, their remedies, warnings and what else was told are on the page', async () => {
  const { events } = await upgraded({});
  const at = '2026-01-01T00:00:01.000Z';
  const hook = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate' }, weight: -5 } as const;
  const told: LifecycleEvent[] = [
    { at, kind: 'hook-waiting', ...hook, reason: 'no node fits', remedy: 'Add one.' },
    { at, kind: 'hook-started', ...hook, runsBecause: 'its image has no digest' },
    { at, kind: 'warning', message: 'the record of revision 1 cannot be read' },
  ];
  const text = words(page([events[0], ...told, ...events.slice(1)]));
  expect(text).toContain('+1.0 s waiting: no node fits Add one.');
  expect(text).toContain('it ran: its image has no digest');
  expect(text).toContain('Warnings +1.0 s the record of revision 1 cannot be read');
  expect(text).toContain('What else was done +0.0 s revision 2 is recorded as pending-upgrade');
});

test('what takes a failed operation back stands below it', async () => {
  const hook = job('check', { on: 'post-install' });
  const { events } = await installed([configMap('a'), hook], { check: { exitCode: 1 } }, { rollbackOnFailure: true });
  expect([...page(events).matchAll(/<h1>(.*?)<\/h1>/g)].map(([, head]) => words(head))).toEqual(['install web: failed', 'uninstall web: succeeded']);
});

test('an operation that could not begin says why', () => {
  const text = words(page([], new LifecycleError('locked', 'Release "web" is held by an upgrade', { remedy: 'Wait for it.' })));
  expect(text).toMatch(/cdk8s-lifecycle: not begun Why it was not begun Release "web" is held by an upgrade Wait for it\.$/);
});

test('an operation of which the end is not known says so, and where it was', async () => {
  const { events } = await upgraded({ migrate: { logs: ['one'] } });
  const dead = events.slice(0, events.findIndex(({ kind }) => kind === 'hook-log') + 1);
  expect(words(page(dead))).toContain('upgrade web: unfinished');
  expect(rows(page(dead)).slice(1)).toEqual(['pre-upgrade -5 Job/migrate unfinished 1.5 s', 'resources 3 planned untouched']);
});

test.each([
  ['markup', '</pre><script>alert(1)</script>'],
  ['the end of an attribute', '" onmouseover="alert(1)'],
  ['an escape sequence', '\u001b[2J'],
  ['a change of the direction of text', '\u202egnp.exe'],
])('%s that a hook prints is shown, and does nothing', async (_what, line) => {
  const { events } = await upgraded({ migrate: { exitCode: 1, logs: [line] } });
  const text = page(events);
  expect(text).not.toContain(line);
  expect(text).not.toMatch(/<script| onmouseover="/);
});

test('it needs nothing but itself: no script, no request, no address', async () => {
  const { events } = await upgraded({ migrate: { exitCode: 1 } });
  const text = page(events);
  expect(text).not.toMatch(/<script|<img|<iframe|@import|url\(|https?:/);
  expect(text).toContain('content="default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;"');
});

test('nothing of a Secret is on it', async () => {
  const text = page((await upgraded({ migrate: { logs: ['password=swordfish'], exitCode: 1 } })).events);
  expect([text.includes('password='), text.includes('swordfish')]).toEqual([true, false]);
});

test('however much hooks print, the page stays small, and what failed keeps its lines', async () => {
  const shop = await Shop.open({ jobs: ({ metadata: { name } }) => ({ exitCode: name === 'hook-29' ? 1 : 0, logs: Array.from({ length: 250 }, (_, index) => `${name} ${index} ${'x'.repeat(2000)}`) }) });
  const hooks = Array.from({ length: 30 }, (_, index) => job(`hook-${index}`, { on: 'pre-install', weight: index }));
  const { events } = await shop.install([configMap('a'), ...hooks]);
  const text = page(events);
  expect(text.length).toBeLessThan(1_500_000);
  expect([text.includes('hook-29 249 x'), text.includes('50 earlier lines are left out'), text.includes('250 earlier lines are left out')]).toEqual([true, true, true]);
});

test('of thousands of resources some are listed and all are counted', async () => {
  const { events } = await installed(Array.from({ length: 600 }, (_, index) => configMap(`c${index}`)));
  const text = page(events);
  expect([rows(text), text.includes('<li>… 100 more</li>')]).toEqual([['resources 600 created done 0.0 s'], true]);
});
