import { executionOrder } from '../../src/release';
import { configMap, content, job, object } from './manifests';

const order = (hooks: Parameters<typeof executionOrder>[0]) => executionOrder(hooks, 'pre-install').map(({ ref }) => `${ref.kind}/${ref.name}`);
const on = 'pre-install';

test('hooks run by weight, and by the bytes of their names where the weights are equal', () => {
  const { hooks } = content(job('c', { on }), job('b', { on, weight: 5 }), job('a', { on, weight: 10 }), job('Z', { on, weight: 5 }), job('d', { on, weight: -3 }));
  expect(order(hooks)).toEqual(['Job/d', 'Job/c', 'Job/Z', 'Job/b', 'Job/a']);
});

test('the kind does not count, whatever the documentation of Helm says', () => {
  const { hooks } = content(object('v1', 'ServiceAccount', 'my-sa', {}, { on }), object('rbac.authorization.k8s.io/v1', 'Role', 'a-role', {}, { on }), job('my-job', { on }));
  expect(order(hooks)).toEqual(['Role/a-role', 'Job/my-job', 'ServiceAccount/my-sa']);
});

test('the kind breaks ties of equal weights and names', () => {
  const { hooks } = content(job('x', { on }), configMap('x', {}, { on }), object('v1', 'Secret', 'x', {}, { on }));
  expect(order(hooks)).toEqual(['Secret/x', 'ConfigMap/x', 'Job/x']);
});

test('a hook that names its event twice runs twice', () => {
  const { hooks } = content(job('a', { on: 'pre-install,pre-install,post-install' }), job('b', { on }));
  expect(order(hooks)).toEqual(['Job/a', 'Job/a', 'Job/b']);
});

test('hooks of other events do not run', () => {
  expect(order(content(job('a', { on: 'post-install' }), job('b', { on: 'test' })).hooks)).toEqual([]);
});
