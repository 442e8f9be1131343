import { Chart } from 'cdk8s';
import { Flag, HelmChartApp, OnlyIf, Placed } from '../../src';
import { Build, thing, writtenChart, writtenRelease } from './written-chart';

const { values } = new HelmChartApp({ name: 'other', version: '1.0.0' });
const tag = values.text('tag', { defaultValue: '2.0' });
const replicas = values.integer('replicas', { defaultValue: 2 });
const enabled = values.flag('enabled', { defaultValue: true });
const hosts = values.list('hosts');

const PLACES: readonly (readonly [string, (chart: Chart, app: HelmChartApp) => unknown, string])[] = [
  ['a text', (chart) => thing(chart, 'thing', { spec: { image: `web:${tag}` } }), 'web/thing/spec/image: tag'],
  ['a number', (chart) => thing(chart, 'thing', { spec: { replicas } }), 'web/thing/spec/replicas: replicas'],
  ['a list', (chart) => thing(chart, 'thing', { spec: { hosts } }), 'web/thing/spec/hosts: hosts'],
  ['the JSON of a list', (chart) => thing(chart, 'thing', { spec: { hosts: hosts.asJson } }), 'web/thing/spec/hosts: hosts'],
  ['a key', (chart) => thing(chart, 'thing', { spec: { [`x-${tag}`]: 1 } }), 'tag'],
  ['a condition', (chart) => thing(chart, 'thing', {}).with(OnlyIf.of(Flag.all([enabled.negated, Flag.notEmpty('x')]))), 'web/thing: enabled'],
  ['a field under a condition', (chart) => Placed.onlyIf(thing(chart, 'thing', { spec: { a: 1, b: 2 } }), '/spec/a', enabled), 'enabled'],
  ['the key of a field under a condition', (chart, app) => {
    const object = thing(chart, 'thing', { spec: { [tag]: 1, b: 2 } });
    Placed.onlyIf(object, `/spec/${tag}`, app.values.flag('here', { defaultValue: true }));
  }, 'tag'],
  ['a fallback', (chart, app) => thing(chart, 'thing', { spec: { a: app.values.text('mine', { defaultValue: '', fallback: tag }) } }), 'web/thing/spec/a: tag'],
  ['notes', (_, app) => app.addNotes(`Runs ${tag}`), 'the notes of the chart: tag'],
];

test.each(PLACES)('a value of another app is refused, as it would be empty in every release: %s', (_, build, place) => {
  const all: Build = (app) => {
    app.values.text('tag', { defaultValue: 'another value at the same path' });
    build(new Chart(app, 'web'), app);
  };
  for (const written of [writtenChart, writtenRelease]) {
    expect(() => written(all)).toThrow(`${place} is a value of another HelmChartApp. Declare it in the app in which it is used.`);
  }
});
