import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { BackupHook, HelmChartApp, MigrationHook, ReleaseChart, ReleaseChartProps } from '../../src';
import { readDocuments } from '../../src/release';
import { Build, writtenChart, writtenRelease } from './written-chart';

type Labels = Readonly<Record<string, string>>;
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Labels };
  readonly spec: Readonly<Record<string, unknown>>;
}

const RELEASE = 'shop';

type BuildIn = (chart: Chart, app: HelmChartApp) => unknown;

/** The objects of a release, by their kinds. */
function objectsOf(build: BuildIn, release = RELEASE, props?: ReleaseChartProps): Readonly<Record<string, Manifest>> {
  const files = writtenRelease((app) => build(new ReleaseChart(app, 'web', props), app), { name: release }, { appVersion: '2.0+git.1' });
  const documents = readDocuments({ path: 'web.yaml', text: files['templates/web.k8s.yaml'] });
  return Object.fromEntries(documents.map(({ value }) => [(value as Manifest).kind, value as Manifest]));
}

const web = (chart: Chart) => new kplus.Deployment(chart, 'Frontend', { containers: [{ image: 'web:2.0', portNumber: 80 }] });

test('objects have the standard labels of charts', () => {
  expect(objectsOf(web).Deployment.metadata.labels).toEqual({
    'app.kubernetes.io/name': 'webapp',
    'app.kubernetes.io/instance': 'shop',
    'app.kubernetes.io/version': '2.0_git.1',
    'app.kubernetes.io/managed-by': 'Helm',
    'helm.sh/chart': 'webapp-1.2.0',
  });
  expect(objectsOf(web, RELEASE, { labels: { 'team': 'web', 'app.kubernetes.io/name': 'site' } }).Deployment.metadata.labels).toMatchObject({
    'team': 'web', 'app.kubernetes.io/name': 'site', 'app.kubernetes.io/instance': 'shop',
  });
});

test('names that are not given begin with the name of the release; given ones stay', () => {
  const objects = objectsOf((chart) => [web(chart), new kplus.ConfigMap(chart, 'Conf', { metadata: { name: 'settings' } })]);
  expect(objects.Deployment.metadata.name).toBe('shop-web-frontend-c834b915');
  expect(objects.ConfigMap.metadata.name).toBe('settings');
  expect(objectsOf(web, RELEASE, { prefixNames: false }).Deployment.metadata.name).toBe('web-frontend-c834b915');
});

test('a Service, a NetworkPolicy and affinity find the Pods of their release only', () => {
  const { Deployment, Service, NetworkPolicy } = objectsOf((chart) => {
    const deployment = web(chart);
    deployment.exposeViaService();
    deployment.scheduling.separate(deployment);
    new kplus.NetworkPolicy(chart, 'policy', { selector: deployment, ingress: { rules: [{ peer: deployment }] } });
  });
  const selector = { 'cdk8s.io/metadata.addr': 'web-Frontend-c8f493c7', 'app.kubernetes.io/instance': 'shop' };
  expect(Deployment.spec).toMatchObject({ selector: { matchLabels: selector }, template: { metadata: { labels: selector } } });
  expect(Service.spec.selector).toEqual(selector);
  const podSelector = { matchLabels: selector };
  expect(NetworkPolicy.spec).toMatchObject({ podSelector, ingress: [{ from: [{ podSelector }] }] });
  const terms = { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: selector } }] };
  expect(Deployment.spec).toMatchObject({ template: { spec: { affinity: { podAntiAffinity: terms } } } });
});

test('a selector of expressions finds the Pods of its release only, too', () => {
  const requirement = { key: 'cdk8s.io/metadata.addr', operator: 'In', values: ['a', 'b'] };
  const { Budget } = objectsOf((chart) => new ApiObject(chart, 'budget', {
    apiVersion: 'example.com/v1',
    kind: 'Budget',
    spec: { selector: { matchExpressions: [requirement] }, other: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } },
  }));
  expect(Budget.spec).toEqual({
    selector: { matchExpressions: [requirement, { key: 'app.kubernetes.io/instance', operator: 'In', values: ['shop'] }] },
    other: { matchExpressions: [{ key: 'team', operator: 'Exists' }] },
  });
});

test('two releases of one chart share no name and no selector', () => {
  const build = (chart: Chart) => {
    web(chart).exposeViaService();
    new MigrationHook(chart, 'migrate', { image: 'web:2.0', command: ['./migrate'] });
  };
  const [one, other] = ['shop', 'store'].map((release) => objectsOf(build, release));
  expect(Object.keys(one)).toEqual(['Deployment', 'Service', 'Job']);
  for (const kind of Object.keys(one)) expect(one[kind].metadata.name).not.toBe(other[kind].metadata.name);
  expect(one.Service.spec.selector).not.toEqual(other.Service.spec.selector);
});

test('a name that might be too long is cut in the middle, in what refers to it, too', () => {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => {
    const chart = new ReleaseChart(app, 'web');
    const account = new kplus.ServiceAccount(chart, 'Account');
    new kplus.Pod(chart, 'Pod', { serviceAccount: account, containers: [{ image: 'web:2.0' }] });
  });
  const name = '{{ .Release.Name | trunc 42 | trimSuffix `-` }}-web-account-';
  expect(text).toContain(`  name: "${name}`);
  expect(text).toContain(`  serviceAccountName: "${name}`);
});

const LONGEST = 'a-release-with-a-name-that-is-as-long-as-it-may-be-53';

test.each([[1], [53]])('the names of a release whose own name has %d characters fit, and differ', (length) => {
  const build: Build = (app) => {
    const chart = new ReleaseChart(app, 'web');
    web(chart).exposeViaService();
    new BackupHook(chart, 'backup', { name: `${app.release.name}-backup-before-revision-${app.release.revision}`, image: 'pg:16', command: ['dump'] });
    const given = app.values.text('given', { defaultValue: 'x'.repeat(80), pattern: '^[a-z]+$' });
    new kplus.ConfigMap(chart, 'conf', { metadata: { name: `a-name-with-${given}-${app.release.name}` } });
  };
  const files = writtenRelease(build, { name: LONGEST.slice(0, length), revision: 1_000_000 });
  const documents = readDocuments({ path: 'web.yaml', text: files['templates/web.k8s.yaml'] });
  const names = documents.map(({ value }) => (value as Manifest).metadata.name);
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
});

test('names without values, and those that always fit, are left alone', () => {
  const long = 'a-name-without-values-that-is-longer-than-sixty-three-characters-is-not-ours';
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => {
    const chart = new Chart(app, 'web');
    new kplus.ConfigMap(chart, 'a', { metadata: { name: long } });
    new kplus.ConfigMap(chart, 'b', { metadata: { name: `b-${app.values.text('shard', { defaultValue: 'a', allowedValues: ['a', 'b'] })}` } });
  });
  expect(text).toContain(`  name: ${long}\n`);
  expect(text).toContain('  name: "b-{{ .Values.shard }}"\n');
});

test('a ReleaseChart belongs to a HelmChartApp', () => {
  expect(() => new ReleaseChart(new Chart(undefined as never, 'lonely'), 'web')).toThrow('lonely is in no HelmChartApp, so there are no values and no release');
});
