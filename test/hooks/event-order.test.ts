import { EventOrder, eventOrder } from '../../src/hooks/event-order';
import { HookEventName } from '../../src/vocabulary';

const cases: readonly (readonly [HookEventName[], HookEventName[], EventOrder])[] = [
  [['pre-upgrade'], ['pre-upgrade'], 'shared'],
  [['post-install', 'pre-upgrade'], ['pre-upgrade', 'pre-delete'], 'shared'],
  [['test'], ['test'], 'shared'],
  [['post-install'], ['pre-install'], 'given'],
  [['post-upgrade', 'post-install'], ['pre-upgrade'], 'given'],
  [['post-rollback'], ['pre-rollback'], 'given'],
  [['post-delete'], ['pre-delete'], 'given'],
  [['on-failure'], ['pre-upgrade'], 'given'],
  [['on-failure'], ['post-delete'], 'given'],
  [['on-failure'], ['on-failure'], 'shared'],
  [['on-failure'], ['test'], 'never'],
  [['pre-upgrade'], ['on-failure'], 'never'],
  [['pre-install'], ['post-install'], 'never'],
  [['post-install'], ['pre-upgrade'], 'never'],
  [['test'], ['post-install'], 'never'],
  [[], ['pre-upgrade'], 'never'],
];

test.each(cases)('a hook of %j after one of %j: %s', (later, earlier, expected) => {
  expect(eventOrder(later, earlier)).toBe(expected);
});
