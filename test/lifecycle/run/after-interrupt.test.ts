import { configMap, job } from '../../release/manifests';
import { Shop } from '../harness';
import { FAILS, MIGRATE, NOTIFY, PAGE_DOWN, WARM, hooks, told } from './failing-upgrade';

/** The signal of an operation that is interrupted after a while. */
function interruptAt(shop: Shop, delay: string): AbortSignal {
  const controller = new AbortController();
  shop.cluster.at(delay, () => controller.abort());
  return controller.signal;
}

describe('an operation that is interrupted', () => {
  test('runs what runs in any case, for nobody else will, but not what a failure calls for', async () => {
    const shop = await Shop.open({ jobs: { migrate: { for: '1h' } } });
    await shop.install([configMap('settings')]);
    const run = await shop.upgrade([MIGRATE, WARM, PAGE_DOWN, NOTIFY], { interrupt: interruptAt(shop, '10s') });
    expect(run.outcome).toMatchObject({ status: 'interrupted', error: { code: 'interrupted' } });
    expect(told(run)).toEqual([
      'record 2 pending-upgrade', 'pre-upgrade migrate started', 'pre-upgrade migrate waits: it is being stopped', 'pre-upgrade migrate interrupted',
      'post-upgrade page-down started', 'post-upgrade page-down succeeded', 'record 2 failed',
    ]);
  });

  test('waits for the Pods of what it stopped', async () => {
    const shop = await Shop.open({ jobs: { migrate: { for: '1h' } } });
    await shop.install([configMap('settings')]);
    const { events } = await shop.upgrade([MIGRATE, PAGE_DOWN], { interrupt: interruptAt(shop, '500ms') });
    const { status } = (await shop.get('Job', 'migrate')) as unknown as { readonly status: { readonly conditions: readonly { readonly type: string; readonly lastTransitionTime: string }[] } };
    const ended = status.conditions.find(({ type }) => type === 'Failed')!.lastTransitionTime;
    const started = events.find((event) => event.kind === 'hook-started' && event.hook.name === 'page-down')!.at;
    expect(started).toBe(ended);
  });

  test('runs one that it stopped again, from its beginning', async () => {
    const shop = await Shop.open({ jobs: { 'page-down': { for: '30s' } } });
    await shop.install([configMap('settings')]);
    const run = await shop.upgrade([PAGE_DOWN], { interrupt: interruptAt(shop, '10s') });
    expect(hooks(run).slice(-5)).toEqual([
      'post-upgrade page-down started', 'post-upgrade page-down waits: it is being stopped', 'post-upgrade page-down interrupted',
      'post-upgrade page-down started', 'post-upgrade page-down succeeded',
    ]);
    expect(run.outcome.status).toBe('interrupted');
  });

  test('while it tells of its failure goes over to what runs in any case', async () => {
    const shop = await Shop.open({ jobs: { migrate: FAILS, notify: { for: '1h' } } });
    await shop.install([configMap('settings')]);
    const run = await shop.upgrade([MIGRATE, NOTIFY, job('tell', { on: 'on-failure', weight: 1 }), PAGE_DOWN], { interrupt: interruptAt(shop, '10s') });
    expect(hooks(run).slice(2)).toEqual([
      'on-failure notify started', 'on-failure notify waits: it is being stopped', 'on-failure notify interrupted', 'post-upgrade page-down started', 'post-upgrade page-down succeeded',
    ]);
    expect(run.outcome).toMatchObject({ status: 'failed', error: { hook: { hook: { name: 'migrate' } } }, alsoFailed: [{ code: 'interrupted' }] });
  });

  test('before it begins runs nothing', async () => {
    const shop = await Shop.open();
    await shop.install([configMap('settings')]);
    expect((await shop.upgrade([PAGE_DOWN, NOTIFY], { interrupt: AbortSignal.abort() })).story).toEqual([]);
  });
});
