import { HOOK, HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, HOOK_WEIGHT, readDeletePolicies, readEvents, readOutputLogPolicies, readWeight, words } from '../../src/vocabulary';

test.each([
  [undefined, []],
  ['', ['']],
  ['a,b', ['a', 'b']],
  [' A , b\t,', ['a', 'b', '']],
])('the words of %j are %j', (value, expected) => {
  expect(words(value)).toEqual(expected);
});

test.each([
  ['pre-install', ['pre-install'], []],
  ['post-delete, post-install', ['post-delete', 'post-install'], []],
  ['  Pre-Upgrade,POST-UPGRADE ', ['pre-upgrade', 'post-upgrade'], []],
  ['pre-install,pre-install', ['pre-install', 'pre-install'], []],
  ['test-success', ['test'], []],
  ['pre-install,no-such-hook', ['pre-install'], ['no-such-hook']],
  ['pre-install,', ['pre-install'], ['']],
  ['', [], ['']],
])('the events of "%s" are %j, and nobody knows %j', (value, known, unknown) => {
  expect(readEvents({ [HOOK]: value })).toEqual({ known, unknown });
});

test('an object without the annotation has no events', () => {
  expect(readEvents({})).toEqual({ known: [], unknown: [] });
});

test.each([
  ['before-hook-creation', ['before-hook-creation'], []],
  ['Hook-Succeeded , hook-failed', ['hook-succeeded', 'hook-failed'], []],
  ['never', [], ['never']],
  ['', [], ['']],
])('the delete policies of "%s" are %j, and nobody knows %j', (value, known, unknown) => {
  expect(readDeletePolicies({ [HOOK_DELETE_POLICY]: value })).toEqual({ known, unknown });
});

test.each([
  ['hook-succeeded,hook-failed', ['hook-succeeded', 'hook-failed'], []],
  ['before-hook-creation', [], ['before-hook-creation']],
])('the log policies of "%s" are %j, and nobody knows %j', (value, known, unknown) => {
  expect(readOutputLogPolicies({ [HOOK_OUTPUT_LOG_POLICY]: value })).toEqual({ known, unknown });
});

test.each([
  ['0', 0],
  ['5', 5],
  ['-5', -5],
  ['+3', 3],
  ['-007', -7],
  ['-0', 0],
  ['9007199254740991', 9007199254740991],
])('the weight "%s" is %d', (value, weight) => {
  expect(readWeight({ [HOOK_WEIGHT]: value })).toBe(weight);
});

test.each(['', ' -5', '5 ', '1.5', '-1.5', '-2,-1', '0x10', '1e3', '1_000', '--1', '+', '٣', '9007199254740993', '99999999999999999999', '5\n'])(
  'the weight %j is no integer',
  (value) => {
    expect(readWeight({ [HOOK_WEIGHT]: value })).toBeUndefined();
  },
);

test('a hook without a weight has the weight 0', () => {
  expect(readWeight({})).toBe(0);
});
