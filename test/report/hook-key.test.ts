import { HookIdentity } from '../../src/lifecycle';
import { hookKey } from '../../src/report/hook-key';

const HOOK: HookIdentity = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'migrate' }, weight: -5 };

test.each<[string, HookIdentity]>([
  ['event', { ...HOOK, event: 'post-upgrade' }],
  ['kind', { ...HOOK, hook: { ...HOOK.hook, kind: 'Pod' } }],
  ['namespace', { ...HOOK, hook: { ...HOOK.hook, namespace: undefined } }],
  ['name', { ...HOOK, hook: { ...HOOK.hook, name: 'seed' } }],
])('hooks of another %s are told apart', (_, other) => {
  expect(hookKey(other)).not.toBe(hookKey(HOOK));
});

test('events of one hook have the same key, whatever else they tell', () => {
  expect(hookKey({ ...HOOK, weight: 7, hook: { ...HOOK.hook, apiVersion: 'batch/v2' } })).toBe(hookKey(HOOK));
});
