import { HookEvent } from '../../src/hooks';
import { HOOK_EVENTS } from '../../src/vocabulary';

test('there is a name for every event that Helm knows, and for no other', () => {
  expect(Object.values(HookEvent)).toEqual([...HOOK_EVENTS]);
});
