import { ApiObject, Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { loadAll } from 'js-yaml';
import { Flag, OnlyIf, ReleaseChart } from '../../src';
import { Build, writtenChart, writtenRelease } from './written-chart';

/** The usual Secret that is made unless users bring their own. */
const EITHER: Build = (app) => {
  const chart = new ReleaseChart(app, 'web', { disableResourceNameHashes: true });
  const made = new Secret(chart, 'database-credentials', { stringData: { password: 'x' } });
  const existing = app.values.text('existingSecret', { defaultValue: '', fallback: made.name });
  const given = app.values.text('otherSecret', { defaultValue: '' });
  made.with(OnlyIf.of(Flag.notEmpty(given).negated));
  const spec = { fallback: existing, choice: Flag.notEmpty(given).choose(given, made.name), text: `in ${existing}!`, name: made.name };
  new ApiObject(chart, 'user', { apiVersion: 'example.com/v1', kind: 'User', spec });
};

test('a name that is cut is cut in what other texts are worked out of, too', () => {
  const text = writtenRelease(EITHER, { name: 'a-release-with-a-name-that-is-as-long-as-it-may-be-53' })['templates/web.k8s.yaml'];
  const [secret, user] = loadAll(text) as { readonly metadata: { readonly name: string }; readonly spec: object }[];
  const { name } = secret.metadata;
  expect(name).toBe('a-release-with-a-name-that-is-as-long-web-database-credentials');
  expect(user.spec).toEqual({ fallback: name, choice: name, text: `in ${name}!`, name });
});

test('a short release leaves names as they are, and users bring their own', () => {
  const user = (values: object) => loadAll(writtenRelease(EITHER, { values })['templates/web.k8s.yaml']).at(-1);
  const made = 'shop-web-database-credentials';
  expect(user({})).toMatchObject({ spec: { fallback: made, choice: made, text: `in ${made}!`, name: made } });
  expect(user({ existingSecret: 'a', otherSecret: 'b' })).toMatchObject({ spec: { fallback: 'a', choice: 'b', text: 'in a!' } });
});

test('objects that would be one in a release with a long name are refused', () => {
  const job = (chart: ReleaseChart, kind: string, id: string) => new ApiObject(chart, id, { apiVersion: 'example.com/v1', kind });
  const build = (kind: string): Build => (app) => {
    const chart = new ReleaseChart(app, 'web', { disableResourceNameHashes: true });
    job(chart, 'Job', 'prometheus-operator-admission-webhook-certificates-create');
    job(chart, kind, 'prometheus-operator-admission-webhook-certificates-patch');
  };
  expect(() => writtenRelease(build('Job'))).toThrow(/^Job webapp-web-.*-create and webapp-web-.*-patch would have one name where the release has a long one: .* at most 47 beside the name of the release\.$/);
  expect(() => writtenRelease(build('Other'))).not.toThrow();
});

test('versions of the chart and the app are as long as they are', () => {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => {
    const chart = new Chart(app, 'web');
    for (const id of ['one', 'two']) new ApiObject(chart, id, { apiVersion: 'v1', kind: 'Thing', metadata: { name: `${app.chartVersion}-${app.appVersion}-${id}` } });
  }, { appVersion: '2.0' });
  expect(text.match(/^ {2}name: .*$/gm)).toHaveLength(2);
});
