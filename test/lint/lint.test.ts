import { RULES, lint } from '../../src/lint';
import { hook, job, resource } from './objects';

const at = (line: number) => ({ file: 'app.yaml', document: line, line });

test('a finding says where, which object, what is wrong and what to do', () => {
  expect(lint([{ place: at(1), value: resource('ConfigMap', 'a') }, { place: at(7), value: job({ on: 'pre-instal' }) }])).toEqual([
    {
      rule: 'unknown-event',
      severity: 'error',
      place: { file: 'app.yaml', document: 7, line: 7 },
      object: 'Job/migrate',
      path: ['metadata', 'annotations', 'helm.sh/hook'],
      message: 'helm.sh/hook names "pre-instal", which Helm does not know (it would drop the whole object without a word)',
      remedy: 'Did you mean "pre-install"?',
    },
  ]);
});

test('findings come in the order of the documents', () => {
  const found = lint([{ place: at(1), value: job({ weight: 'a' }) }, { place: at(2), value: job({ on: 'x' }) }, { place: at(3), value: job({ weight: 'b' }) }]);
  expect(found.map(({ place, rule }) => `${place.line} ${rule}`)).toEqual(['1 bad-weight', '2 unknown-event', '3 bad-weight']);
});

test('an object may break a rule with a reason, and no other one', () => {
  const value = job({ weight: 'a', spec: { activeDeadlineSeconds: 900 }, annotations: { 'cdk8s-lifecycle/lint-ignore': 'job-outlives-helm: we run helm with --timeout 20m' } });
  expect(lint([{ place: {}, value }]).map(({ rule }) => rule)).toEqual(['bad-weight']);
});

test('without a reason nothing is ignored', () => {
  const value = job({ spec: { activeDeadlineSeconds: 900 }, annotations: { 'cdk8s-lifecycle/lint-ignore': 'job-outlives-helm' } });
  expect(lint([{ place: {}, value }]).map(({ rule }) => rule)).toEqual(['bad-ignore', 'job-outlives-helm']);
});

test('an object without a name is called by its kind', () => {
  const value = hook('ConfigMap', { metadata: { name: undefined } });
  expect(lint([{ place: {}, value }]).map(({ object }) => object)).toEqual(['ConfigMap']);
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'text'],
  ['a list', [job()]],
  ['a map without kind', { apiVersion: 'v1' }],
  ['a kind that is a number', { apiVersion: 'v1', kind: 7 }],
])('%s is no object, and is passed over', (_, value) => {
  expect(lint([{ place: {}, value }])).toEqual([]);
});

test.each<[string, unknown]>([
  ['no metadata', { apiVersion: 'batch/v1', kind: 'Job' }],
  ['metadata that is a text', { apiVersion: 'batch/v1', kind: 'Job', metadata: 'x' }],
  ['a name that is a number', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 7 } }],
  ['a spec that is a list', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: [] }],
])('a resource with %s is no concern of lint', (_, value) => {
  expect(lint([{ place: {}, value }])).toEqual([]);
});

test.each<[string, object]>([
  ['a spec that is a text', { spec: 'x' }],
  ['a template that is a list', { spec: { template: [] } }],
  ['containers that are a map', { spec: { template: { spec: { containers: {}, volumes: 'x', securityContext: 7 } } } }],
  ['holes in its lists', { spec: { template: { spec: { containers: [null, { env: [null], securityContext: 'x' }], volumes: [null, {}] } } } }],
])('a hook with %s is looked at without a crash', (_, fields) => {
  expect(() => lint([{ place: {}, value: { ...job({ on: 'pre-install,post-delete' }), ...fields } }])).not.toThrow();
});

test('every rule has a name of its own', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(RULES.filter(({ id }) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
});
