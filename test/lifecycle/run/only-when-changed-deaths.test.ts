import { KubeObject } from '../../../src/vocabulary';
import { configMap } from '../../release/manifests';
import { Death, mortal } from '../mortal';
import { SeededShop, fromSettings, seed } from './seeded-shop';

interface LiveJob {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { readonly args?: readonly string[] }[] } } };
  readonly status: { readonly conditions?: readonly { readonly type: string }[] };
}

describe('wherever an upgrade dies that changes a hook', () => {
  const [old, changed] = [seed({ env: fromSettings }), seed({ env: fromSettings, args: ['--all'] })];
  const objects = (hook: KubeObject, x: string) => [hook, configMap('settings', { x })];

  /** An upgrade that dies, then one that does not: how it ended, and what is there of the hook's last run. */
  async function dieAndGoOn(death: Death, next: readonly KubeObject[]): Promise<unknown> {
    const shop = await SeededShop.open();
    await shop.deploy(objects(old, '1'));
    const process = mortal(shop.cluster, death);
    await Promise.race([shop.on(process.cluster).deploy(objects(changed, '2')), process.died]);
    const told = await shop.deploy(next);
    const live = (await shop.cluster.get({ apiVersion: 'batch/v1', kind: 'Job', name: 'seed', namespace: 'shop' })) as (KubeObject & LiveJob) | undefined;
    const isComplete = live?.status.conditions?.some(({ type }) => type === 'Complete');
    return [shop.outcome?.status, told.length, ...(live ? [live.spec.template.spec.containers[0].args, isComplete] : [])];
  }

  test.each<[string, readonly KubeObject[], readonly unknown[]]>([
    ['goes on with it', objects(changed, '2'), [['succeeded', 1, ['--all'], true]]],
    // Who has died when the old Job was gone, and the new one not yet there, has changed nothing.
    ['goes back', objects(old, '1'), [['succeeded', 1, [], true], ['succeeded', 1]]],
  ])('an upgrade that %s passes over the hook only where its last run was that very one', async (_what, next, good) => {
    const shop = await SeededShop.open();
    await shop.deploy(objects(old, '1'));
    const process = mortal(shop.cluster);
    await shop.on(process.cluster).deploy(objects(changed, '2'));
    const bad: unknown[] = [];
    for (let call = 0; call < process.calls(); call += 1) {
      for (const moment of ['before', 'after'] as const) {
        const seen = await dieAndGoOn({ call, moment }, next);
        if (!good.some((each) => JSON.stringify(seen) === JSON.stringify(each))) bad.push([call, moment, seen]);
      }
    }
    expect(bad).toEqual([]);
    expect(process.calls()).toBeGreaterThan(20);
  }, 120_000);
});
