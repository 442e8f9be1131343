import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { DeletePolicy, HookEvent, HookPod } from '../../src/hooks';
import { expectedAnnotations, expectedPod } from './expected-pod';
import { annotation, hook, mistakes, newChart, synth, weights } from './synth';

const MINIMAL = { on: [HookEvent.TEST], image: 'shop-tests:2' };

test('an image and an event make a Pod with the defaults of a careful engineer', () => {
  const chart = newChart();
  new HookPod(chart, 'smoke', MINIMAL);
  expect(synth(chart)['web-smoke']).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-smoke',
      labels: { 'cdk8s.io/metadata.addr': expect.any(String) },
      annotations: expectedAnnotations('test'),
    },
    spec: { activeDeadlineSeconds: 240, ...expectedPod('shop-tests:2') },
  });
});

test('it does what its props say', () => {
  const chart = newChart();
  new HookPod(chart, 'smoke', {
    ...MINIMAL,
    name: 'smoke',
    command: ['npm'],
    args: ['test'],
    env: { LEVEL: kplus.EnvValue.fromValue('debug') },
    user: 1000,
    timeout: Duration.minutes(1),
    deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_FAILED],
    logPolicies: [],
    serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'tester'),
  });
  const { metadata, spec } = synth(chart).smoke;
  expect(metadata.annotations).toEqual({ 'helm.sh/hook': 'test', 'helm.sh/hook-weight': '0', 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-failed' });
  expect(spec).toMatchObject({
    activeDeadlineSeconds: 60,
    serviceAccountName: 'tester',
    automountServiceAccountToken: true,
    securityContext: { runAsUser: 1000, fsGroup: 1000 },
    containers: [{ command: ['npm'], args: ['test'], env: [{ name: 'LEVEL', value: 'debug' }] }],
  });
});

test('where it runs is what the props say, and its labels are its own', () => {
  const chart = newChart();
  new HookPod(chart, 'smoke', { ...MINIMAL, podMetadata: { labels: { team: 'data' } }, nodeSelector: { zone: 'a' }, tolerations: [{ key: 'spot' }], priorityClassName: 'batch' });
  const { metadata, spec } = synth(chart)['web-smoke'];
  expect(metadata.labels).toMatchObject({ team: 'data' });
  expect(spec).toMatchObject({ nodeSelector: { zone: 'a' }, tolerations: [{ key: 'spot', operator: 'Exists' }], priorityClassName: 'batch' });
});

test('it is ordered among Jobs', () => {
  const chart = newChart();
  const prepare = hook(chart, 'prepare', { on: [HookEvent.TEST] });
  const smoke = new HookPod(chart, 'smoke', MINIMAL);
  smoke.after(prepare);
  expect(weights(chart)).toEqual({ 'web-prepare': '0', 'web-smoke': '1' });
  expect(annotation('cdk8s-lifecycle/after', chart)).toEqual({ 'web-smoke': 'Job/web-prepare' });
});

test('what Helm would swallow is refused', () => {
  const chart = newChart();
  new HookPod(chart, 'smoke', { image: 'shop-tests:2', on: [] });
  expect(mistakes(chart)).toEqual([expect.stringContaining('helm.sh/hook names no event')]);
});
