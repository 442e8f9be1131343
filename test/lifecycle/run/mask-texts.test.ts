import { ClusterError } from '../../../src/cluster';
import { HookFailedError } from '../../../src/lifecycle';
import { maskTexts } from '../../../src/lifecycle/run/mask-texts';

const mask = (text: string) => text.replaceAll('swordfish', '***');
const HOOK = { event: 'pre-install', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'swordfish' }, weight: 0 } as const;

test('every text is masked, however deep, but not what names an object', () => {
  const event = { kind: 'resources-waiting', waiting: [{ resource: HOOK.hook, reason: 'needs swordfish' }], unheardOf: { of: ['swordfish', 1, null, undefined, true] } };
  expect(maskTexts(event, mask)).toEqual({
    kind: 'resources-waiting', waiting: [{ resource: HOOK.hook, reason: 'needs ***' }], unheardOf: { of: ['***', 1, null, undefined, true] },
  });
});

test('an error stays what it is, without what its texts give away', () => {
  const error = new HookFailedError(HOOK, { kind: 'failed', cause: 'it says swordfish' }, 1000, { created: true, lastLines: ['swordfish!'] });
  const masked = maskTexts(error, mask);
  expect(masked).toBeInstanceOf(HookFailedError);
  expect(masked).toMatchObject({
    name: 'HookFailedError',
    code: 'hook-failed',
    hook: HOOK,
    lastLines: ['***!'],
    message: 'Hook pre-install Job/*** failed: it says *** (after 1.0 s)',
    verdict: { kind: 'failed', cause: 'it says ***' },
  });
  expect(masked.stack).not.toContain('swordfish');
  expect(error.lastLines).toEqual(['swordfish!']);
});

test('so are its causes, even where they go in a circle', () => {
  const cause: Error & { cause?: unknown } = new Error('swordfish');
  const error = new ClusterError('other', { verb: 'create', target: 'Secret/a' }, 'swordfish', { cause });
  cause.cause = error;
  const masked = maskTexts(error, mask);
  expect(masked).toBeInstanceOf(ClusterError);
  expect(masked.cause).toMatchObject({ message: '***' });
  expect((masked.cause as Error).cause).toBe(masked);
});

test('data that goes in a circle, and what is no data, is no trouble', () => {
  const circle: Record<string, unknown> = { text: 'swordfish', when: new Date(0) };
  circle.self = circle;
  const masked = maskTexts(circle, mask);
  expect([masked.text, masked.self === masked, masked.when]).toEqual(['***', true, new Date(0)]);
});
