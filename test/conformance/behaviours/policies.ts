import { Behaviour, Manifest } from '../behaviour';
import { hook, note } from '../manifests';
import { install, upgrade } from '../steps';

const on = 'pre-install,pre-upgrade';
const [BEFORE, SUCCEEDED, FAILED] = ['before-hook-creation', 'hook-succeeded', 'hook-failed'];

/** Every combination of delete policies that there is. */
const POLICIES: Readonly<Record<string, string | undefined>> = {
  'none': undefined,
  'before': BEFORE,
  'succeeded': SUCCEEDED,
  'failed': FAILED,
  'before-and-succeeded': `${BEFORE},${SUCCEEDED}`,
  'before-and-failed': `${BEFORE},${FAILED}`,
  'succeeded-and-failed': `${SUCCEEDED},${FAILED}`,
  'all': `${BEFORE},${SUCCEEDED},${FAILED}`,
};

const ALL = POLICIES.all;

/** Two hooks: one that is done as soon as it is there, and a Job. */
function chart(policy: string | undefined, { secondFails = false } = {}): Manifest[] {
  return [note('first', { on, policy, weight: '-5' }), hook('second', { on, policy, fails: secondFails })];
}

/** Two hooks that succeed, twice: what is left of the first time is in the way of the second. */
const SUCCESSES = Object.entries(POLICIES).map(([name, policy]): Behaviour => ({
  id: `policy-success-${name}`,
  does: `hooks with the delete policies ${policy ?? 'that Helm assumes'} succeed, and run again`,
  shows: 'delete policies',
  steps: [install(chart(policy)), upgrade(chart(policy))],
}));

/** The second of two hooks fails, and succeeds when it is tried again. */
const FAILURES = Object.entries(POLICIES).map(([name, policy]): Behaviour => ({
  id: `policy-failure-${name}`,
  does: `the second of two hooks with the delete policies ${policy ?? 'that Helm assumes'} fails, and is tried again`,
  shows: 'delete policies after a failure',
  steps: [install(chart(policy, { secondFails: true })), upgrade(chart(policy))],
}));

/** One of three hooks fails. */
const PLACES = ['first', 'second', 'third'].map((failing, index): Behaviour => ({
  id: `policy-failing-${failing}`,
  does: `the ${failing} of three hooks with all policies fails: it goes first, then those before it from the first on`,
  shows: 'delete policies after a failure',
  steps: [install(['a', 'b', 'c'].map((name, place) => (place === index ? hook(name, { on, policy: ALL, fails: true }) : note(name, { on, policy: ALL }))))],
}));

/** What the delete policies of Jobs do. */
export const POLICY: readonly Behaviour[] = [
  ...SUCCESSES,
  ...FAILURES,
  ...PLACES,
  {
    id: 'policy-garbage',
    does: 'a policy that nobody knows switches the default off: nothing is ever deleted',
    shows: 'unknown delete policy',
    steps: [install(chart('never')), upgrade(chart('never'))],
  },
  {
    id: 'policy-empty',
    does: 'an empty policy switches the default off, too',
    shows: 'unknown delete policy',
    steps: [install([hook('work', { on, policy: '' })]), upgrade([hook('work', { on, policy: '' })])],
  },
  {
    id: 'policy-in-any-case-and-with-spaces',
    does: 'policies are read in any case and with spaces around them',
    shows: 'delete policies',
    steps: [install([hook('work', { on, policy: ' Hook-Succeeded , BEFORE-HOOK-CREATION' })]), upgrade([hook('work', { on, policy: 'hook-succeeded' })])],
  },
  {
    id: 'policy-reverse-clean-up',
    does: 'hooks that succeeded are deleted after all have run, the last one first',
    shows: 'delete policies',
    steps: [install([note('a', { on, policy: ALL, weight: '2' }), hook('b', { on, policy: ALL, weight: '1' }), note('c', { on, policy: ALL })])],
  },
  {
    id: 'policy-of-each-hook-its-own',
    does: 'each hook is deleted by its own policies',
    shows: 'delete policies',
    steps: [install([hook('a', { on, policy: SUCCEEDED }), note('b', { on, policy: FAILED }), note('c', { on, policy: SUCCEEDED }), note('d', { on })])],
  },
  {
    id: 'policy-each-event-by-itself',
    does: 'hooks of the pre-event are deleted before the resources come',
    shows: 'delete policies',
    steps: [install([hook('a', { on: 'pre-install', policy: SUCCEEDED }), hook('b', { on: 'post-install', policy: SUCCEEDED })])],
  },
  {
    id: 'policy-earlier-event-untouched-by-a-failure',
    does: 'a post-install hook that fails leaves what the pre-install hooks have left',
    shows: 'delete policies after a failure',
    steps: [install([hook('a', { on: 'pre-install' }), hook('b', { on: 'post-install', policy: SUCCEEDED }), hook('c', { on: 'post-install', policy: ALL, fails: true })])],
  },
];
