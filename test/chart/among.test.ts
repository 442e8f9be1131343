import { ApiObject, Chart } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { HelmChartApp, Placed } from '../../src';
import { withSamples } from '../../src/tokens';
import { Build, thing, writtenChart, writtenRelease } from './written-chart';

const FILE = 'templates/web.k8s.yaml';
const SPEC = { env: [{ name: 'MODE', value: 'web' }], labels: { app: 'web', tier: 'front' }, none: {} };

/** A chart of one object. */
function object(place: (object: ApiObject, app: HelmChartApp) => void): Build {
  return (app) => place(thing(new Chart(app, 'web'), 'thing', { spec: SPEC }), app);
}

const LISTS = object((web, { values }) => {
  Placed.among(web, '/spec/env', values.list('extraEnv', { defaultValue: [{ name: 'MORE', value: 'yes' }] }));
  Placed.among(web, '/spec/labels', values.mapping('podLabels', { defaultValue: { team: 'shop' } }));
  Placed.among(web, '/spec/none', values.mapping('annotations'));
});

test('items stand behind those that are there, fields beside them, each in a line that Helm goes round in', () => {
  const text = writtenChart(LISTS)[FILE];
  expect(text.slice(text.indexOf('spec:'))).toBe(`spec:
  env:
    - name: MODE
      value: web
    # {{- range .Values.extraEnv }}{{ printf \`- %s\` (toJson .) | nindent 4 }}{{ end }}
  labels:
    app: web
    tier: front
    # {{- range $key, $value := omit (default dict .Values.podLabels) \`app\` \`tier\` }}{{ printf \`%s: %s\` (toJson $key) (toJson $value) | nindent 4 }}{{ end }}
  none: # {{- toJson .Values.annotations | nindent 4 }}
`);
});

test('before Helm renders it, the template is YAML with what is the same in every release', () => {
  expect(loadAll(writtenChart(LISTS)[FILE])).toMatchObject([{ spec: { env: [{ name: 'MODE' }], labels: { app: 'web', tier: 'front' } } }]);
});

const SPECS: readonly (readonly [string, object, object])[] = [
  ['the defaults', {}, { env: [SPEC.env[0], { name: 'MORE', value: 'yes' }], labels: { app: 'web', tier: 'front', team: 'shop' }, none: {} }],
  ['none', { extraEnv: [], podLabels: { team: null } }, { env: SPEC.env, labels: SPEC.labels, none: {} }],
  ['a field that is there stays', { podLabels: { app: 'mine', zone: 'a' } }, { labels: { app: 'web', tier: 'front', team: 'shop', zone: 'a' } }],
];

test.each(SPECS)('in a release: %s', (_, values, spec) => {
  expect(loadAll(writtenRelease(LISTS, { values })[FILE])).toMatchObject([{ spec }]);
});

test('a key that is a value, or under a flag, is not given twice either', () => {
  const build = object((web, { values }) => {
    Placed.at(web, `/spec/labels/${values.text('key', { defaultValue: 'a' })}`, 'own');
    Placed.onlyIf(web, '/spec/labels/tier', values.flag('tiered', { defaultValue: false }));
    Placed.among(web, '/spec/labels', values.mapping('podLabels', { defaultValue: { a: 'theirs', tier: 'theirs', b: 'theirs' } }));
  });
  expect(writtenChart(build)[FILE]).toContain('omit (default dict .Values.podLabels) `app` (printf `%v` .Values.key) `tier` }}');
  expect(loadAll(writtenRelease(build)[FILE])).toMatchObject([{ spec: { labels: { app: 'web', a: 'own', b: 'theirs' } } }]);
});

test('whoever reads the objects before Helm does sees the defaults', () => {
  let seen: unknown;
  writtenChart(object((web, app) => {
    Placed.among(web, '/spec/env', app.values.list('later', { defaultValue: [7] }));
    Placed.among(web, '/spec/labels', app.values.mapping('laterLabels', { defaultValue: { app: 'theirs', late: 'yes' } }));
    seen = withSamples(web.toJson());
  }));
  expect(seen).toMatchObject({ spec: { env: [SPEC.env[0], 7], labels: { app: 'web', tier: 'front', late: 'yes' } } });
});

const REFUSED: readonly (readonly [string, (web: ApiObject, app: HelmChartApp) => void, string])[] = [
  ['a list among fields', (web, { values }) => Placed.among(web, '/spec/labels', values.list('a')), '/spec/labels: the value is a list, and what is there is none'],
  ['a map among items', (web, { values }) => Placed.among(web, '/spec/env', values.mapping('a')), '/spec/env: the value is a map, and what is there is none'],
  ['among what users say', (web, { values }) => {
    Placed.at(web, '/spec/labels', values.mapping('all'));
    Placed.among(web, '/spec/labels', values.mapping('a'));
  }, '/spec/labels: all has been placed there whole. Place it later, with Placed.among, too.'],
  ['a map of which nothing would be left beside it', (web, { values }) => {
    Placed.among(web, '/spec/labels', values.mapping('a'));
    Placed.onlyIf(web, '/spec/labels/app', values.flag('b'));
    Placed.onlyIf(web, '/spec/labels/tier', values.flag('c'));
  }, '/spec/labels/tier: nothing would be left beside it; put the whole map under the flag'],
];

test.each(REFUSED)('refused: %s', (_, place, message) => {
  expect(() => writtenChart(object(place))).toThrow(`web/thing: ${message}`);
});
