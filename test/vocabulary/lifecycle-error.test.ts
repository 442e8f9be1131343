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
  [new Error(''), 'Error'],
  [new AggregateError([new Error('connect ECONNREFUSED ::1:6443'), new Error('connect ECONNREFUSED 127.0.0.1:6443')], ''), 'connect ECONNREFUSED ::1:6443; connect ECONNREFUSED 127.0.0.1:6443'],
  [{ message: 'from another realm' }, 'from another realm'],
  [undefined, 'undefined'],
])('the message of %p is "%s"', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});

test('a reference reads as kubectl prints it', () => {
  expect(describeRef({ kind: 'Job', name: 'migrate' })).toBe('Job/migrate');
});
