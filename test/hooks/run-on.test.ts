import { HelmHook, HookEvent, HookJob, HookPod, MutableTags, RunOn } from '../../src/hooks';
import { annotation, newChart } from './synth';

const PROPS = { on: [HookEvent.POST_UPGRADE], image: 'shop:1', runOn: RunOn.CHANGE, mutableTags: MutableTags.TRUST };

test('when a Job or a Pod runs is written, and can be read back', () => {
  for (const Construct of [HookJob, HookPod]) {
    const chart = newChart();
    new Construct(chart, 'hook', PROPS);
    expect(annotation('cdk8s-lifecycle/run-on', chart)).toEqual({ 'web-hook': 'change' });
    expect(annotation('cdk8s-lifecycle/mutable-tags', chart)).toEqual({ 'web-hook': 'trust' });
  }
  const { job } = new HookJob(newChart(), 'hook', PROPS);
  expect(HelmHook.of(job)).toMatchObject({ runOn: RunOn.CHANGE, mutableTags: MutableTags.TRUST });
});

test('a hook that runs each time has no annotation', () => {
  const chart = newChart();
  const { job } = new HookJob(chart, 'hook', { ...PROPS, runOn: undefined, mutableTags: undefined });
  expect([annotation('cdk8s-lifecycle/run-on', chart), annotation('cdk8s-lifecycle/mutable-tags', chart)]).toEqual([{}, {}]);
  expect(HelmHook.of(job)).not.toHaveProperty('runOn');
});
