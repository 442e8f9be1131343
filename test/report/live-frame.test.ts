import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { Shop } from '../lifecycle/harness';
import { configMap, deployment, job, withMetadata } from '../release/manifests';
import { frame, text, until } from './frames';
import { upgraded } from './operation';

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
