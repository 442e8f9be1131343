import { ApiObject, App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { HelmChartApp } from '../../src/chart';
import { HookEvent, HookJob } from '../../src/hooks';

/** Three charts with a hook each, and how often the objects were written. */
function threeHooks(app: App): { readonly jobs: readonly ApiObject[]; times(): number } {
  const jobs = ['one', 'two', 'three'].map((id) => {
    const { job } = new HookJob(new Chart(app, id), 'migrate', { on: [HookEvent.PRE_UPGRADE], image: 'shop:2.0' });
    return ApiObject.of(job);
  });
  const spies = jobs.map((job) => jest.spyOn(job, 'toJson'));
  return { jobs, times: () => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0) };
}

let warn: jest.SpyInstance;
beforeEach(() => (warn = jest.spyOn(console, 'warn').mockImplementation()));
afterEach(() => warn.mockRestore());

const outdir = () => Testing.app().outdir;

test.each<[string, () => App, (app: App) => unknown]>([
  ['synthYaml', () => new App(), (app) => app.synthYaml()],
  ['synth, a file per chart', () => Testing.app(), (app) => app.synth()],
  ['synth, a file per object', () => Testing.app({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE }), (app) => app.synth()],
  ['synth of a Helm chart', () => new HelmChartApp({ name: 'shop', version: '1.0.0', outdir: outdir() }), (app) => app.synth()],
])('%s: each object is looked at once, and written once, however many charts there are', (_, make, synth) => {
  const app = make();
  const { times } = threeHooks(app);
  synth(app);
  expect(times()).toBe(6);
  synth(app);
  expect(times()).toBe(12);
});

test('what changes between two synths is looked at, also after one that failed', () => {
  const app = new App();
  const { jobs: [job] } = threeHooks(app);
  job.metadata.addAnnotation('helm.sh/hook', 'pre-upgrad');
  expect(() => app.synthYaml()).toThrow('[unknown-event]');
  job.metadata.addAnnotation('helm.sh/hook', 'pre-upgrade');
  app.synthYaml();
  job.metadata.addAnnotation('helm.sh/hook', 'pre-upgrad');
  expect(() => app.synthYaml()).toThrow('[unknown-event]');
  expect(() => Chart.of(job).toJson()).toThrow('[unknown-event]');
});

test('an app whose synth is fixed, as an override in Python is, is looked at every time', () => {
  const app = Testing.app();
  const synth = () => App.prototype.synth.call(app);
  Object.defineProperty(app, 'synth', { value: synth, writable: false, configurable: false });
  const { jobs: [job], times } = threeHooks(app);
  app.synth();
  expect(times()).toBe(4 * 3 + 3);
  job.metadata.addAnnotation('helm.sh/hook', 'pre-upgrad');
  expect(() => app.synth()).toThrow('[unknown-event]');
});
