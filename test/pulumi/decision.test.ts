import { BracketInputs, BracketState } from '../../src/pulumi/bracket-state';
import { changeOf, historyAfter, isReturn, openingEvent } from '../../src/pulumi/decision';
import { inputsOf } from './bracket-stack';

const INPUTS: BracketInputs = {
  ...inputsOf('2'), side: 'closing', self: 'urn:closing', trigger: { build: 5 }, opening: 'o1', openRun: 'r1', openEvent: 'pre-upgrade',
};
const STATE: BracketState = { ...INPUTS, schemaVersion: 1, runId: 'r1', event: 'post-upgrade', revision: 2, history: ['1'], ran: [] };

/** What comes of a change of each input; an input that is missing here does not compile. */
const CHANGES: Readonly<Record<keyof Omit<BracketInputs, 'side' | 'dryRun'>, readonly [unknown, 'run' | 'keep' | 'none']>> = {
  digest: ['3', 'run'],
  trigger: [{ build: 6 }, 'run'],
  openRun: ['r2', 'run'],
  openEvent: ['pre-rollback', 'none'],
  opening: ['o2', 'keep'],
  release: ['other', 'keep'],
  namespace: ['other', 'keep'],
  self: ['urn:other', 'keep'],
  holder: ['urn:other', 'keep'],
  hooks: [[], 'keep'],
  plan: [{}, 'keep'],
  resources: [[], 'keep'],
  secretValues: [['s'], 'keep'],
  connection: [{ context: 'other' }, 'keep'],
  settings: [{ ...INPUTS.settings, timeoutSeconds: 60 }, 'keep'],
};

test.each(Object.entries(CHANGES))('a change of %s to %j', (key, [value, change]) => {
  expect(changeOf(STATE, { ...INPUTS, [key]: value })).toBe(change);
});

test.each<[string, Partial<BracketState>, Partial<BracketInputs>, string]>([
  ['nothing', {}, {}, 'none'],
  ['nothing, but hooks have yet to succeed', { pending: 'post-upgrade' }, {}, 'run'],
  ['nothing, and what Pulumi makes of no hooks to succeed', { pending: null as never }, {}, 'none'],
  ['a trigger that was none', { trigger: undefined }, {}, 'run'],
  ['a trigger that is none any more', {}, { trigger: undefined }, 'run'],
  ['what Pulumi makes of no trigger', { trigger: null }, { trigger: undefined }, 'none'],
  ['the same in another order of fields', {}, { settings: Object.fromEntries(Object.entries(INPUTS.settings).reverse()) as never }, 'none'],
])('%s has changed', (_, olds, news, change) => {
  expect(changeOf({ ...STATE, ...olds }, { ...INPUTS, ...news })).toBe(change);
});

const NEVER = { ...INPUTS.settings, rollback: 'never' } as const;

test.each([
  ['what was deployed before', STATE, '1', INPUTS.settings, true],
  ['what was deployed before, where that is no rollback', STATE, '1', NEVER, false],
  ['what is deployed', STATE, '2', INPUTS.settings, false],
  ['what is deployed, and was before', { ...STATE, history: ['2', '1'] }, '2', INPUTS.settings, false],
  ['what was never deployed', STATE, '3', INPUTS.settings, false],
  ['the first', undefined, '1', INPUTS.settings, false],
])('a change to %s', (_, olds, digest, settings, goesBack) => {
  expect(isReturn(olds, { digest, settings })).toBe(goesBack);
});

test.each([
  [undefined, false, 'pre-install'],
  [undefined, true, 'pre-install'],
  [{ installed: false }, false, 'pre-install'],
  [{ installed: false }, true, 'pre-install'],
  [{ installed: true }, false, 'pre-upgrade'],
  [{ installed: true }, true, 'pre-rollback'],
] as const)('with claim %j, back: %p, a change begins with %s', (claim, goesBack, event) => {
  expect(openingEvent(claim, goesBack)).toBe(event);
});

test.each([
  ['the first', undefined, '1', []],
  ['a change', { ...STATE, history: ['0', '1'] }, '3', ['0', '1', '2']],
  ['the same', { ...STATE, history: ['0', '1'] }, '2', ['0', '1']],
  ['back, which forgets what came after', { ...STATE, history: ['0', '1'] }, '0', []],
  ['back by one', { ...STATE, history: ['0', '1'] }, '1', ['0']],
  ['the eleventh change, of which ten are kept', { ...STATE, history: [...'abcdefghij'] }, '3', [...'bcdefghij', '2']],
])('what was deployed before %s', (_, olds, digest, history) => {
  expect(historyAfter(olds, digest)).toEqual(history);
});
