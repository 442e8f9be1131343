import { JsonReporter } from '../../src/report';
import { configMap, job } from '../release/manifests';
import { installed, linesOf, upgraded } from './operation';

const json = (write: (line: string) => void) => new JsonReporter(write);
const parse = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

test('every event is a line of JSON', async () => {
  const { events } = await upgraded({ migrate: { logs: ['two\nlines', '\u001b'] } });
  const lines = linesOf(json, events);
  expect(parse(lines)).toEqual(events);
  expect(lines.join('')).not.toMatch(/[\n\u001b]/); // eslint-disable-line no-control-regex
});

test('a failure carries its code, its message and what the hook printed last', async () => {
  const { events } = await upgraded({ migrate: { exitCode: 1, logs: ['oh'] } });
  expect(parse(linesOf(json, events)).at(-1)).toEqual({
    at: '2026-01-01T00:00:04.000Z',
    kind: 'operation-finished',
    milliseconds: 4000,
    outcome: {
      operation: 'upgrade',
      release: 'web',
      namespace: 'shop',
      revision: 2,
      status: 'failed',
      error: { code: 'hook-failed', message: 'Hook pre-upgrade Job/migrate failed: container "main" exited 1 (after 2.0 s)', lastLines: ['oh'] },
      resume: { skips: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'db-backup' }] },
    },
  });
});

test('what failed after the failure stands beside it', async () => {
  const hooks = [job('check', { on: 'post-install' }), job('tell', { on: 'on-failure' })];
  const { events } = await installed([configMap('a'), ...hooks], { check: { exitCode: 1 }, tell: { exitCode: 2, logs: ['no answer'] } });
  expect(parse(linesOf(json, events)).at(-1)).toMatchObject({
    outcome: {
      error: { code: 'hook-failed', message: expect.stringContaining('Job/check failed'), lastLines: [] },
      alsoFailed: [{ code: 'hook-failed', message: expect.stringContaining('Job/tell failed'), lastLines: ['no answer'] }],
    },
  });
});

test('no line holds anything of a Secret', async () => {
  const { events } = await upgraded({});
  const text = linesOf(json, events).join('\n');
  expect(text).toContain('password');
  expect(text).not.toContain('swordfish');
});
