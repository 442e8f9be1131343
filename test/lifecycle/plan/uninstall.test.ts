import { planUninstall } from '../../../src/lifecycle';
import { configMap, deployment, job, object, withMetadata } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, refusalOf, steps } from './plans';

const KEPT = withMetadata(object('v1', 'PersistentVolumeClaim', 'data', { spec: {} }), { annotations: { 'helm.sh/resource-policy': 'keep' } });
const OBJECTS = [
  configMap('b'), configMap('a'), object('v1', 'Service', 'svc', { spec: {} }), deployment('web'), KEPT,
  job('z', { on: 'pre-delete', weight: -1 }), job('a', { on: 'pre-delete,post-delete' }), job('i', { on: 'pre-install' }),
];

test('an uninstall deletes in the order of Helm, around the hooks of the last revision, and forgets every record', () => {
  const plan = planUninstall(historyOf(record(1, 'superseded', [configMap('old')]), record(2, 'deployed', OBJECTS)), OPTIONS);
  expect(plan).toMatchObject({ operation: 'uninstall', revision: 2, from: 2, supersede: [], forget: [1, 2], apply: [] });
  expect(steps(plan)).toEqual([
    'pre-delete z', 'pre-delete a',
    'delete Service/svc', 'delete Deployment/web', 'keep PersistentVolumeClaim/data', 'delete ConfigMap/b', 'delete ConfigMap/a',
    'post-delete a',
  ]);
});

test.each(['failed', 'uninstalling', 'pending-install', 'pending-upgrade'] as const)('a release that is %s is uninstalled like any other', (status) => {
  expect(steps(planUninstall(historyOf(record(1, status, [configMap('a')])), OPTIONS))).toEqual(['delete ConfigMap/a']);
});

test('a release that is uninstalled already only loses its records', () => {
  const plan = planUninstall(historyOf(record(1, 'superseded'), record(2, 'uninstalled', OBJECTS)), OPTIONS);
  expect([steps(plan), plan.forget]).toEqual([[], [1, 2]]);
});

test('a release that is not there is not uninstalled', () => {
  expect(refusalOf(() => planUninstall([], OPTIONS))).toBe(
    'refused: There is no release "web" in namespace shop | Name the right namespace with -n; helm list -A shows all releases.',
  );
});
