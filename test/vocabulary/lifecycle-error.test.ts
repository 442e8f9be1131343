import { LifecycleError, describeRef, messageOf } from '../../src/vocabulary';

test('an error carries its code, its remedy, its cause and the name of its class', () => {
  class LostError extends LifecycleError {}
  const cause = new Error('why');
  const error = new LostError('cluster', 'it is lost', { remedy: 'Look for it.', cause });
  expect(error).toMatchObject({ name: 'LostError', code: 'cluster', message: 'it is lost', remedy: 'Look for it.', cause });
});

test.each([
  [new Error('boom'), 'boom'],
  ['text', 'text'],
  [undefined, 'undefined'],
])('the message of %p is "%s"', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});

test('a reference reads as kubectl prints it', () => {
  expect(describeRef({ kind: 'Job', name: 'migrate' })).toBe('Job/migrate');
});
