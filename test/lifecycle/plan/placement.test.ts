import { Plan, planInstall, summarize } from '../../../src/lifecycle';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job, withMetadata } from '../../release/manifests';

const OPTIONS = { release: 'web', namespace: 'shop' };
const at = (event: string, name: string, weight = 0) => job(name, { on: event, weight });
const ordered = (name: string, after: string, weight = 0) => {
  const { metadata, ...rest } = at('pre-install', name, weight);
  return withMetadata({ metadata, ...rest }, { annotations: { ...metadata.annotations, 'cdk8s-lifecycle/after': after } });
};

const plan = (...objects: readonly KubeObject[]): Plan => planInstall([], content(configMap('a'), ...objects), OPTIONS);
const reasons = (...objects: readonly KubeObject[]) => summarize(plan(...objects)).before.map(({ hook: { name }, because }) => [name, because]);

test.each<[string, KubeObject[], (string | undefined)[]]>([
  ['the first hook has none', [at('pre-install', 'a')], [undefined]],
  ['a higher weight', [at('pre-install', 'a'), at('pre-install', 'b', 1)], [undefined, 'weight']],
  ['a later name', [at('pre-install', 'a'), at('pre-install', 'b')], [undefined, 'name']],
  ['what was declared', [ordered('a', ''), ordered('b', 'Job/a')], [undefined, 'declared']],
  ['that nothing was declared to be before it', [ordered('a', ''), ordered('b', '')], [undefined, 'declared']],
  ['one before it that nothing was declared of', [at('pre-install', 'a'), ordered('b', '')], [undefined, 'alone']],
  ['one that it names, and that nothing was declared of', [at('pre-install', 'a'), ordered('b', 'Job/a')], [undefined, 'declared']],
  ['the weight of one that waits for hooks side by side', [ordered('a', ''), ordered('b', ''), at('pre-install', 'c', 1)], [undefined, 'declared', 'weight']],
])('why a hook waits for others: %s', (_, hooks, expected) => {
  expect(reasons(...hooks).map(([, because]) => because)).toEqual(expected);
});

test('a hook that runs at two events is not idle in an operation with one of them, nor is one that is skipped', () => {
  const both = at('pre-install,pre-delete', 'both');
  const never = at('pre-delete', 'never');
  expect(summarize(plan(both, never)).idle).toEqual([{ kind: 'Job', name: 'never', events: ['pre-delete'] }]);
  const planned = plan(both);
  const skipped = { ...planned, before: planned.before.map((step) => ({ ...step, skip: { reason: 'it has succeeded' } })) };
  expect(summarize(skipped)).not.toHaveProperty('idle');
});
