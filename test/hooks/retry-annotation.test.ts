import { Duration } from 'cdk8s';
import { HelmHook, HookEvent, HookJob, HookPod, HookRetry } from '../../src/hooks';
import { annotation, newChart } from './synth';

const PROPS = { on: [HookEvent.TEST], image: 'shop:1' };
const KEY = 'cdk8s-lifecycle/retry';

test.each<[HookRetry, string]>([
  [{ attempts: 3 }, 'attempts=3'],
  [{ attempts: 5, backoff: Duration.minutes(2) }, 'attempts=5,backoff=120s'],
  [{ attempts: 2, backoff: Duration.millis(1500), onExitCodes: [75, 1] }, 'attempts=2,backoff=1500ms,on=75|1'],
])('the retry %j is written as %s, of Jobs and of Pods', (retry, written) => {
  for (const Construct of [HookJob, HookPod]) {
    const chart = newChart();
    new Construct(chart, 'hook', { ...PROPS, retry });
    expect(annotation(KEY, chart)).toEqual({ 'web-hook': written });
  }
});

test('what is written can be read back', () => {
  const chart = newChart();
  const { job } = new HookJob(chart, 'hook', { ...PROPS, retry: { attempts: 2, backoff: Duration.millis(1500), onExitCodes: [75] } });
  const retry = HelmHook.of(job)?.retry;
  expect([retry?.attempts, retry?.backoff?.toMilliseconds(), retry?.onExitCodes]).toEqual([2, 1500, [75]]);
});

test('a hook without one has no annotation', () => {
  const chart = newChart();
  const { job } = new HookJob(chart, 'hook', PROPS);
  expect([annotation(KEY, chart), HelmHook.of(job)?.retry]).toEqual([{}, undefined]);
});

test.each<[HookRetry, string]>([
  [{ attempts: 1 }, 'attempts is "1", not a number from 2 to 10'],
  [{ attempts: 3, backoff: Duration.minutes(6) }, 'backoff is "360s", not a duration above zero of at most 5m'],
  [{ attempts: 3, onExitCodes: [] }, 'an exit code is "", not a number from 1 to 255'],
  [{ attempts: 3, onExitCodes: [0] }, 'an exit code is "0", not a number from 1 to 255'],
])('the retry %j is refused', (retry, why) => {
  expect(() => new HookJob(newChart(), 'hook', { ...PROPS, retry })).toThrow(`retry: ${why}`);
});
