import { UNKNOWN, isKnown, previewLine } from '../../src/pulumi/preview';

const PLAN = {
  'pre-upgrade': ['Job/backup (-10)', 'Job/migrate (0)'],
  'pre-rollback': ['Job/undo (0)'],
  'pre-rollback-from-source': ['Job/drain (1)'],
  'post-rollback-from-source': ['Job/report (0)'],
};

test.each([
  ['pre-upgrade', true, 'pre-upgrade hooks that would run: Job/backup (-10), Job/migrate (0)'],
  ['pre-upgrade', false, 'pre-upgrade hooks that may run: Job/backup (-10), Job/migrate (0)'],
  ['post-upgrade', true, 'no post-upgrade hook'],
  ['post-upgrade', false, 'no post-upgrade hook'],
] as const)('%s, certain: %p: %s', (event, certain, line) => {
  expect(previewLine(event, { plan: PLAN }, certain)).toBe(line);
});

test.each([
  ['a1', undefined, true],
  ['a1', { build: 5 }, true],
  [UNKNOWN, undefined, false],
  ['a1', UNKNOWN, false],
  ['a1', { build: [UNKNOWN] }, false],
])('digest %s with trigger %j is known: %p', (digest, trigger, known) => {
  expect(isKnown({ digest, trigger })).toBe(known);
});
