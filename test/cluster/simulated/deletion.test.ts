import { ClusterError, Propagation } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { ObjectRef } from '../../../src/vocabulary';
import { configMap, job, withMetadata } from '../../release/manifests';

const JOB: ObjectRef = { apiVersion: 'batch/v1', kind: 'Job', name: 'm', namespace: 'default' };
const MAP: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'default' };

async function withRunningJob(): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster({ jobs: { m: { for: '1h' } } });
  await cluster.create(withMetadata(job('m'), { namespace: 'default' }));
  await cluster.clock.sleep(5000);
  return cluster;
}

/** What is left of a Job and its Pods, each as its phase or `terminating`. */
async function left(cluster: SimulatedCluster): Promise<string> {
  const [owner, pods] = [await cluster.get(JOB), await cluster.list({ apiVersion: 'v1', kind: 'Pod' })];
  const state = ({ metadata, status }: (typeof pods)[number]) => (metadata.deletionTimestamp ? 'terminating' : (status as { phase: string }).phase);
  return `${owner ? (owner.metadata.deletionTimestamp ? 'job terminating' : 'job') : 'no job'}, ${pods.map(state).join(' ') || 'no pods'}`;
}

test.each<[Propagation, string, string]>([
  ['background', 'no job, terminating', 'no job, no pods'],
  ['foreground', 'job terminating, terminating', 'no job, no pods'],
  ['orphan', 'no job, Running', 'no job, Running'],
])('a running Job that is deleted with propagation %s: at once %s, in the end %s', async (propagation, atOnce, inTheEnd) => {
  const cluster = await withRunningJob();
  expect(await cluster.delete(JOB, { propagation })).toBe(true);
  const states = [await left(cluster)];
  await cluster.clock.sleep(10_000);
  expect([...states, await left(cluster)]).toEqual([atOnce, inTheEnd]);
});

test('a Pod that is deleted takes a while to end', async () => {
  const cluster = await withRunningJob();
  const [{ metadata }] = await cluster.list({ apiVersion: 'v1', kind: 'Pod' });
  await cluster.delete({ apiVersion: 'v1', kind: 'Pod', name: metadata.name!, namespace: 'default' }, { propagation: 'background' });
  await cluster.clock.sleep(499);
  expect(await cluster.list({ apiVersion: 'v1', kind: 'Pod' })).toHaveLength(1);
  await cluster.clock.sleep(1);
  expect(await cluster.list({ apiVersion: 'v1', kind: 'Pod' })).toHaveLength(0);
});

test('a finalizer holds an object until it is taken away', async () => {
  const cluster = new SimulatedCluster();
  await cluster.create(withMetadata(configMap('a'), { namespace: 'default', finalizers: ['example.com/hold'] }));
  await cluster.delete(MAP, { propagation: 'background' });
  expect((await cluster.get(MAP))?.metadata.deletionTimestamp).toBe('2026-01-01T00:00:00.000Z');
  await cluster.patch(MAP, { metadata: { finalizers: [] } });
  expect(await cluster.get(MAP)).toBeUndefined();
});

test('an object that is deleted twice goes once', async () => {
  const cluster = new SimulatedCluster();
  await cluster.create(withMetadata(configMap('a'), { namespace: 'default', finalizers: ['example.com/hold'] }));
  expect([await cluster.delete(MAP, { propagation: 'background' }), await cluster.delete(MAP, { propagation: 'background' })]).toEqual([true, true]);
  expect((await cluster.get(MAP))?.metadata.finalizers).toEqual(['example.com/hold']);
});

test('what is not there is not deleted, and what has another UID neither', async () => {
  const cluster = new SimulatedCluster();
  expect(await cluster.delete(MAP, { propagation: 'background' })).toBe(false);
  await cluster.create(withMetadata(configMap('a'), { namespace: 'default' }));
  await expect(cluster.delete(MAP, { propagation: 'background', uid: 'another' })).rejects.toThrow(ClusterError);
  expect(await cluster.get(MAP)).toBeDefined();
});

test('everything in a namespace goes with it', async () => {
  const cluster = await withRunningJob();
  await cluster.create(withMetadata(configMap('a'), { namespace: 'default' }));
  await cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name: 'default' }, { propagation: 'background' });
  await cluster.clock.sleep(10_000);
  expect([await left(cluster), await cluster.get(MAP)]).toEqual(['no job, no pods', undefined]);
  await expect(cluster.create(withMetadata(configMap('a'), { namespace: 'default' }))).rejects.toThrow('namespace "default" not found');
});

test('what follows from a change is heard of after it: a Job that waited for its Pods is gone when the last is', async () => {
  const cluster = await withRunningJob();
  const over = new AbortController();
  const heard: string[] = [];
  const listening = (async () => {
    for await (const event of cluster.watch({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'default' }, over.signal)) {
      if (event.kind !== 'listed') heard.push(`${event.kind} ${event.object.metadata.resourceVersion}`);
    }
  })();
  await cluster.delete(JOB, { propagation: 'foreground' });
  await cluster.clock.sleep(10_000);
  over.abort();
  await listening;
  expect(heard.at(-1)).toMatch(/^deleted /);
  expect(heard).toEqual([...heard].sort((a, b) => Number(a.split(' ')[1]) - Number(b.split(' ')[1])));
});
