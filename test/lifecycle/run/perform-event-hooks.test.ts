import { AroundEvent } from '../../../src/lifecycle';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, job, withMetadata } from '../../release/manifests';
import { Shop } from '../harness';
import { around, journal, HOOKS } from './around-events';

describe('a hook that fails around what others manage', () => {
  const objects = [
    ...HOOKS, job('tell', { on: 'on-failure' }),
    withMetadata(job('page-down', { on: 'post-upgrade', weight: 9 }), { annotations: { 'cdk8s-lifecycle/always': 'true' } }),
  ];

  test.each([
    ['pre-upgrade', 'migrate'],
    ['post-upgrade', 'warm'],
  ] as const)('at %s calls for those for a failure, and for those that run in any case', async (event, failing) => {
    const shop = await Shop.open({ jobs: { [failing]: { exitCode: 1 }, tell: { exitCode: 2 } } });
    await around(shop, 'pre-install', { objects });
    await around(shop, 'post-install', { objects });
    if (event === 'post-upgrade') await around(shop, 'pre-upgrade', { objects, run: 'r2' });
    const { outcome, story } = await around(shop, event, { objects, run: 'r2' });
    expect(story.slice(story.indexOf(`${event} ${failing} started`))).toEqual([
      `${event} ${failing} started`, `${event} ${failing} failed`, 'on-failure tell started', 'on-failure tell failed', 'post-upgrade page-down started', 'post-upgrade page-down succeeded',
    ]);
    expect(outcome).toMatchObject({ status: 'failed', error: { hook: { hook: { name: failing } } }, alsoFailed: [{ hook: { hook: { name: 'tell' } } }] });
    expect((await journal(shop, 2))!.slice(-2)).toEqual(['on-failure tell failed', 'post-upgrade page-down succeeded']);
  });
});

test('a hook of a release whose resources others manage holds its mutex, too', async () => {
  const shop = await Shop.open({ jobs: { prepare: { for: '10s' } } });
  const ref = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: 'cdk8s-lifecycle-mutex.orders-db', namespace: 'default' };
  const prepare = withMetadata(job('prepare', { on: 'pre-install' }), { annotations: { 'cdk8s-lifecycle/mutex': 'orders-db' } });
  const running = around(shop, 'pre-install', { objects: [prepare] }, { host: 'build-7' });
  await shop.cluster.clock.sleep(5000);
  expect((await shop.cluster.get(ref))?.metadata.annotations).toMatchObject({ 'cdk8s-lifecycle/host': 'build-7', 'cdk8s-lifecycle/release': 'shop/web' });
  expect([(await running).outcome.status, await shop.cluster.get(ref)]).toEqual(['succeeded', undefined]);
});

const DIGEST = `tool@sha256:${'0123456789abcdef'.repeat(4)}`;

/** A hook of a stack that runs only when something has changed. */
function seed(on: string, command: string): KubeObject {
  const env = [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'settings', key: 'x' } } }];
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: DIGEST, command: [command], env }] } };
  return withMetadata(job('seed', { on }, { template }), { annotations: { 'cdk8s-lifecycle/run-on': 'change' } });
}

test('a hook of a release whose resources others manage is passed over, too, where nothing has changed', async () => {
  const shop = await Shop.open();
  const settings = (x: string) => shop.cluster.apply({ ...configMap('settings', { x }), metadata: { name: 'settings', namespace: 'shop' } }, { fieldManager: 'stack' });
  const seen: string[] = [];
  const run = async (event: AroundEvent, change: string, command = 'seed', on = 'post-install,post-upgrade,pre-delete') => {
    const { story } = await around(shop, event, { objects: [seed(on, command)], run: change });
    seen.push(...story.filter((line) => / seed (started|skipped)/.test(line)));
  };
  await settings('1');
  for (const event of ['pre-install', 'post-install'] as const) await run(event, 'r1');
  for (const event of ['pre-upgrade', 'post-upgrade'] as const) await run(event, 'r2');
  await settings('2');
  for (const event of ['pre-upgrade', 'post-upgrade'] as const) await run(event, 'r3');
  for (const event of ['pre-upgrade', 'post-upgrade'] as const) await run(event, 'r4', 'seed-all');
  await run('pre-delete', 'r4', 'seed-all');
  await run('post-upgrade', 'r5', 'seed-all');
  expect(seen).toEqual([
    'post-install seed started',
    'post-upgrade seed skipped: nothing that it uses has changed since it succeeded in revision 1',
    'post-upgrade seed started: ConfigMap/settings has changed since it succeeded in revision 1',
    'post-upgrade seed started: it does something else since it succeeded in revision 3',
    'pre-delete seed started',
    'post-upgrade seed started: no earlier success of it is known',
  ]);
});

test('a hook of both events of a change runs at both where something has changed; hooks that run only after changes know their last success, too', async () => {
  const shop = await Shop.open();
  const seen: string[] = [];
  const run = async (event: AroundEvent, change: string, command: string) => {
    const { story } = await around(shop, event, { objects: [seed('post-install,pre-upgrade,post-upgrade', command)], run: change });
    seen.push(...story.filter((line) => / seed (started|skipped)/.test(line)));
  };
  await run('post-install', 'r1', 'seed');
  await run('post-upgrade', 'r2', 'seed');
  for (const event of ['pre-upgrade', 'post-upgrade'] as const) await run(event, 'r3', 'seed-all');
  expect(seen).toEqual([
    'post-install seed started',
    'post-upgrade seed skipped: nothing that it uses has changed since it succeeded in revision 1',
    'pre-upgrade seed started: it does something else since it succeeded in revision 1',
    'post-upgrade seed started: something has changed before in this revision',
  ]);
});
