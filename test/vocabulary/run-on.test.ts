import { Annotations, badRunOn, readRunOn } from '../../src/vocabulary';

const RUN_ON = 'cdk8s-lifecycle/run-on';
const TAGS = 'cdk8s-lifecycle/mutable-tags';

test.each<[string, Annotations, ReturnType<typeof readRunOn>]>([
  ['nothing', {}, undefined],
  ['tags alone', { [TAGS]: 'trust' }, undefined],
  ['a change', { [RUN_ON]: 'change' }, { on: 'change' }],
  ['a change and tags', { [RUN_ON]: 'change', [TAGS]: 'trust' }, { on: 'change', mutableTags: 'trust' }],
])('of %s is read what it says', (_what, annotations, expected) => {
  expect(readRunOn(annotations)).toEqual(expected);
});

test.each<[string, Annotations, string]>([
  ['a word that is nearly right', { [RUN_ON]: 'changed' }, `${RUN_ON} is "changed", which means nothing. Did you mean "change"?`],
  ['a word that is none', { [RUN_ON]: 'never' }, `${RUN_ON} is "never", which means nothing. Write "change", or leave it out.`],
  ['an empty one', { [RUN_ON]: '' }, `${RUN_ON} is "", which means nothing. Write "change", or leave it out.`],
  ['tags', { [RUN_ON]: 'change', [TAGS]: 'Trust' }, `${TAGS} is "Trust", which means nothing. Did you mean "trust"?`],
])('%s is a mistake', (_what, annotations, expected) => {
  expect(badRunOn(annotations).map(({ message, remedy }) => `${message}. ${remedy}`)).toEqual([expected]);
});
