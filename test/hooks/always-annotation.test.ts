import { ConfigMap, ServiceAccount } from 'cdk8s-plus-27';
import { HelmHook, HookEvent, HookJob, HookPod, MigrationHook, RunOn } from '../../src/hooks';
import { annotation, newChart } from './synth';

const PROPS = { on: [HookEvent.PRE_UPGRADE, HookEvent.POST_UPGRADE], image: 'shop:1' };
const KEY = 'cdk8s-lifecycle/always';

test('that a Job or a Pod runs in any case is written, and can be read back', () => {
  for (const Construct of [HookJob, HookPod]) {
    const chart = newChart();
    new Construct(chart, 'hook', { ...PROPS, always: true });
    expect(annotation(KEY, chart)).toEqual({ 'web-hook': 'true' });
  }
  expect(HelmHook.of(new HookJob(newChart(), 'hook', { ...PROPS, always: true }).job)?.always).toBe(true);
});

test.each([false, undefined])('always: %s writes nothing', (always) => {
  const chart = newChart();
  const { job } = new HookJob(chart, 'hook', { ...PROPS, always });
  expect([annotation(KEY, chart), HelmHook.of(job)?.always]).toEqual([{}, undefined]);
});

test.each([[HelmHook.preUpgrade], [HelmHook.test], [HelmHook.onFailure]])('a hook without a post-event is refused', (factory) => {
  expect(() => new ConfigMap(newChart(), 'hook').with(factory({ always: true }))).toThrow(
    /^web\/hook is a hook of [a-z-]+, and cannot run in any case: give it a post-event, or leave out always$/,
  );
});

test('a hook that is passed over where nothing has changed is refused', () => {
  expect(() => new HookJob(newChart(), 'hook', { ...PROPS, always: true, runOn: RunOn.CHANGE })).toThrow('web/hook runs in any case, and only where something has changed: leave out always or runOn');
});

test('what takes a migration back runs in no other case than a rollback', () => {
  const chart = newChart();
  new MigrationHook(chart, 'hook', { image: 'shop:1', on: [HookEvent.POST_UPGRADE], down: ['undo'], always: true });
  expect(annotation(KEY, chart)).toEqual({ 'web-hook': 'true' });
});

describe('what a hook brings that runs in any case', () => {
  const bringing = () => {
    const chart = newChart();
    const serviceAccount = new ServiceAccount(chart, 'runner');
    const hook = new HookJob(chart, 'hook', { on: [HookEvent.POST_UPGRADE], image: 'shop:1', serviceAccount, always: true });
    return { chart, serviceAccount, hook };
  };

  test('is there in any case', () => {
    const { chart, hook } = bringing();
    hook.bringsItsOwn();
    expect(Object.values(annotation(KEY, chart))).toEqual(['true', 'true']);
  });

  test('may not be a hook that comes only if nothing has failed', () => {
    const { serviceAccount, hook } = bringing();
    serviceAccount.with(HelmHook.postUpgrade());
    expect(() => hook.bringsItsOwn()).toThrow(/^web\/hook runs in any case, and needs ServiceAccount\/.*, which is a hook already, but may not run\. Say always there, too\.$/);
  });
});
