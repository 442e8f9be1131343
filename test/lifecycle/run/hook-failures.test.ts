import { LogQuery } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { configMap, deployment, job } from '../../release/manifests';
import { Shop } from '../harness';
import { FaultyCluster } from './faulty-cluster';

const FAILS = { jobs: { bad: { exitCode: 1 } } };
const WHY = (event: string) => `Hook ${event} Job/bad failed: container "main" exited 1 (after 2.0 s)`;
const bad = (on: string) => job('bad', { on });

test('a failed pre-install hook leaves nothing but a failed record', async () => {
  const shop = await Shop.open(FAILS);
  const { outcome, story } = await shop.install([bad('pre-install'), deployment('web')]);
  expect(outcome).toMatchObject({ status: 'failed', revision: 1, error: { code: 'hook-failed' } });
  expect(story).toEqual(['record 1 pending-install', 'pre-install bad started', 'pre-install bad failed', 'record 1 failed']);
  expect((await shop.last()).info).toMatchObject({ status: 'failed', description: `Release "web" failed: failed pre-install: ${WHY('pre-install')}` });
});

test('a failed post-install hook leaves the resources and a failed record', async () => {
  const shop = await Shop.open(FAILS);
  const { story } = await shop.install([bad('post-install'), configMap('a')]);
  expect(story).toEqual(['record 1 pending-install', 'created ConfigMap/a', 'post-install bad started', 'post-install bad failed', 'record 1 failed']);
  expect((await shop.last()).info.description).toBe(`Release "web" failed: failed post-install: ${WHY('post-install')}`);
});

test('a failed pre-upgrade hook leaves the resources untouched and the old revision deployed', async () => {
  const shop = await Shop.open(FAILS);
  await shop.install([deployment('web', 'web:1'), configMap('dropped')]);
  const { outcome, story } = await shop.upgrade([bad('pre-upgrade'), deployment('web', 'web:2'), configMap('new')]);
  expect(outcome).toMatchObject({ status: 'failed', revision: 2 });
  expect(story).toEqual(['record 2 pending-upgrade', 'pre-upgrade bad started', 'pre-upgrade bad failed', 'record 2 failed']);
  expect(await shop.get('Deployment', 'web', 'apps/v1')).toMatchObject({ spec: { template: { spec: { containers: [{ image: 'web:1' }] } } } });
  expect([await shop.names('ConfigMap'), await shop.statuses()]).toEqual([['dropped'], ['1 deployed', '2 failed']]);
  expect((await shop.last()).info.description).toBe(`Upgrade "web" failed: pre-upgrade hooks failed: ${WHY('pre-upgrade')}`);
});

test('a failed post-upgrade hook leaves the new resources, and the old revision deployed', async () => {
  const shop = await Shop.open(FAILS);
  await shop.install([configMap('a', { x: '1' })]);
  const { story } = await shop.upgrade([configMap('a', { x: '2' }), bad('post-upgrade')]);
  expect(story).toEqual(['record 2 pending-upgrade', 'changed ConfigMap/a', 'post-upgrade bad started', 'post-upgrade bad failed', 'record 2 failed']);
  expect(await shop.statuses()).toEqual(['1 deployed', '2 failed']);
});

test.each(['pre-rollback', 'post-rollback'])('a failed %s hook ends in a failed revision, not in one that is pending', async (event) => {
  const shop = await Shop.open(FAILS);
  await shop.install([configMap('a'), bad(event)]);
  await shop.upgrade([configMap('a'), configMap('b')]);
  const { outcome } = await shop.rollback(1);
  expect(outcome.status).toBe('failed');
  expect(await shop.statuses()).toEqual(['1 superseded', '2 deployed', '3 failed']);
  expect(await shop.names('ConfigMap')).toEqual(event === 'pre-rollback' ? ['a', 'b'] : ['a']);
  expect((await shop.last()).info.description).toBe(`Rollback "web" failed: ${event} hooks failed: ${WHY(event)}`);
});

test('a release whose pre-delete hook failed is as it was, and can be upgraded', async () => {
  const shop = await Shop.open(FAILS);
  await shop.install([configMap('a'), bad('pre-delete')]);
  const { outcome, story } = await shop.uninstall();
  expect(story).toEqual(['pre-delete bad started', 'pre-delete bad failed']);
  expect([outcome.status, await shop.statuses(), await shop.names('ConfigMap')]).toEqual(['failed', ['1 deployed'], ['a']]);
  expect((await shop.last()).info.description).toBe('Install complete');
  expect((await shop.upgrade([configMap('a')])).outcome.status).toBe('succeeded');
});

test('a failed post-delete hook does not keep the release, but fails the uninstall', async () => {
  const shop = await Shop.open(FAILS);
  await shop.install([configMap('a'), bad('post-delete')]);
  const { outcome, story } = await shop.uninstall();
  expect(story).toEqual(['record 1 uninstalling', 'deleted ConfigMap/a', 'post-delete bad started', 'post-delete bad failed', 'forget 1']);
  expect(outcome).toMatchObject({ status: 'failed', error: { message: WHY('post-delete') } });
  expect(await shop.statuses()).toEqual([]);
});

test('after a failed install the next try is an upgrade, with the hooks of an upgrade', async () => {
  const shop = await Shop.open(FAILS);
  await shop.install([bad('pre-install'), configMap('a')]);
  const { outcome, story } = await shop.upgrade([bad('pre-install'), job('good', { on: 'pre-upgrade' }), configMap('a')]);
  expect(outcome.status).toBe('succeeded');
  expect(story).toEqual([
    'record 2 pending-upgrade', 'pre-upgrade good started', 'pre-upgrade good succeeded', 'created ConfigMap/a', 'record 2 deployed', 'record 1 superseded',
  ]);
  expect(await shop.statuses()).toEqual(['1 superseded', '2 deployed']);
});

test('a hook object that cannot be deleted after a failure is a warning, and the failure of the hook stays the cause', async () => {
  const cluster = new FaultyCluster(FAILS);
  const shop = await Shop.in(cluster);
  cluster.refuse('delete', /^Job\//);
  const { outcome, story } = await shop.install([
    job('good', { on: 'pre-install', weight: -1, policies: 'hook-succeeded' }),
    job('bad', { on: 'pre-install', policies: 'hook-failed' }),
    configMap('a'),
  ]);
  expect(outcome.error!.message).toBe(WHY('pre-install'));
  expect(story.slice(-3)).toEqual([
    'warning Job/bad could not be deleted (hook-failed): cannot delete Job/bad: it was refused',
    'warning Job/good could not be deleted (hook-succeeded): cannot delete Job/good: it was refused',
    'record 1 failed',
  ]);
});

test('a hook object that cannot be deleted after its success fails the operation, as in Helm', async () => {
  const cluster = new FaultyCluster();
  const shop = await Shop.in(cluster);
  cluster.refuse('delete', /^Job\//);
  const { outcome } = await shop.install([job('good', { on: 'pre-install', policies: 'hook-succeeded' }), configMap('a')]);
  expect(outcome).toMatchObject({ status: 'failed', error: { code: 'cluster', message: 'cannot delete Job/good: it was refused' } });
  expect([await shop.statuses(), await shop.names('ConfigMap')]).toEqual([['1 failed'], []]);
});

test('a hook that cannot be stopped when its time is over is a warning, and the timeout stays the cause', async () => {
  const cluster = new FaultyCluster({ jobs: { slow: { for: '1h' } } });
  const shop = await Shop.in(cluster);
  cluster.refuse('patch', /^Job\//, 'invalid');
  const { outcome, story } = await shop.install([job('slow', { on: 'pre-install' }), configMap('a')], { timeoutSeconds: 10 });
  expect(outcome.error).toMatchObject({ code: 'hook-failed', verdict: { kind: 'timed-out' } });
  expect(story.slice(-4)).toEqual([
    'pre-install slow waits: it is being stopped',
    'warning Job/slow could not be stopped: cannot patch Job/slow: it was refused',
    'pre-install slow timed-out',
    'record 1 failed',
  ]);
});

test('without the right to patch Jobs, one whose time is over is deleted, so that it does not run on', async () => {
  const cluster = new FaultyCluster({ jobs: { slow: { for: '1h' } } });
  const shop = await Shop.in(cluster);
  cluster.refuse('patch', /^Job\//, 'forbidden');
  const { outcome, story } = await shop.install([job('slow', { on: 'pre-install' })], { timeoutSeconds: 10 });
  expect(outcome.error).toMatchObject({ code: 'hook-failed', verdict: { kind: 'timed-out' } });
  expect(story.slice(-3)).toEqual(['pre-install slow waits: it is being stopped', 'pre-install slow timed-out', 'record 1 failed']);
  expect([await shop.names('Job'), await shop.names('Pod')]).toEqual([[], []]);
});

/** A cluster whose logs come after the verdict. */
class LateLogs extends SimulatedCluster {
  override async *logs(_query: LogQuery, signal: AbortSignal): AsyncGenerator<string> {
    await this.clock.sleep(4000, signal);
    yield 'the last words';
  }
}

test('what comes after the verdict is in the error all the same', async () => {
  const shop = await Shop.in(new LateLogs(FAILS));
  const { outcome } = await shop.install([bad('pre-install')]);
  expect(outcome.error).toMatchObject({ verdict: { kind: 'failed' }, lastLines: ['the last words'] });
});

/** A cluster whose containers say something when they are told to end. */
class Farewells extends SimulatedCluster {
  #told: () => void = () => undefined;

  override async patch(...args: Parameters<SimulatedCluster['patch']>) {
    this.#told();
    return super.patch(...args);
  }

  override async *logs(): AsyncGenerator<string> {
    yield 'working';
    await new Promise<void>((resolve) => (this.#told = resolve));
    yield 'interrupted, rolling back';
  }
}

test('what a hook prints while it is stopped is in the error, too', async () => {
  const shop = await Shop.in(new Farewells({ jobs: { bad: { for: '1h' } } }));
  const { outcome } = await shop.install([bad('pre-install')], { timeoutSeconds: 10 });
  expect(outcome.error).toMatchObject({ verdict: { kind: 'timed-out' }, lastLines: ['working', 'interrupted, rolling back'] });
});
