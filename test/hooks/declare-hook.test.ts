import { ApiObject } from 'cdk8s';
import { DeletePolicy, HelmHook, HelmHookOptions, HookEvent } from '../../src/hooks';
import { mistakes, newChart, synth } from './synth';

function configMap(events: HookEvent[], options?: HelmHookOptions, name = 'settings') {
  const chart = newChart();
  new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }).with(HelmHook.on(events, options));
  return chart;
}

const { PRE_UPGRADE, POST_INSTALL } = HookEvent;
const { BEFORE_HOOK_CREATION, HOOK_SUCCEEDED, HOOK_FAILED } = DeletePolicy;

const wrong: readonly (readonly [string, HookEvent[], HelmHookOptions, string])[] = [
  ['no event', [], {}, 'helm.sh/hook names no event (Helm would drop the whole object without a word). Name one, such as pre-upgrade, or remove the annotation. [unknown-event]'],
  [
    'an event twice',
    [PRE_UPGRADE, POST_INSTALL, PRE_UPGRADE],
    {},
    'helm.sh/hook names pre-upgrade twice, and Helm would run the hook twice. Name it once. [duplicate-event]',
  ],
  ['half a weight', [PRE_UPGRADE], { weight: 1.5 }, 'helm.sh/hook-weight is "1.5", not an integer (Helm would take it for 0). Write an integer in quotes, such as "-5". [bad-weight]'],
  ['a weight that is no number', [PRE_UPGRADE], { weight: NaN }, 'helm.sh/hook-weight is "NaN", not an integer (Helm would take it for 0). Write an integer in quotes, such as "-5". [bad-weight]'],
  [
    'a delete policy that leaves the object after a failure',
    [PRE_UPGRADE],
    { deletePolicies: [HOOK_SUCCEEDED] },
    'helm.sh/hook-delete-policy is only hook-succeeded: what another outcome leaves stands in the way of the next run. Write "before-hook-creation,hook-succeeded". [no-before-hook-creation]',
  ],
  [
    'no delete policy',
    [PRE_UPGRADE],
    { deletePolicies: [] },
    'helm.sh/hook-delete-policy is empty, which switches off the default before-hook-creation. Write "before-hook-creation", or remove the annotation. [unknown-delete-policy]',
  ],
];

test.each(wrong)('synth refuses %s', (_, events, options, expected) => {
  expect(mistakes(configMap(events, options))).toEqual([`[web] ConfigMap/settings (web/settings): ${expected}`]);
});

test('synth tells all mistakes of a hook at once', () => {
  expect(mistakes(configMap([], { weight: 0.1, deletePolicies: [HOOK_FAILED] }))).toHaveLength(3);
});

test('a name that is made anew with every revision needs no policy before-hook-creation', () => {
  expect(mistakes(configMap([PRE_UPGRADE], { deletePolicies: [HOOK_SUCCEEDED] }, 'backup-{{ .Release.Revision }}'))).toEqual([]);
});

const forms: readonly (readonly [DeletePolicy[] | undefined, string])[] = [
  [undefined, 'before-hook-creation'],
  [[BEFORE_HOOK_CREATION], 'before-hook-creation'],
  [[BEFORE_HOOK_CREATION, HOOK_SUCCEEDED], 'before-hook-creation,hook-succeeded'],
  [[BEFORE_HOOK_CREATION, HOOK_FAILED], 'before-hook-creation,hook-failed'],
];

test.each(forms)('the policies %j are written as %j', (deletePolicies, expected) => {
  const { settings } = synth(configMap([PRE_UPGRADE], { deletePolicies }));
  expect(settings.metadata.annotations?.['helm.sh/hook-delete-policy']).toBe(expected);
});

const weights: readonly (readonly [number | undefined, string])[] = [[undefined, '0'], [0, '0'], [-5, '-5'], [1, '1'], [-0, '0'], [1_000_000, '1000000']];

test.each(weights)('the weight %j is written as the string %j', (weight, expected) => {
  const { settings } = synth(configMap([PRE_UPGRADE], { weight }));
  expect(settings.metadata.annotations?.['helm.sh/hook-weight']).toBe(expected);
});

test('an object is made a hook once', () => {
  const chart = newChart();
  const object = new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
  object.with(HelmHook.preInstall());
  expect(() => object.with(HelmHook.postInstall())).toThrow('web/settings is a hook already (pre-install), and cannot be made one again (post-install)');
});
