import { configMap, deployment, job } from '../../release/manifests';
import { Shop } from '../harness';

const SLOW = { jobs: { slow: { for: '1h' } }, neverReady: ['web'] };
const slow = (on: string) => job('slow', { on, policies: 'before-hook-creation,hook-failed' });

function interruptAt(shop: Shop, delay: string): AbortSignal {
  const controller = new AbortController();
  shop.cluster.at(delay, () => controller.abort());
  return controller.signal;
}

test('an interrupted install stops its hook for good, keeps its object and records the revision as failed', async () => {
  const shop = await Shop.open(SLOW);
  const { outcome, story, events } = await shop.install([slow('pre-install'), configMap('a')], { interrupt: interruptAt(shop, '10s') });
  expect(outcome).toMatchObject({ status: 'interrupted', error: { code: 'interrupted', message: 'The operation was interrupted' } });
  expect(story).toEqual([
    'record 1 pending-install', 'pre-install slow started', 'pre-install slow waits: it is being stopped', 'pre-install slow interrupted', 'record 1 failed',
  ]);
  expect(await shop.get('Job', 'slow')).toMatchObject({ metadata: { annotations: { 'cdk8s-lifecycle/stopped': 'interrupted' } }, spec: { activeDeadlineSeconds: 1 } });
  expect((await shop.last()).info.description).toBe('Release "web" failed: The operation was interrupted');
  expect(Date.parse(events.at(-1)!.at) - Date.parse(events[0].at)).toBeLessThanOrEqual(10_500);
});

test('an operation that is interrupted before it begins changes nothing', async () => {
  const shop = await Shop.open();
  const { outcome, story } = await shop.install([configMap('a')], { interrupt: AbortSignal.abort() });
  expect([outcome.status, story, await shop.names('ConfigMap')]).toEqual(['interrupted', [], []]);
});

test('an upgrade that is interrupted while it waits leaves the old revision deployed', async () => {
  const shop = await Shop.open(SLOW);
  await shop.install([configMap('a')]);
  const { outcome, story } = await shop.upgrade([deployment('web')], { wait: true, interrupt: interruptAt(shop, '10s') });
  expect(outcome.status).toBe('interrupted');
  expect(story.slice(-2)).toEqual(['waiting Deployment/web: its controller has not seen it yet', 'record 2 failed']);
  expect(await shop.statuses()).toEqual(['1 deployed', '2 failed']);
});

test('an interrupted pre-delete hook leaves the release as it was', async () => {
  const shop = await Shop.open(SLOW);
  await shop.install([slow('pre-delete'), configMap('a')]);
  const { outcome } = await shop.uninstall({ interrupt: interruptAt(shop, '10s') });
  expect([outcome.status, await shop.statuses(), await shop.names('ConfigMap')]).toEqual(['interrupted', ['1 deployed'], ['a']]);
});

test('an uninstall that is interrupted in its post-delete hook can be done again', async () => {
  const shop = await Shop.open(SLOW);
  await shop.install([slow('post-delete'), configMap('a')]);
  const { outcome } = await shop.uninstall({ interrupt: interruptAt(shop, '10s') });
  expect([outcome.status, await shop.statuses()]).toEqual(['interrupted', ['1 uninstalling']]);
});

test('a hook that was interrupted is recorded as failed', async () => {
  const shop = await Shop.open(SLOW);
  await shop.install([slow('pre-install'), configMap('a')], { interrupt: interruptAt(shop, '10s') });
  expect((await shop.last()).hooks[0].last_run).toMatchObject({ phase: 'Failed', started_at: '2026-01-01T00:00:00.000Z' });
});
