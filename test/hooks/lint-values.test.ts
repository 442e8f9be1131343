import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Flag, HelmChartApp, OnlyIf, Placed, ReleaseChart } from '../../src/chart';
import { HookEvent, HookJob, HookLint } from '../../src/hooks';
import { ENGINES, EngineName, LintDocument, lint, portability } from '../../src/lint';
import { documentsOf } from '../../src/validation';
import { EVERY_PROP } from './every-prop';
import { asTemplates, asWritten, declared } from './value-source';

let warn: jest.SpyInstance;
beforeEach(() => (warn = jest.spyOn(console, 'warn').mockImplementation()));
afterEach(() => warn.mockRestore());

const appOf = () => new HelmChartApp({ name: 'shop', version: '1.0.0' });

/** Every hook is given every prop: to a ConfigMap, or to a hook that no upgrade runs, some of them mean nothing. */
const WITHOUT_EFFECT = 'run-on-without-effect';

/** What lint finds in a chart, errors and warnings. */
function findings(chart: Chart): string[] {
  HookLint.addTo(chart);
  const errors = chart.node.validate();
  return [...errors, ...warn.mock.calls.flat().map(String)].filter((finding) => !finding.endsWith(`[${WITHOUT_EFFECT}]`));
}

test.each(Object.entries(EVERY_PROP))('no rule finds fault with %s with a value in each of its props', (_, making) => {
  const app = appOf();
  const chart = new ReleaseChart(app, 'web');
  making(chart, declared(app));
  expect(findings(chart)).toEqual([]);
});

test.each(Object.entries(EVERY_PROP))('no rule finds fault with the templates of %s', (_, making) => {
  const { templates: text } = asTemplates(making);
  expect(lint(documentsOf([{ path: 'web.yaml', text }]), { rendered: false }).filter(({ rule }) => rule !== WITHOUT_EFFECT)).toEqual([]);
});

describe.each(Object.keys(ENGINES) as EngineName[])('%s', (engine) => {
  /** What the engine does and loses, whatever the weights are: those of a template are not known. */
  const judged = (documents: readonly LintDocument[]) => {
    const rows = portability(documents, engine).hooks.map(({ does, loses }) => [...does, ...loses].join('; '));
    return rows.map((row) => row.replace(/(weight|wave) (of the template|-?\d+)/g, '$1'));
  };

  test.each(Object.entries(EVERY_PROP))('does with the templates of %s what it does with the same things written', (_, making) => {
    const documents = documentsOf([{ path: 'web.yaml', text: asTemplates(making).templates }]);
    expect(judged(documents)).toEqual(judged(asWritten(making, (one) => one).map((value) => ({ place: {}, value }))));
  });
});

test('no rule finds fault with values of which nothing is known', () => {
  const app = appOf();
  const { values } = app;
  const chart = new Chart(app, 'web');
  const { job } = new HookJob(chart, 'migrate', {
    on: [HookEvent.PRE_INSTALL],
    image: values.text('image'),
    command: [values.text('command')],
    timeout: values.seconds('timeout'),
    retries: values.integer('retries'),
    weight: values.integer('weight'),
    user: values.integer('user'),
    name: values.text('name'),
  });
  Placed.at(job, '/spec/suspend', values.flag('paused'));
  Placed.at(job, '/spec/parallelism', values.integer('parallelism'));
  Placed.at(job, '/spec/ttlSecondsAfterFinished', values.integer('ttl'));
  Placed.at(job, '/spec/template/spec/restartPolicy', values.text('restartPolicy'));
  Placed.at(job, '/spec/template/spec/hostNetwork', values.flag('hostNetwork'));
  Placed.at(job, '/metadata/annotations/cdk8s-lifecycle~1lint-ignore', values.text('ignore'));
  expect(findings(chart)).toEqual([]);
});

test('a value stands as its default', () => {
  const app = appOf();
  const chart = new Chart(app, 'web', { disableResourceNameHashes: true });
  const image = `web:${app.values.text('tag', { defaultValue: 'latest' })}`;
  new HookJob(chart, 'migrate', { on: [HookEvent.PRE_UPGRADE], image, timeout: app.values.seconds('timeout', { defaultValue: 900 }) });
  expect(findings(chart)).toEqual([
    expect.stringContaining('spec.activeDeadlineSeconds is 900'),
    expect.stringContaining('the image web:latest has the tag latest'),
  ]);
});

test('a name that a value makes too long is cut, so no rule finds fault with it', () => {
  const app = new HelmChartApp({ name: 'a'.repeat(53), version: '1.0.0' });
  const chart = new ReleaseChart(app, 'web');
  new HookJob(chart, 'a-rather-long-name', { on: [HookEvent.PRE_UPGRADE], image: 'web:1' });
  expect(findings(chart)).toEqual([]);
});

test.each<[string, boolean | undefined, unknown[]]>([
  ['there by default', true, [expect.stringContaining('[paused-job]')]],
  ['not there by default', false, []],
  ['there if somebody says so', undefined, [expect.stringContaining('[paused-job]')]],
])('a field under a flag is judged unless it is not there by default: one that is %s', (_, defaultValue, expected) => {
  const app = appOf();
  const chart = new Chart(app, 'web');
  const { job } = new HookJob(chart, 'migrate', { on: [HookEvent.PRE_UPGRADE], image: 'web:1' });
  Placed.at(job, '/spec/suspend', true);
  Placed.onlyIf(job, '/spec/suspend', app.values.flag('paused', { defaultValue }));
  expect(findings(chart)).toEqual(expected);
});

describe('an object under a flag', () => {
  /** A hook of pre-install, and a ConfigMap of the release that it needs. */
  function needy(under: (app: HelmChartApp) => { readonly hook?: Flag; readonly resource?: Flag }): Chart {
    const app = appOf();
    const chart = new Chart(app, 'web', { disableResourceNameHashes: true });
    const settings = new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
    const envFrom = [kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'Settings', settings.name))];
    const { job } = new HookJob(chart, 'migrate', { on: [HookEvent.PRE_INSTALL], image: 'web:1', envFrom });
    const { hook, resource } = under(app);
    if (hook) ApiObject.of(job).with(OnlyIf.of(hook));
    if (resource) settings.with(OnlyIf.of(resource));
    return chart;
  }

  const MISTAKE = [expect.stringContaining('[needs-resource-too-early]')];
  const flag = ({ values }: HelmChartApp, path: string, defaultValue?: boolean) => values.flag(path, { defaultValue });

  test.each<[string, Parameters<typeof needy>[0], unknown[]]>([
    ['is needed by a hook that is always there', (app) => ({ resource: flag(app, 'a') }), MISTAKE],
    ['needs what is always there', (app) => ({ hook: flag(app, 'a', false) }), MISTAKE],
    ['needs what is there with it', (app) => { const both = flag(app, 'a', false); return { hook: both, resource: both }; }, MISTAKE],
    ['needs what is there by default, as it is itself', (app) => ({ hook: flag(app, 'a', true), resource: flag(app, 'b', true) }), MISTAKE],
    ['needs what is there where it is not', (app) => { const one = flag(app, 'a', true); return { hook: one, resource: one.negated }; }, []],
    ['needs what may never be there with it', (app) => ({ hook: flag(app, 'a'), resource: flag(app, 'b') }), []],
  ])('that %s', (_, under, expected) => {
    expect(findings(needy(under))).toEqual(expected);
  });

  test('may have the name of one under the opposite flag, be it a hook or a resource', () => {
    const app = appOf();
    const chart = new Chart(app, 'web');
    const early = flag(app, 'early', true);
    const annotations = { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-delete-policy': 'before-hook-creation' };
    new ApiObject(chart, 'hook', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shared', annotations } }).with(OnlyIf.of(early));
    new ApiObject(chart, 'resource', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shared' } }).with(OnlyIf.of(early.negated));
    expect(findings(chart)).toEqual([]);
  });
});
