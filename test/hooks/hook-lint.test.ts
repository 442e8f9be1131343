import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { HelmHook, HookEvent, HookJob, HookLint } from '../../src/hooks';
import { hook, mistakes, newChart } from './synth';

let warn: jest.SpyInstance;
beforeEach(() => (warn = jest.spyOn(console, 'warn').mockImplementation()));
afterEach(() => warn.mockRestore());

/** A hook that needs the ServiceAccount migrator. */
function needy(chart: Chart): void {
  const { job } = hook(chart, 'migrate', { on: [HookEvent.PRE_INSTALL] });
  ApiObject.of(job).addJsonPatch(JsonPatch.add('/spec/template/spec/serviceAccountName', 'migrator'));
}

test('an error stops the synth and names the construct', () => {
  const chart = newChart();
  new HookJob(chart, 'migrate', { on: [HookEvent.PRE_INSTALL], image: 'shop:2.0', name: 'a'.repeat(64) });
  expect(mistakes(chart)).toEqual([
    `[web] Job/${'a'.repeat(64)} (web/migrate): the name of the Job has 64 characters, and only 63 fit into the label of its Pods. Shorten it. [job-name-too-long]`,
  ]);
});

test('a warning about one of several charts of an app is printed once', () => {
  const app = Testing.app();
  for (const id of ['one', 'two', 'three']) new HookJob(new Chart(app, id), 'migrate', { on: [HookEvent.PRE_UPGRADE], image: 'shop:latest' });
  app.synth();
  expect(warn).toHaveBeenCalledTimes(3);
});

test('a warning is printed, and stops nothing', () => {
  const chart = newChart();
  new HookJob(chart, 'migrate', { on: [HookEvent.PRE_INSTALL], image: 'shop:latest' });
  expect(mistakes(chart)).toEqual([]);
  expect(warn.mock.calls).toEqual([['warning: Job/web-migrate (web/migrate): the image shop:latest has the tag latest. Name a version, or a digest. [mutable-image]']]);
});

test('a hook as it is declared by default is right', () => {
  const chart = newChart();
  hook(chart, 'migrate');
  expect(mistakes(chart)).toEqual([]);
  expect(warn).not.toHaveBeenCalled();
});

test('an object may break a rule with a reason', () => {
  const chart = newChart();
  const { job } = new HookJob(chart, 'migrate', { on: [HookEvent.PRE_INSTALL], image: 'shop:latest' });
  job.metadata.addAnnotation('cdk8s-lifecycle/lint-ignore', 'mutable-image: a nightly build');
  expect(mistakes(chart)).toEqual([]);
  expect(warn).not.toHaveBeenCalled();
});

test('what was written by hand is looked at beside declared hooks, and alone where it is asked for', () => {
  const chart = newChart();
  new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { annotations: { 'helm.sh/hook': 'pre-instal' } } });
  expect(mistakes(chart)).toEqual([]);
  HookLint.addTo(chart);
  HookLint.addTo(chart);
  expect(mistakes(chart)).toEqual([expect.stringContaining('ConfigMap/web-settings (web/settings): helm.sh/hook names "pre-instal"')]);
  const other = newChart();
  hook(other, 'migrate');
  new ApiObject(other, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { annotations: { 'helm.sh/hook': 'pre-instal' } } });
  expect(mistakes(other)).toHaveLength(1);
});

test('each chart is a release of its own: another may be another stage', () => {
  const app = Testing.app();
  const [one, other] = [newChart('one', app), newChart('other', app)];
  needy(one);
  new ApiObject(other, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'migrator' } });
  expect(mistakes(one)).toEqual([]);
  new ApiObject(one, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'migrator' } });
  expect(mistakes(one)).toEqual([expect.stringContaining('it needs ServiceAccount/migrator')]);
});

test('template expressions are left to Helm', () => {
  const chart = newChart();
  new HookJob(chart, 'migrate', { on: [HookEvent.PRE_INSTALL], image: 'shop:{{ .Values.tag }}', name: '{{ .Release.Name }}-migrate' });
  expect(mistakes(chart)).toEqual([]);
});

test('where no order fits, that alone is told', () => {
  const chart = newChart();
  const [a, b] = [hook(chart, 'a'), hook(chart, 'b')];
  a.after(b);
  b.after(a);
  expect(mistakes(chart)).toEqual([expect.stringContaining('no order fits')]);
});

test('a synth of the app says all errors of all charts', () => {
  const app = new App();
  for (const id of ['one', 'two']) {
    new ApiObject(new Chart(app, id), 'a', { apiVersion: 'v1', kind: 'ConfigMap' }).with(HelmHook.on([HookEvent.TEST, HookEvent.TEST]));
  }
  expect(() => app.synthYaml()).toThrow(/\[one\] .*\[duplicate-event\][^]*\[two\] .*\[duplicate-event\]/);
});
