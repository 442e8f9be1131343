import { ApiObject, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HelmHook, HelmHookDescription, HookEvent, HookJob, HookPod, HookProps } from '../../src/hooks';
import { annotation, mistakes, newChart, weights } from './synth';

const { PRE_INSTALL, PRE_UPGRADE } = HookEvent;
const DESCRIPTION: Omit<HelmHookDescription, 'weight'> = {
  events: [PRE_INSTALL, PRE_UPGRADE],
  deletePolicies: ['before-hook-creation', 'hook-succeeded'] as HelmHookDescription['deletePolicies'],
  logPolicies: [],
};

function setup(chart: Chart, props: HookProps): HookJob {
  return new HookJob(chart, 'setup', { on: [PRE_INSTALL, PRE_UPGRADE], image: 'setup:1', ...props });
}

function hooksOf(chart: Chart): string[] {
  return Object.keys(annotation('helm.sh/hook', chart)).sort();
}

test('a service account comes with its roles, at the same events and before the Job', () => {
  const chart = newChart();
  const serviceAccount = new kplus.ServiceAccount(chart, 'account');
  const [role, unrelated] = [new kplus.Role(chart, 'role'), new kplus.Role(chart, 'unrelated')];
  const clusterRole = new kplus.ClusterRole(chart, 'cluster-role');
  const binding = role.bind(serviceAccount);
  const clusterBinding = clusterRole.bind(serviceAccount);
  unrelated.bind(new kplus.ServiceAccount(chart, 'other'));
  setup(chart, { serviceAccount }).bringsItsOwn();

  for (const object of [serviceAccount, role, clusterRole, binding, clusterBinding]) {
    expect(HelmHook.of(object)).toEqual({ ...DESCRIPTION, weight: 0 });
  }
  expect(weights(chart)['web-setup']).toBe('1');
  expect(hooksOf(chart)).toEqual([serviceAccount, role, clusterRole, binding, clusterBinding].map(({ name }) => name).concat('web-setup').sort());
});

const references: readonly (readonly [string, (chart: Chart) => HookProps, string[]])[] = [
  ['a variable from a Secret', (chart) => ({ env: { A: kplus.EnvValue.fromSecretValue({ secret: new kplus.Secret(chart, 's'), key: 'a' }) } }), ['web-s']],
  ['a variable from a ConfigMap', (chart) => ({ env: { A: kplus.EnvValue.fromConfigMap(new kplus.ConfigMap(chart, 'c'), 'a') } }), ['web-c']],
  ['all of a Secret and a ConfigMap', (chart) => ({ envFrom: [kplus.Env.fromSecret(new kplus.Secret(chart, 's')), kplus.Env.fromConfigMap(new kplus.ConfigMap(chart, 'c'))] }), ['web-c', 'web-s']],
  ['a volume of a ConfigMap', (chart) => ({ volumes: [{ path: '/c', volume: kplus.Volume.fromConfigMap(chart, 'v', new kplus.ConfigMap(chart, 'c')) }] }), ['web-c']],
  ['a volume of a Secret', (chart) => ({ volumes: [{ path: '/s', volume: kplus.Volume.fromSecret(chart, 'v', new kplus.Secret(chart, 's')) }] }), ['web-s']],
];

test.each(references)('%s comes along', (_, props, names) => {
  const chart = newChart();
  new kplus.ConfigMap(chart, 'unrelated');
  setup(chart, props(chart)).bringsItsOwn();
  expect(hooksOf(chart)).toEqual([...names, 'web-setup'].sort());
  expect(annotation('cdk8s-lifecycle/after', chart)['web-setup']).toBe(names.map((name) => `${name.endsWith('s') ? 'Secret' : 'ConfigMap'}/${name}`).join(','));
});

test('what a cdk8s-plus Pod cannot say is seen, too: an object by hand, with projected volumes and secrets to pull with', () => {
  const chart = newChart();
  for (const [kind, name] of [['Secret', 'pull'], ['Secret', 'projected'], ['ConfigMap', 'projected']]) {
    new ApiObject(chart, `${kind}-${name}`, { apiVersion: 'v1', kind, metadata: { name } });
  }
  const hook = setup(chart, {});
  const spec = { imagePullSecrets: [{ name: 'pull' }], volumes: [{ name: 'all', projected: { sources: [{ secret: { name: 'projected' } }, { configMap: { name: 'projected' } }] } }] };
  ApiObject.of(hook).addJsonPatch(...Object.entries(spec).map(([field, value]) => ({ _toJson: () => ({ op: 'add', path: `/spec/template/spec/${field}`, value }) }) as never));
  hook.bringsItsOwn();
  expect(annotation('cdk8s-lifecycle/after', chart)['web-setup']).toBe('ConfigMap/projected,Secret/projected,Secret/pull');
});

test('a given weight stays, and what it needs goes below it', () => {
  const chart = newChart();
  const settings = new kplus.ConfigMap(chart, 'settings');
  setup(chart, { weight: -5, envFrom: [kplus.Env.fromConfigMap(settings)] }).bringsItsOwn();
  expect(weights(chart)).toEqual({ 'web-settings': '-6', 'web-setup': '-5' });
});

test('a Pod brings its own as well', () => {
  const chart = newChart();
  const settings = new kplus.ConfigMap(chart, 'settings');
  new HookPod(chart, 'smoke', { on: [HookEvent.TEST], image: 'smoke:1', envFrom: [kplus.Env.fromConfigMap(settings)] }).bringsItsOwn();
  expect(HelmHook.of(settings)?.events).toEqual([HookEvent.TEST]);
  expect(weights(chart)).toEqual({ 'web-settings': '0', 'web-smoke': '1' });
});

test('what is a hook at its events already runs before it, as it is', () => {
  const chart = newChart();
  const settings = new kplus.ConfigMap(chart, 'settings');
  settings.with(HelmHook.on([PRE_INSTALL, PRE_UPGRADE], { weight: 3 }));
  setup(chart, { envFrom: [kplus.Env.fromConfigMap(settings)] }).bringsItsOwn();
  expect(weights(chart)).toEqual({ 'web-settings': '3', 'web-setup': '4' });
  expect(HelmHook.of(settings)?.deletePolicies).toEqual(['before-hook-creation']);
});

test('what is a hook at other events is told', () => {
  const chart = newChart();
  const settings = new kplus.ConfigMap(chart, 'settings');
  settings.with(HelmHook.preInstall());
  const hook = setup(chart, { envFrom: [kplus.Env.fromConfigMap(settings)] });
  expect(() => hook.bringsItsOwn()).toThrow('web/setup needs ConfigMap/web-settings, which is a hook already, but not at pre-upgrade. Name these events there, too.');
});

test('what other Pods use as well is refused', () => {
  const chart = newChart();
  const settings = new kplus.ConfigMap(chart, 'settings');
  new kplus.Deployment(chart, 'shop', { containers: [{ image: 'shop:2', envFrom: [kplus.Env.fromConfigMap(settings)] }] });
  const hook = setup(chart, { envFrom: [kplus.Env.fromConfigMap(settings)] });
  const told = 'web/setup cannot bring ConfigMap/web-settings, which Deployment/web-shop uses as well: a hook is deleted and made anew. Give the hook one of its own.';
  expect(() => hook.bringsItsOwn()).toThrow(told);
});

test('a claim stays a resource: with the hook its data would go', () => {
  const chart = newChart();
  const claim = new kplus.PersistentVolumeClaim(chart, 'data', { storage: Size.gibibytes(1) });
  const settings = new kplus.ConfigMap(chart, 'settings');
  const volumes = [{ path: '/data', volume: kplus.Volume.fromPersistentVolumeClaim(chart, 'v', claim) }];
  setup(chart, { volumes, envFrom: [kplus.Env.fromConfigMap(settings)] }).bringsItsOwn();
  expect(HelmHook.of(claim)).toBeUndefined();
  expect(mistakes(chart)).toEqual([expect.stringContaining('needs PersistentVolumeClaim/web-data, which is a resource of the release and comes later')]);
});

test('who brings nothing is told: it was probably called too early', () => {
  const chart = newChart();
  const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'of-another-release');
  expect(() => setup(chart, { serviceAccount }).bringsItsOwn()).toThrow('web/setup refers to no object of this app that it could bring. Declare those first.');
});
