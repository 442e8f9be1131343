import { HelmHook, HookEvent, HookJob, HookPod } from '../../src/hooks';
import { annotation, newChart } from './synth';

const PROPS = { on: [HookEvent.TEST], image: 'shop:1' };
const KEY = 'cdk8s-lifecycle/mutex';

test('the mutex of a Job or a Pod is written, and can be read back', () => {
  for (const Construct of [HookJob, HookPod]) {
    const chart = newChart();
    new Construct(chart, 'hook', { ...PROPS, mutex: 'shared/orders-db' });
    expect(annotation(KEY, chart)).toEqual({ 'web-hook': 'shared/orders-db' });
  }
  const { job } = new HookJob(newChart(), 'hook', { ...PROPS, mutex: 'orders-db' });
  expect(HelmHook.of(job)?.mutex).toBe('orders-db');
});

test('a hook without one has no annotation', () => {
  const chart = newChart();
  const { job } = new HookJob(chart, 'hook', PROPS);
  expect([annotation(KEY, chart), HelmHook.of(job)?.mutex]).toEqual([{}, undefined]);
});

test('what is no name is refused', () => {
  expect(() => new HookJob(newChart(), 'hook', { ...PROPS, mutex: 'Orders DB' })).toThrow('mutex: "Orders DB" is no name');
});
