import { HOOK_EVENTS, hookEvent } from '../../src/vocabulary';

test.each([
  ...HOOK_EVENTS.map((event) => [event, event] as const),
  ['test-success', 'test'],
  ['test-failure', undefined],
  ['crd-install', undefined],
  ['Pre-Install', undefined],
  ['', undefined],
  ['constructor', undefined],
] as const)('the word "%s" names the event %s', (word, event) => {
  expect(hookEvent(word)).toBe(event);
});
