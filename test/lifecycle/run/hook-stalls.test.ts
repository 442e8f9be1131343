import { SimulatedClusterProps } from '../../../src/cluster/simulated';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, job, pod } from '../../release/manifests';
import { Shop } from '../harness';
import { FaultyCluster } from './faulty-cluster';

const MIGRATE = [job('migrate', { on: 'pre-install' }), configMap('r')];
const SLOW: SimulatedClusterProps = { jobs: { migrate: { for: '1h' } } };
const NO_NAME = { phase: 'Pending', containerStatuses: [{ name: 'main', state: { waiting: { reason: 'InvalidImageName', message: 'no' } } }] };
const NO_NODE = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available' }] };
const NAMELESS = 'image "tool:1" of container "main" is no name of an image';

/** The status of the first Pod becomes another, after a while. */
function podBecomes(shop: Shop, status: object, after = '500ms'): void {
  shop.cluster.at(after, async () => {
    const [{ metadata }] = await shop.cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' });
    await shop.cluster.patch({ apiVersion: 'v1', kind: 'Pod', name: metadata.name!, namespace: 'shop' }, { status });
  });
}

/** Something is said about the Job, or about its Pod. */
function warn(shop: Shop, kind: 'Job' | 'Pod', reason: string, message: string, after: string): void {
  shop.cluster.at(after, async () => {
    const [{ metadata }] = await shop.cluster.list({ apiVersion: kind === 'Job' ? 'batch/v1' : 'v1', kind, namespace: 'shop' });
    await shop.cluster.create(warning(metadata.uid!, reason, message, shop.cluster.clock.now().toISOString()));
  });
}

let count = 0;
function warning(uid: string, reason: string, message: string, lastTimestamp: string | null): KubeObject {
  count += 1;
  return { apiVersion: 'v1', kind: 'Event', metadata: { name: `event-${count}`, namespace: 'shop' }, type: 'Warning', involvedObject: { uid }, reason, message, lastTimestamp };
}

test('a hook that cannot run for a reason that stays fails at once with it and its remedy, and its Job is stopped', async () => {
  const shop = await Shop.open(SLOW);
  podBecomes(shop, NO_NAME);
  const { outcome, story, events } = await shop.install(MIGRATE);
  expect(story).toEqual([
    'record 1 pending-install', 'pre-install migrate started', 'pre-install migrate waits: it is being stopped', 'pre-install migrate stuck', 'record 1 failed',
  ]);
  expect(outcome.error).toMatchObject({
    code: 'hook-failed',
    message: `Hook pre-install Job/migrate cannot run: ${NAMELESS} (after 1.1 s)`,
    remedy: 'Correct it in the manifest.',
  });
  expect(events.find(({ kind }) => kind === 'hook-finished')).toMatchObject({ verdict: { kind: 'stuck', cause: NAMELESS, remedy: 'Correct it in the manifest.' } });
  expect(await shop.get('Job', 'migrate')).toMatchObject({
    metadata: { annotations: { 'cdk8s-lifecycle/stopped': `cannot run: ${NAMELESS}` } },
    status: { conditions: [{ type: 'FailureTarget' }, { type: 'Failed', reason: 'DeadlineExceeded' }] },
  });
  expect((await shop.last()).hooks[0].last_run).toMatchObject({ phase: 'Failed' });
});

test('without failFast it is told, and waited for until the timeout', async () => {
  const shop = await Shop.open(SLOW);
  podBecomes(shop, NO_NAME);
  shop.cluster.at('700ms', async () => shop.cluster.patch((await podRef(shop)), { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })); // its container never starts
  const { outcome, events } = await shop.install(MIGRATE, { failFast: false, timeoutSeconds: 20 });
  expect(events.find(({ kind }) => kind === 'hook-waiting')).toMatchObject({ at: '2026-01-01T00:00:00.500Z', reason: NAMELESS, remedy: 'Correct it in the manifest.' });
  expect(outcome.error).toMatchObject({
    message: expect.stringContaining(`timed out after 20 s, ${NAMELESS}`),
    remedy: 'Correct it in the manifest.',
    verdict: { kind: 'timed-out', afterSeconds: 20, waiting: NAMELESS, remedy: 'Correct it in the manifest.' },
  });
});

async function podRef(shop: Shop) {
  const [{ metadata }] = await shop.cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' });
  return { apiVersion: 'v1', kind: 'Pod', name: metadata.name!, namespace: 'shop' };
}

test('a hook whose Pod finds no node yet waits, and says so once', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '2s' } } });
  podBecomes(shop, NO_NODE, '300ms');
  podBecomes(shop, { ...NO_NODE, nominatedNodeName: 'a' }, '600ms');
  const { outcome, story } = await shop.install(MIGRATE);
  expect(outcome.status).toBe('succeeded');
  expect(story.filter((line) => line.includes('waits'))).toEqual(['pre-install migrate waits: cannot be scheduled: 0/1 nodes are available']);
});

test('what an event of the Job tells is told: its Pod is denied', async () => {
  const shop = await Shop.open(SLOW);
  warn(shop, 'Job', 'FailedCreate', 'Error creating: pods "migrate-x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true', '20ms');
  const { outcome } = await shop.install(MIGRATE);
  expect(outcome.error!.message).toBe('Hook pre-install Job/migrate cannot run: its Pod is denied by Pod Security "restricted:latest": runAsNonRoot != true (after 0.0 s)');
  expect(await shop.names('Job')).toEqual([]); // it had not started, so it is deleted
});

test('what an event of the Pod tells is told: its volume lacks its Secret', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '2s' } } });
  warn(shop, 'Pod', 'FailedMount', 'MountVolume.SetUp failed for volume "v" : object "shop"/"db" not registered', '100ms');
  warn(shop, 'Pod', 'FailedMount', 'MountVolume.SetUp failed for volume "v" : secret "db" not found', '200ms');
  const { story, outcome } = await shop.install(MIGRATE);
  expect(outcome.status).toBe('succeeded');
  expect(story.filter((line) => line.includes('waits'))).toEqual(['pre-install migrate waits: Secret/db does not exist, which its Pod mounts']);
});

test('an event from before there was a Pod is no longer true', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '2s', exitCode: 1 } } });
  warn(shop, 'Job', 'FailedCreate', 'Error creating: pods "migrate-x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1', '20ms');
  const { story } = await shop.install([job('migrate', { on: 'pre-install' }, { backoffLimit: 1 }), configMap('r')]);
  expect(story.filter((line) => line.includes('waits'))).toEqual(['pre-install migrate waits: ResourceQuota/q is used up: requested: pods=1, used: pods=1, limited: pods=1']);
});

test('events of other objects, and of other kinds, say nothing', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '2s' } } });
  await shop.cluster.create(warning('of-another', 'FailedCreate', 'Error creating: violates PodSecurity "x": y', null));
  warn(shop, 'Job', 'BackoffLimitExceeded', 'violates PodSecurity "x": y', '20ms');
  const { story, outcome } = await shop.install(MIGRATE);
  expect([outcome.status, story.filter((line) => line.includes('waits'))]).toEqual(['succeeded', []]);
});

test('without the right to read events the operation goes on, and says so once', async () => {
  const cluster = new FaultyCluster({});
  cluster.refuse('watch', /^Event\//);
  const shop = await Shop.in(cluster);
  const { outcome, story } = await shop.install([job('a', { on: 'pre-install' }), job('b', { on: 'pre-install' }), configMap('r')]);
  expect(outcome.status).toBe('succeeded');
  expect(story.filter((line) => line.startsWith('warning'))).toEqual(["warning What keeps a hook's Pods from being made is not told: cannot watch Event/*: it was refused"]);
});

test('a hook that is a Pod and cannot run is stopped, too', async () => {
  const shop = await Shop.open();
  podBecomes(shop, NO_NAME);
  const { outcome } = await shop.install([pod('check', { on: 'pre-install' }), configMap('r')]);
  expect(outcome.error!.message).toBe(`Hook pre-install Pod/check cannot run: ${NAMELESS} (after 0.5 s)`);
  expect(await shop.names('Pod')).toEqual([]);
});

test('a hook that succeeds in the moment in which its time is over has succeeded', async () => {
  const shop = await Shop.open(SLOW);
  const conditions = [{ type: 'SuccessCriteriaMet', status: 'True' }, { type: 'Complete', status: 'True' }];
  const get = shop.cluster.get.bind(shop.cluster);
  // The news has not come through the watch when the runner asks for the Job in order to stop it.
  shop.cluster.get = async (asked) => {
    const live = await get(asked);
    return asked.kind === 'Job' && live && shop.cluster.clock.now().getTime() >= Date.parse('2026-01-01T00:00:20Z') ? { ...live, status: { conditions } } : live;
  };
  const { story, outcome } = await shop.install(MIGRATE, { timeoutSeconds: 20 });
  expect([outcome.status, story.find((line) => line.includes('succeeded'))]).toEqual(['succeeded', 'pre-install migrate succeeded']);
});
