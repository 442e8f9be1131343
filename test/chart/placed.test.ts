import { join } from 'node:path';
import { Chart, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HelmChartApp, Placed } from '../../src';
import { writtenChart, writtenRelease } from './written-chart';

const CONTAINERS = [{ image: 'web:2.0' }];

/** The lines of a template in which values stand, as they are. */
function linesOf(add: (chart: Chart, values: HelmChartApp['values']) => unknown): string[] {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => add(new Chart(app, 'web'), app.values));
  return text.split('\n').filter((line) => line.includes('.Values.'));
}

test('lists and maps are placed where cdk8s-plus has typed lists, or nothing', () => {
  expect(linesOf((chart, values) => {
    const deployment = new kplus.Deployment(chart, 'web', { containers: CONTAINERS });
    Placed.at(deployment, '/spec/template/spec/tolerations', values.list('tolerations'));
    Placed.inPod(deployment, 'nodeSelector', values.mapping('nodeSelector'));
    Placed.inPod(deployment, 'imagePullSecrets', values.list('imagePullSecrets'));
    Placed.inPod(deployment, 'containers/0/resources', values.mapping('resources'));
  })).toEqual([
    '          resources: # {{- toJson .Values.resources | nindent 12 }}',
    '      tolerations: # {{- toJson .Values.tolerations | nindent 8 }}',
    '      nodeSelector: # {{- toJson .Values.nodeSelector | nindent 8 }}',
    '      imagePullSecrets: # {{- toJson .Values.imagePullSecrets | nindent 8 }}',
  ]);
});

test('an item is placed at the end of a list, and in the middle', () => {
  expect(linesOf((chart, values) => {
    const deployment = new kplus.Deployment(chart, 'web', { containers: [{ image: 'web:2.0', args: ['a', 'b'] }] });
    Placed.inPod(deployment, 'containers/0/args/-', `--port=${values.integer('port')}`);
    Placed.inPod(deployment, 'containers/0/args/1', values.text('second', { allowedValues: ['x'] }));
  })).toEqual(['            - "{{ .Values.second }}"', '            - "--port={{ int64 .Values.port }}"']);
});

test('a flag is a truth, and a text without values is a text', () => {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => {
    const job = new kplus.Job(new Chart(app, 'web'), 'job', { containers: CONTAINERS });
    Placed.at(job, '/spec/suspend', app.values.flag('paused'));
    Placed.at(job, '/metadata/annotations', { 'example.com/a~b': 'yes' });
    Placed.at(job, '/metadata/annotations/example.com~1a~0b', 'no');
  });
  expect(text).toContain('  suspend: !!bool "{{ .Values.paused }}"\n');
  expect(text).toContain('    example.com/a~b: "no"\n');
});

test('in a release the value itself stands there, and nothing is left of what was there', () => {
  const { 'templates/web.k8s.yaml': text } = writtenRelease((app) => {
    const deployment = new kplus.Deployment(new Chart(app, 'web'), 'web', { containers: CONTAINERS });
    Placed.inPod(deployment, 'securityContext', app.values.mapping('securityContext'));
  }, { values: { securityContext: { runAsUser: 1_000_000 } } });
  expect(text).toContain('      securityContext:\n        runAsUser: 1000000\n      setHostnameAsFQDN: false\n');
});

test('objects that somebody else wrote take values, too', () => {
  expect(linesOf((chart, values) => {
    const include = new Include(chart, 'include', { url: join(__dirname, 'thing.yaml') });
    Placed.at(include.apiObjects[0], '/spec/size', values.integer('size'));
  })).toEqual(['  size: !!int "{{ int64 .Values.size }}"']);
});

test('a place that is none is refused with the construct', () => {
  expect(() => linesOf((chart) => Placed.at(new kplus.ConfigMap(chart, 'conf'), 'data/a', 'b')))
    .toThrow(new Error('web/conf: "data/a" is no JSON pointer: it begins with a slash, as /spec/replicas does'));
  expect(() => linesOf((chart, values) => Placed.at(new kplus.ConfigMap(chart, 'conf'), '/spec/deep/field', values.integer('a'))))
    .toThrow('web/conf/Resource: nothing can be placed at /spec/deep/field, for what should be around it is not there');
});
