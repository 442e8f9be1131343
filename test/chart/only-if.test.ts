import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Flag, HelmChartApp, MigrationHook, OnlyIf } from '../../src';
import { Build, thing, writtenChart, writtenRelease } from './written-chart';

/** The condition of each object of a template by its kind, nothing for one that always is. */
function conditionsOf(build: (chart: Chart, app: HelmChartApp) => unknown): Readonly<Record<string, string | undefined>> {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => build(new Chart(app, 'web'), app));
  let condition: string | undefined;
  const entries = text.split('\n').flatMap((line) => {
    if (line === '# {{- end }}') condition = undefined;
    condition = /^# \{\{- if (.*) \}\}$/.exec(line)?.[1] ?? condition;
    const kind = /^kind: (.*)$/.exec(line)?.[1];
    return kind === undefined ? [] : [[kind, condition] as const];
  });
  return Object.fromEntries(entries);
}

test('the Job of a hook stands under the flag', () => {
  expect(conditionsOf((chart, { values }) => {
    new MigrationHook(chart, 'migrate', { image: 'web:2.0', command: ['./migrate'] }).with(OnlyIf.of(values.flag('migration.enabled')));
  })).toEqual({ Job: '.Values.migration.enabled' });
});

test('a tree of constructs stands under the flag with all that is in it', () => {
  expect(conditionsOf((chart, { values }) => {
    const tree = new Construct(chart, 'tree');
    const deployment = new kplus.Deployment(tree, 'web', { containers: [{ image: 'web:2.0', portNumber: 80 }] });
    deployment.exposeViaService();
    tree.with(OnlyIf.of(values.flag('web.enabled')));
    new kplus.ConfigMap(chart, 'outside');
  })).toEqual({ Deployment: '.Values.web.enabled', Service: '.Values.web.enabled', ConfigMap: undefined });
});

test('a flag stays with its object where dependencies between constructs change the order', () => {
  expect(conditionsOf((chart, { values }) => {
    const [first, second] = [new Construct(chart, 'first'), new Construct(chart, 'second')];
    new kplus.Pod(first, 'pod', { containers: [{ image: 'web:2.0' }] }).with(OnlyIf.of(values.flag('pod.enabled')));
    new kplus.ConfigMap(second, 'conf');
    first.node.addDependency(second);
  })).toEqual({ ConfigMap: undefined, Pod: '.Values.pod.enabled' });
});

test('an object under two flags is there if both are', () => {
  expect(conditionsOf((chart, { values, release }) => {
    thing(chart, 'thing', {}).with(OnlyIf.of(values.flag('a')), OnlyIf.of(release.isInstall));
  })).toEqual({ Thing: 'and .Values.a .Release.IsInstall' });
});

test('only objects of the manifest stand under a flag', () => {
  const app = new HelmChartApp({ name: 'webapp', version: '1.2.0' });
  const chart = new Chart(app, 'web');
  const condition = OnlyIf.of(app.release.isInstall);
  expect([chart, thing(chart, 'thing', {})].map((each) => condition.supports(each))).toEqual([false, true]);
});

test.each<[string, (app: HelmChartApp) => Flag, { readonly isInstall?: boolean; readonly values?: object }, boolean]>([
  ['a flag that is true', ({ values }) => values.flag('a', { defaultValue: true }), {}, true],
  ['a flag that the user clears', ({ values }) => values.flag('a', { defaultValue: true }), { values: { a: false } }, false],
  ['the opposite', ({ values }) => values.flag('a', { defaultValue: true }).negated, {}, false],
  ['the opposite of the opposite', ({ values }) => values.flag('a', { defaultValue: true }).negated.negated, {}, true],
  ['all, one of them false', ({ values, release }) => Flag.all([values.flag('a', { defaultValue: true }), release.isUpgrade]), {}, false],
  ['all, none false', ({ values, release }) => Flag.all([values.flag('a', { defaultValue: true }), release.isUpgrade]), { isInstall: false }, true],
  ['any, one of them true', ({ values, release }) => Flag.any([values.flag('a', { defaultValue: false }), release.isInstall]), {}, true],
  ['any, none true', ({ values, release }) => Flag.any([values.flag('a', { defaultValue: false }), release.isInstall]), { isInstall: false }, false],
])('in a release an object under %s is there, or not', (_, flagOf, release, isThere) => {
  const build: Build = (app) => thing(new Chart(app, 'web'), 'thing', {}).with(OnlyIf.of(flagOf(app)));
  expect(writtenRelease(build, release)['templates/web.k8s.yaml'] !== '').toBe(isThere);
});

test('flags say what they are, and stand as what their parts stand as', () => {
  const { values, release } = new HelmChartApp({ name: 'webapp', version: '1.2.0' });
  const [yes, no, unknown] = [values.flag('yes', { defaultValue: true }), values.flag('no', { defaultValue: false }), values.flag('unknown')];
  const flags = [Flag.all([yes, no]), Flag.any([no, yes]), Flag.any([yes, unknown]), yes.negated, unknown.negated, release.isInstall];
  expect(flags.map(({ label, _sample }) => [label, _sample])).toEqual([
    ['yes and no', false], ['no or yes', true], ['yes or unknown', undefined], ['not yes', false], ['not unknown', undefined], ['install', true],
  ]);
});

test('flags that nobody gave are refused: Helm would fail over the template', () => {
  expect(() => Flag.all([])).toThrow(new Error('Flag.all needs at least one flag'));
  expect(() => Flag.any([])).toThrow(new Error('Flag.any needs at least one flag'));
});

test('a flag alone is a truth, in a text it is a word, and in a field without a type cdk8s finds it', () => {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => {
    const flag = app.values.flag('paused');
    new ApiObject(new Chart(app, 'web'), 'job', { apiVersion: 'batch/v1', kind: 'Job', spec: { suspend: flag, args: [flag.asText, `--paused=${flag}`] } });
  });
  expect(text).toContain(`spec:
  args:
    - "{{ .Values.paused }}"
    - "--paused={{ .Values.paused }}"
  suspend: !!bool "{{ .Values.paused }}"
`);
});
