import { Chart } from 'cdk8s';
import { ConfigMap, Deployment } from 'cdk8s-plus-27';
import { loadAll } from 'js-yaml';
import { HelmChartApp, Placed } from '../../src';
import { Release, writtenChart, writtenRelease } from './written-chart';

/** A Deployment that reads a ConfigMap. */
function deployment(chart: Chart, data: Record<string, string>, labels: Record<string, string> = {}): Deployment {
  const config = new ConfigMap(chart, 'config', { metadata: { name: 'config', labels }, data: { mode: 'web' } });
  const web = new Deployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'web' }] });
  Placed.checksum(web, config);
  Object.entries(data).forEach(([key, value]) => config.addData(key, value)); // after the checksum was asked for
  return web;
}

const FILE = 'templates/web.k8s.yaml';
const LEVEL = { defaultValue: 'info' };
const configured = (app: HelmChartApp) => deployment(new Chart(app, 'web'), { level: `"${app.values.text('level', LEVEL)}" {{ it }}`, two: String(app.values.integer('two', { defaultValue: 2 })) });

/** The checksum in a release. */
function checksum(build: (app: HelmChartApp) => unknown, release: Release = {}): string {
  const objects = loadAll(writtenRelease((app) => void build(app), release)[FILE]) as any[]; // eslint-disable-line @typescript-eslint/no-explicit-any
  return objects.find(({ kind }) => kind === 'Deployment').spec.template.metadata.annotations['checksum/config']; // eslint-disable-line
}

test('a checksum changes with each value that the ConfigMap holds, and comes back with it', () => {
  const before = checksum(configured);
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(checksum(configured, { values: { level: 'debug' } })).not.toBe(before);
  expect(checksum(configured, { values: { two: 3 } })).not.toBe(before);
  expect(checksum(configured, { values: { level: 'info', two: 2 }, revision: 7, name: 'other' })).toBe(before);
});

test('a checksum changes with what the ConfigMap holds in every release, and not with its labels', () => {
  const of = (data: Record<string, string>, labels?: Record<string, string>) => checksum((app) => deployment(new Chart(app, 'web'), data, labels));
  expect(of({ a: '1' })).not.toBe(of({ a: '2' }));
  expect(of({ a: '1' })).not.toBe(of({ b: '1' }));
  expect(of({ a: '1' }, { version: '1' })).toBe(of({ a: '1' }, { version: '2' }));
});

test('the template holds a digest of what is known, and the values', () => {
  expect(writtenChart(configured)[FILE]).toMatch(/checksum\/config: "{{ printf `[0-9a-f]{64} %v %v` \(toJson \.Values\.level\) \(toJson \(int64 \.Values\.two\)\) \| sha256sum }}"/);
});

test('a ConfigMap under a flag of its own, field by field, is another whenever the flag is', () => {
  const build = (app: HelmChartApp) => {
    const chart = new Chart(app, 'web');
    const config = new ConfigMap(chart, 'config', { data: { a: '1', b: '2' } });
    Placed.onlyIf(config, '/data/a', app.values.flag('more', { defaultValue: true }));
    Placed.checksum(new Deployment(chart, 'web', { containers: [{ image: 'web' }] }), config);
  };
  expect(checksum(build, { values: { more: false } })).not.toBe(checksum(build));
});

test('annotations of users stand beside it, and cannot take its place', () => {
  const build = (app: HelmChartApp) => {
    Placed.among(configured(app), '/spec/template/metadata/annotations', app.values.mapping('podAnnotations', { defaultValue: { 'checksum/config': 'mine', 'a': 'b' } }));
  };
  expect(checksum(build)).toBe(checksum(configured));
});

test('a second checksum needs a name, and annotations that were placed whole leave it no room', () => {
  const config = (chart: Chart, id: string) => new ConfigMap(chart, id, { data: { id } });
  const place = (...more: ((web: Deployment, chart: Chart, app: HelmChartApp) => void)[]) => () => writtenChart((app) => {
    const chart = new Chart(app, 'web');
    const web = new Deployment(chart, 'web', { containers: [{ image: 'web' }] });
    more.forEach((each) => each(web, chart, app));
  });
  const one = (web: Deployment, chart: Chart) => Placed.checksum(web, config(chart, 'one'));
  const two = (web: Deployment, chart: Chart) => Placed.checksum(web, config(chart, 'two'), 'two');
  const at = '/spec/template/metadata/annotations';
  expect(place(one, two)).not.toThrow();
  expect(place(one, (web, chart) => Placed.checksum(web, config(chart, 'more')))).toThrow(`web/web/Resource: ${at}: there is an annotation checksum/config already. Give the checksum another name.`);
  expect(place((web, _, { values }) => Placed.at(web, at, values.mapping('all')), one)).toThrow(`${at}: a map of users has been placed there whole. Place it later, with Placed.among.`);
});
