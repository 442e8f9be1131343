import { ClusterError } from '../../../src/cluster';
import { ReleaseLock } from '../../../src/lifecycle/run/lock';
import { FaultyCluster } from './faulty-cluster';

const SCOPE = { release: 'web', namespace: 'default' };
const LEASE = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: 'cdk8s-lifecycle.web', namespace: 'default' };

interface Attempt {
  readonly patience?: number;
  readonly interrupt?: AbortSignal;
  readonly told?: string[];
}

const NEVER = new AbortController().signal;
const START = Date.parse('2026-01-01T00:00:00Z');

function acquire(cluster: FaultyCluster, identity: string, { patience = 0, interrupt = NEVER, told = [] }: Attempt = {}): Promise<ReleaseLock> {
  return ReleaseLock.acquire(cluster, SCOPE, { identity, host: 'here', operation: 'upgrade' }, { patience, interrupt, tell: (by) => told.push(by) });
}

const seconds = (cluster: FaultyCluster) => (cluster.clock.now().getTime() - START) / 1000;

async function holder(cluster: FaultyCluster): Promise<unknown> {
  const lease = await cluster.get(LEASE);
  return (lease?.spec as { readonly holderIdentity?: string } | undefined)?.holderIdentity;
}

/** A lease of somebody who died: nobody renews it. */
async function dead(cluster: FaultyCluster, annotations: Readonly<Record<string, string>> = {}): Promise<void> {
  const { name, namespace } = LEASE;
  const spec = { holderIdentity: 'dead', leaseDurationSeconds: 15, renewTime: '2026-01-01T00:00:00.000000Z' };
  await cluster.create({ apiVersion: LEASE.apiVersion, kind: LEASE.kind, metadata: { name, namespace, annotations }, spec });
}

test('a lock says who holds it, is renewed, and is gone when it is given back', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  await lock.setRevision(3);
  expect(await cluster.get(LEASE)).toMatchObject({
    metadata: { annotations: { 'cdk8s-lifecycle/host': 'here', 'cdk8s-lifecycle/operation': 'upgrade', 'cdk8s-lifecycle/revision': '3' } },
    spec: { holderIdentity: 'a', leaseDurationSeconds: 15, renewTime: '2026-01-01T00:00:00.000000Z' },
  });
  await cluster.clock.sleep(61_000);
  expect(await cluster.get(LEASE)).toMatchObject({ spec: { renewTime: '2026-01-01T00:01:00.000000Z' } });
  await expect(lock.check()).resolves.toBeUndefined();
  await lock.release();
  expect(await cluster.get(LEASE)).toBeUndefined();
});

test('a lock whose holder lives is refused as soon as that shows', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  await lock.setRevision(3);
  const told: string[] = [];
  await expect(acquire(cluster, 'b', { told })).rejects.toMatchObject({
    code: 'locked', message: 'Release "web" is held by another operation: upgrade of revision 3 on here (a)',
  });
  expect([told, seconds(cluster)]).toEqual([['upgrade of revision 3 on here (a)'], 5]);
  await lock.release();
});

test('who is patient gets the lock when it is given back', async () => {
  const cluster = new FaultyCluster();
  const first = await acquire(cluster, 'a');
  cluster.at('22s', () => first.release());
  const second = await acquire(cluster, 'b', { patience: 60 });
  expect([seconds(cluster), await holder(cluster), second.inherited]).toEqual([22, 'b', undefined]);
  await second.release();
});

test('patience has an end', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  await expect(acquire(cluster, 'b', { patience: 12 })).rejects.toMatchObject({ code: 'locked' });
  expect(seconds(cluster)).toBe(15);
  await lock.release();
});

test('a lock that nobody renewed for its whole duration is taken over, with the revision it names', async () => {
  const cluster = new FaultyCluster();
  await dead(cluster, { 'cdk8s-lifecycle/revision': '7' });
  const lock = await acquire(cluster, 'b');
  expect([seconds(cluster), await holder(cluster), lock.inherited]).toEqual([15, 'b', 7]);
  await lock.release();
});

test('of two who wait for a dead lock, one takes it over and the other is refused', async () => {
  const cluster = new FaultyCluster();
  await dead(cluster);
  const results = await Promise.allSettled([acquire(cluster, 'b'), acquire(cluster, 'c')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  for (const result of results) if (result.status === 'fulfilled') await result.value.release();
});

test('who is interrupted waits no longer', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  const controller = new AbortController();
  cluster.at('7s', () => controller.abort());
  await expect(acquire(cluster, 'b', { patience: 600, interrupt: controller.signal })).rejects.toMatchObject({ code: 'interrupted' });
  expect(seconds(cluster)).toBe(7);
  await lock.release();
});

test('a lock that cannot be renewed for its whole duration allows no write, before anybody else can have it', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  cluster.refuse('replace', /^Lease\//, 'unreachable');
  await cluster.clock.sleep(14_999);
  await expect(lock.check()).resolves.toBeUndefined();
  await cluster.clock.sleep(1);
  await expect(lock.check()).rejects.toMatchObject({ code: 'cluster', reason: 'unreachable' });
  await lock.release();
});

test('a lock that could not be renewed for long is renewed before the next write, if nobody has taken it', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  cluster.refuse('replace', /^Lease\//, 'unreachable');
  await cluster.clock.sleep(59_000);
  cluster.refuse('get', /^nothing/);
  await expect(lock.check()).resolves.toBeUndefined();
  expect(await cluster.get(LEASE)).toMatchObject({ spec: { renewTime: '2026-01-01T00:00:59.000000Z' } });
  await lock.release();
});

test('the time of a renewal counts from its beginning: who sees it may have seen it then', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  const { replace } = cluster;
  cluster.replace = async (object) => {
    const done = await replace.call(cluster, object);
    await cluster.clock.sleep(14_000);
    cluster.refuse('replace', /^Lease\//, 'unreachable');
    return done;
  };
  await cluster.clock.sleep(19_000); // renewed at 5 s, told at 19 s
  await expect(lock.check()).resolves.toBeUndefined();
  await cluster.clock.sleep(2_000);
  await expect(lock.check()).rejects.toMatchObject({ reason: 'unreachable' });
  await lock.release();
});

test('a conflict that nobody caused does not lose the lock', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  cluster.refuse('replace', /^Lease\//, 'conflict');
  await cluster.clock.sleep(6_000);
  cluster.refuse('get', /^nothing/);
  await cluster.clock.sleep(14_000);
  await expect(lock.check()).resolves.toBeUndefined();
  await lock.release();
});

test('a lock whose creation was answered by nobody is ours', async () => {
  const cluster = new FaultyCluster();
  const { create } = cluster;
  cluster.create = async (object) => {
    await create.call(cluster, object);
    throw new ClusterError('already-exists', { verb: 'create', target: 'Lease' }, 'it is there', { status: 409 });
  };
  const lock = await acquire(cluster, 'a');
  expect([seconds(cluster), await holder(cluster)]).toEqual([0, 'a']);
  await lock.release();
});

test('a lock that is abandoned stays until it expires', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  await lock.setRevision(4);
  lock.abandon();
  await lock.release();
  const next = await acquire(cluster, 'b');
  expect([seconds(cluster), next.inherited]).toEqual([15, 4]);
  await next.release();
});

test('a lock that somebody else took is lost at the next renewal', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  await cluster.patch(LEASE, { spec: { holderIdentity: 'thief' } });
  await cluster.clock.sleep(5000);
  await expect(lock.check()).rejects.toThrow('was lost');
  await lock.release();
  expect(await holder(cluster)).toBe('thief');
});

test('a lock that was taken over is not deleted by the one who lost it, even before they know', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  await cluster.patch(LEASE, { spec: { holderIdentity: 'thief' } });
  await lock.release();
  expect(await holder(cluster)).toBe('thief');
});

test('a renewal and a change of the revision at the same moment do not take the lock from each other', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  await Promise.all([lock.setRevision(1), lock.setRevision(2), lock.setRevision(3)]);
  await expect(lock.check()).resolves.toBeUndefined();
  expect(await cluster.get(LEASE)).toMatchObject({ metadata: { annotations: { 'cdk8s-lifecycle/revision': '3' } } });
  await lock.release();
});

test('a renewal whose answer was lost does not lose the lock', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  await cluster.patch(LEASE, { spec: { renewTime: '2026-01-01T00:00:01.000000Z' } });
  await cluster.clock.sleep(30_000);
  await expect(lock.check()).resolves.toBeUndefined();
  await lock.release();
  expect(await cluster.get(LEASE)).toBeUndefined();
});

test('a lock that cannot be deleted expires by itself', async () => {
  const cluster = new FaultyCluster();
  const lock = await acquire(cluster, 'a');
  cluster.refuse('delete', /^Lease\//);
  await expect(lock.release()).resolves.toBeUndefined();
});

test('a lock that may not be taken is an error of the cluster', async () => {
  const cluster = new FaultyCluster();
  cluster.refuse('create', /^Lease\//);
  await expect(acquire(cluster, 'a')).rejects.toMatchObject({ code: 'cluster', reason: 'forbidden' });
});
