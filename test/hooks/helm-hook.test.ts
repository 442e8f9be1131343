import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, Duration, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { DeletePolicy, HelmHook, HelmHookOptions, HookEvent, OutputLogPolicy } from '../../src/hooks';
import { annotation, hook, mistakes, newChart, synth, weights } from './synth';

const factories: readonly (readonly [string, (options?: HelmHookOptions) => HelmHook])[] = [
  ['pre-install', HelmHook.preInstall],
  ['post-install', HelmHook.postInstall],
  ['pre-upgrade', HelmHook.preUpgrade],
  ['post-upgrade', HelmHook.postUpgrade],
  ['pre-rollback', HelmHook.preRollback],
  ['post-rollback', HelmHook.postRollback],
  ['pre-delete', HelmHook.preDelete],
  ['post-delete', HelmHook.postDelete],
  ['test', HelmHook.test],
  ['pre-rollback-from-source', HelmHook.preRollbackFromSource],
  ['post-rollback-from-source', HelmHook.postRollbackFromSource],
  ['on-failure', HelmHook.onFailure],
];

test.each(factories)('an object becomes a hook of %s', (event, factory) => {
  const chart = newChart();
  new kplus.ConfigMap(chart, 'settings').with(factory({ weight: -5 }));
  expect(synth(chart)['web-settings'].metadata.annotations).toEqual({
    'helm.sh/hook': event,
    'helm.sh/hook-weight': '-5',
    'helm.sh/hook-delete-policy': 'before-hook-creation',
  });
});

test('there is a factory for every event', () => {
  expect(factories.map(([event]) => event)).toEqual(Object.values(HookEvent));
});

test('an object becomes a hook of several events, with logs', () => {
  const chart = newChart();
  const { PRE_INSTALL, PRE_UPGRADE } = HookEvent;
  new kplus.Pod(chart, 'check', { restartPolicy: kplus.RestartPolicy.NEVER, containers: [{ image: 'busybox:1.35' }] }).with(
    HelmHook.on([PRE_INSTALL, PRE_UPGRADE], { logPolicies: [OutputLogPolicy.HOOK_FAILED, OutputLogPolicy.HOOK_SUCCEEDED] }),
  );
  expect(synth(chart)['web-check'].metadata.annotations).toEqual({
    'helm.sh/hook': 'pre-install,pre-upgrade',
    'helm.sh/hook-weight': '0',
    'helm.sh/hook-delete-policy': 'before-hook-creation',
    'helm.sh/hook-output-log-policy': 'hook-failed,hook-succeeded',
  });
});

test.each([
  ['1200s', Duration.minutes(20)],
  ['90s', Duration.seconds(90)],
  ['1500ms', Duration.millis(1500)],
])('it is waited for as long as it says: %s', (written, timeout) => {
  const chart = newChart();
  const settings = new kplus.ConfigMap(chart, 'settings');
  settings.with(HelmHook.preInstall({ timeout }));
  expect(annotation('cdk8s-lifecycle/timeout', chart)).toEqual({ 'web-settings': written });
  expect(HelmHook.of(settings)?.timeout?.toMilliseconds()).toBe(timeout.toMilliseconds());
});

test('a hook that nobody would wait for is refused at synth', () => {
  const chart = newChart();
  new kplus.ConfigMap(chart, 'settings').with(HelmHook.preInstall({ timeout: Duration.seconds(0) }));
  expect(mistakes(chart).join()).toContain('cdk8s-lifecycle/timeout is "0s", not a duration above zero');
});

const YAML = `
apiVersion: v1
kind: Secret
metadata: { name: token }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: limits, annotations: { helm.sh/hook: post-install, note: kept } }
`;

function include(chart: Chart): Include {
  const folder = mkdtempSync(join(tmpdir(), 'helm-hook-'));
  const url = join(folder, 'objects.yaml');
  writeFileSync(url, YAML);
  try {
    return new Include(chart, 'included', { url });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const objects: readonly (readonly [string, (chart: Chart) => { with(mixin: HelmHook): unknown }, string[]])[] = [
  ['a ServiceAccount', (chart) => new kplus.ServiceAccount(chart, 'sa'), ['web-sa']],
  ['a Role', (chart) => new kplus.Role(chart, 'role'), ['web-role']],
  ['a ConfigMap', (chart) => new kplus.ConfigMap(chart, 'cm'), ['web-cm']],
  ['a Secret', (chart) => new kplus.Secret(chart, 'secret'), ['web-secret']],
  ['an ApiObject', (chart) => new ApiObject(chart, 'crd', { apiVersion: 'example.com/v1', kind: 'Widget' }), ['web-crd']],
  ['everything in included YAML', include, ['token', 'limits']],
];

test.each(objects)('it makes a hook of %s', (_, create, names) => {
  const chart = newChart();
  create(chart).with(HelmHook.preInstall());
  expect(annotation('helm.sh/hook', chart)).toEqual(Object.fromEntries(names.map((name) => [name, 'pre-install'])));
});

test('annotations of other tools stay', () => {
  const chart = newChart();
  include(chart).with(HelmHook.preInstall());
  expect(synth(chart).limits.metadata.annotations?.note).toBe('kept');
});

test('one mixin serves many objects', () => {
  const chart = newChart();
  const early = HelmHook.preInstall({ weight: -5 });
  new kplus.ServiceAccount(chart, 'sa').with(early);
  new kplus.ConfigMap(chart, 'cm').with(early);
  expect(weights(chart)).toEqual({ 'web-cm': '-5', 'web-sa': '-5' });
});

test('an object that no mixin touched is no hook', () => {
  const chart = newChart();
  new kplus.ConfigMap(chart, 'cm');
  hook(chart, 'migrate');
  expect(annotation('helm.sh/hook', chart)).toEqual({ 'web-migrate': 'pre-upgrade' });
});

test('it applies to objects of the manifest only', () => {
  const chart = newChart();
  const cm = new kplus.ConfigMap(chart, 'cm');
  const mixin = HelmHook.preInstall();
  expect([chart, cm, ApiObject.of(cm)].map((construct) => mixin.supports(construct))).toEqual([false, false, true]);
});

test('an object runs after the hooks it names', () => {
  const chart = newChart();
  const first = hook(chart, 'first', { on: [HookEvent.PRE_INSTALL] });
  new kplus.ConfigMap(chart, 'cm').with(HelmHook.preInstall({ after: [first] }));
  expect(weights(chart)).toEqual({ 'web-first': '0', 'web-cm': '1' });
  expect(annotation('cdk8s-lifecycle/after', chart)).toEqual({ 'web-cm': 'Job/web-first' });
});

describe('what it reads back', () => {
  const of = (annotations?: Record<string, string>) =>
    HelmHook.of(new ApiObject(newChart(), 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { annotations } }));

  test('is what was declared, also of an object that a construct holds', () => {
    const chart = newChart();
    const migrate = hook(chart, 'migrate');
    migrate.after(hook(chart, 'backup'));
    expect(HelmHook.of(migrate)).toEqual({
      events: [HookEvent.PRE_UPGRADE],
      weight: 1,
      deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION],
      logPolicies: [OutputLogPolicy.HOOK_FAILED],
    });
  });

  test('is what was written by hand, as Helm reads it', () => {
    const annotations = {
      'helm.sh/hook': ' Pre-Upgrade,test-success,someday',
      'helm.sh/hook-weight': '+7',
      'helm.sh/hook-delete-policy': 'hook-failed, hook-succeeded',
      'helm.sh/hook-output-log-policy': 'hook-failed',
    };
    expect(of(annotations)).toEqual({
      events: [HookEvent.PRE_UPGRADE, HookEvent.TEST],
      weight: 7,
      deletePolicies: [DeletePolicy.HOOK_FAILED, DeletePolicy.HOOK_SUCCEEDED],
      logPolicies: [OutputLogPolicy.HOOK_FAILED],
    });
  });

  test('has what Helm takes for granted', () => {
    const defaults = { events: [HookEvent.POST_INSTALL], weight: 0, deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION], logPolicies: [] };
    expect(of({ 'helm.sh/hook': 'post-install' })).toEqual(defaults);
    expect(of({ 'helm.sh/hook': 'post-install', 'helm.sh/hook-weight': 'first' })).toEqual(defaults);
  });

  test('has the time that is written in any unit, and leaves out what is none', () => {
    const timeout = (text: string) => of({ 'helm.sh/hook': 'test', 'cdk8s-lifecycle/timeout': text })?.timeout?.toSeconds();
    expect(['1h30m', '5m0s', '90s', 'soon', '0s', '5 minutes'].map(timeout)).toEqual([5400, 300, 90, undefined, undefined, undefined]);
  });

  test('is nothing for what is no hook', () => {
    expect(of()).toBeUndefined();
    expect(of({ note: 'x' })).toBeUndefined();
  });
});
