import { Hook, contentOf, inputsOf, mutableImages, runsOnChange, workOf } from '../../src/release';
import { KubeObject, toJson } from '../../src/vocabulary';
import { configMap, content, job, object, pod, withMetadata } from './manifests';

const ON = { on: 'post-upgrade' };
const hookOf = (of: KubeObject): Hook => content(of).hooks[0];
const work = (of: KubeObject): string => toJson(workOf(hookOf(of)));
const podMetadata = (metadata: object) => job('seed', ON, { template: { metadata, spec: { containers: [{ image: 'tool:1' }] } } });

test.each<[string, KubeObject, KubeObject]>([
  ['its annotations', job('seed', ON), withMetadata(job('seed', ON), { annotations: { 'cdk8s-lifecycle/timeout': '9s', 'example.com/owner': 'me' } })],
  ['its weight and its policies', job('seed', ON), job('seed', { ...ON, weight: 7, policies: 'hook-succeeded,before-hook-creation' })],
  ['its labels', job('seed', ON), withMetadata(job('seed', ON), { labels: { app: 'shop' } })],
  ['the weight of a Pod', pod('seed', ON), pod('seed', { ...ON, weight: 7 })],
  ['the version of the chart', podMetadata({ labels: { 'a': 'b', 'helm.sh/chart': 'shop-1.0.0', 'app.kubernetes.io/version': '1' } }), podMetadata({ labels: { 'a': 'b', 'helm.sh/chart': 'shop-2.0.0', 'app.kubernetes.io/version': '2' } })],
  ['annotations of ours on its Pods', podMetadata({ annotations: { a: 'b' } }), podMetadata({ annotations: { 'a': 'b', 'cdk8s-lifecycle/after': '' } })],
  ['the order of its keys', job('seed', ON, { completions: 1, parallelism: 1 }), job('seed', ON, { parallelism: 1, completions: 1 })],
])('%s is none of what a hook does', (_what, one, other) => {
  expect(work(one)).toBe(work(other));
});

test.each<[string, KubeObject, KubeObject]>([
  ['its spec', job('seed', ON), job('seed', ON, { backoffLimit: 3 })],
  ['the order of a list', job('seed', ON, { x: [1, 2] }), job('seed', ON, { x: [2, 1] })],
  ['a label of its Pods', podMetadata({ labels: { a: 'b' } }), podMetadata({ labels: { a: 'c' } })],
  ['an annotation of its Pods', podMetadata({ annotations: { a: 'b' } }), podMetadata({ annotations: { a: 'c' } })],
  ['a label of a Pod', pod('seed', ON), withMetadata(pod('seed', ON), { labels: { a: 'b' } })],
  ['its kind', job('seed', ON), pod('seed', ON)],
])('%s is', (_what, one, other) => {
  expect(work(one)).not.toBe(work(other));
});

test('a hook sees the ConfigMaps and Secrets of its containers and volumes, each once, and not those that images are pulled with', () => {
  const hook = hookOf(job('seed', ON, {
    template: {
      spec: {
        imagePullSecrets: [{ name: 'registry' }],
        serviceAccountName: 'account',
        initContainers: [{ envFrom: [{ configMapRef: { name: 'a' } }] }],
        containers: [{ env: [{ valueFrom: { secretKeyRef: { name: 'b', key: 'x' } } }, { valueFrom: { configMapKeyRef: { name: 'a', key: 'x' } } }] }],
        volumes: [{ secret: { secretName: 'c' } }, { projected: { sources: [{ configMap: { name: 'd' } }] } }, { persistentVolumeClaim: { claimName: 'e' } }],
      },
    },
  }));
  expect(inputsOf(hook, 'shop').map(({ kind, name, namespace }) => `${namespace}/${kind}/${name}`)).toEqual(
    ['shop/ConfigMap/a', 'shop/Secret/b', 'shop/Secret/c', 'shop/ConfigMap/d'],
  );
});

test('of a live object counts what a hook can see', () => {
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'shop' };
  const live = { ...configMap('settings', { b: '2', a: '1' }), immutable: true, metadata: { name: 'settings', resourceVersion: '7', labels: { a: 'b' } } };
  expect(toJson(contentOf(live, ref))).toBe(toJson(contentOf({ ...configMap('settings', { a: '1', b: '2' }), binaryData: {} }, ref)));
  expect(toJson(contentOf(live, ref))).not.toBe(toJson(contentOf({ ...live, binaryData: { c: 'AA==' } }, ref)));
});

const DIGEST = `shop@sha256:${'0123456789abcdef'.repeat(4)}`;
const running = (spec: object, annotations = {}) =>
  hookOf(withMetadata(job('seed', ON, { template: { spec } }), { annotations: { 'cdk8s-lifecycle/run-on': 'change', ...annotations } }));

test('an image without a digest may be another one by now, wherever it is', () => {
  const volumes = [{ name: 'model', image: { reference: 'model:1' } }];
  const spec = { initContainers: [{ image: 'wait:1' }, { image: DIGEST }], containers: [{ image: `shop:2@${DIGEST.split('@')[1]}` }, { image: 'wait:1' }], volumes };
  expect(mutableImages(running(spec))).toEqual(['wait:1', 'model:1']);
  expect(mutableImages(running(spec, { 'cdk8s-lifecycle/mutable-tags': 'trust' }))).toEqual([]);
});

test.each<[string, KubeObject, boolean]>([
  ['a Job', job('x', ON), true],
  ['a Pod', pod('x', ON), true],
  ['a ConfigMap, which is there or not', configMap('x', {}, ON), false],
  ['an object that is not run', object('v1', 'ServiceAccount', 'x', {}, ON), false],
])('%s may run only when something has changed: %p', (_what, of, may) => {
  expect(runsOnChange(hookOf(withMetadata(of, { annotations: { 'cdk8s-lifecycle/run-on': 'change' } })))).toBe(may);
  expect(runsOnChange(hookOf(of))).toBe(false);
});
