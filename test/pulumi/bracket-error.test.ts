import { HookFailedError, HookIdentity } from '../../src/lifecycle';
import { BracketError, PartialBracketError, failureText } from '../../src/pulumi/bracket-error';
import { LifecycleError } from '../../src/vocabulary';

const HOOK: HookIdentity = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' }, weight: 0 };
const VERDICT = { kind: 'failed', cause: 'container "main" exited 1', remedy: 'Mend it.' } as const;

test('a hook that has failed is said with its last lines, what to do, and what became of the release', () => {
  const error = new HookFailedError(HOOK, VERDICT, 12_300, { created: true, lastLines: ['ALTER TABLE', 'no such column'] });
  expect(failureText(error, 'Nothing was changed.').split('\n')).toEqual([
    'Hook pre-upgrade Job/migrate failed: container "main" exited 1 (after 12.3 s)',
    'The last lines it printed:',
    '  ALTER TABLE',
    '  no such column',
    'Mend it.',
    'Nothing was changed.',
  ]);
});

test.each([
  ['a hook that printed nothing', new HookFailedError(HOOK, { kind: 'interrupted' }, 1000, { created: true, lastLines: [] }), ['Hook pre-upgrade Job/migrate interrupted (after 1.0 s)']],
  ['another error with a remedy', new LifecycleError('refused', 'It is held', { remedy: 'Wait.' }), ['It is held', 'Wait.']],
  ['another error without one', new LifecycleError('refused', 'It is held'), ['It is held']],
  ['any error', new Error('odd'), ['odd']],
])('%s is said in short', (_, error, lines) => {
  expect(failureText(error, 'After.').split('\n')).toEqual([...lines, 'After.']);
});

test('what a hook printed cannot move the cursor of the terminal that shows it', () => {
  const error = new HookFailedError(HOOK, VERDICT, 0, { created: true, lastLines: ['\u001b[2Jgone\r'] });
  expect(failureText(error, 'After.')).toContain('\n  \\x1b[2Jgone\\x0d\n');
});

test('an error that keeps nothing has no ID, one that keeps something has what the dynamic provider looks for', () => {
  const cause = new LifecycleError('refused', 'It is held');
  const plain = new BracketError(cause, 'After.');
  expect([plain.cause, 'id' in plain]).toEqual([cause, false]);
  const partial = new PartialBracketError(cause, 'After.', { id: 'i', properties: { pending: 'pre-install' } });
  expect(partial).toMatchObject({ message: 'It is held\nAfter.', id: 'i', properties: { pending: 'pre-install' }, reasons: ['It is held\nAfter.'], cause });
});
