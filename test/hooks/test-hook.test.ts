import { DeletePolicy, HookEvent, TestHook } from '../../src/hooks';
import { newChart, synth } from './synth';

test('it runs at its usual events, with its usual policies', () => {
  const chart = newChart();
  new TestHook(chart, 'hook', { image: 'tool:1', command: ['run'], args: ['--fast'] });
  expect(synth(chart)['web-hook']).toMatchObject({
    kind: 'Job',
    metadata: { annotations: { 'helm.sh/hook': 'test', 'helm.sh/hook-weight': '0', 'helm.sh/hook-delete-policy': 'before-hook-creation' } },
    spec: { template: { spec: { containers: [{ image: 'tool:1', command: ['run'], args: ['--fast'] }] } } },
  });
});

test('it runs at other events, with other policies, where it is told to', () => {
  const chart = newChart();
  new TestHook(chart, 'hook', { image: 'tool:1', on: [HookEvent.POST_UPGRADE], deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_FAILED] });
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({
    'helm.sh/hook': 'post-upgrade',
    'helm.sh/hook-delete-policy': 'before-hook-creation,hook-failed',
  });
});

test('props that are undefined hide no default', () => {
  const [implicit, explicit] = [newChart(), newChart()];
  new TestHook(implicit, 'hook', { image: 'tool:1' });
  new TestHook(explicit, 'hook', { image: 'tool:1', on: undefined, deletePolicies: undefined, retries: undefined });
  expect(synth(explicit)).toEqual(synth(implicit));
});
