import { SimulatedCluster } from '../../../src/cluster/simulated';
import { InterruptedError, TimeoutError } from '../../../src/lifecycle';
import { Observer } from '../../../src/lifecycle/run/observer';
import { ScriptedCluster, jobOf } from './scripted-cluster';

const QUERY = { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop' };
const WAIT = { what: () => 'Job/a to end', seconds: 30 };

function observe(interrupt = new AbortController().signal): { readonly cluster: ScriptedCluster; readonly observer: Observer } {
  const cluster = new ScriptedCluster();
  cluster.channel.push({ kind: 'listed', objects: [jobOf('a', '1', 1)], resourceVersion: '1' });
  return { cluster, observer: new Observer(cluster, interrupt) };
}

test('however many ask for a kind in a namespace, there is one watch', async () => {
  const { cluster, observer } = observe();
  const [first, second] = await Promise.all([observer.mirror(QUERY), observer.mirror({ ...QUERY })]);
  await observer.mirror(QUERY);
  expect([first === second, cluster.watches]).toEqual([true, 1]);
});

test('what is there already is seen at once', async () => {
  const { observer } = observe();
  const mirror = await observer.mirror(QUERY);
  expect(await observer.until([mirror], () => mirror.get('a', 'shop')?.metadata.uid, WAIT)).toBe('1');
});

test('what comes later is seen when it comes', async () => {
  const { cluster, observer } = observe();
  const mirror = await observer.mirror(QUERY);
  cluster.at('29s', () => cluster.channel.push({ kind: 'deleted', object: jobOf('a', '1', 2) }));
  expect((await observer.until([mirror], () => mirror.gone('1'), WAIT)).metadata.resourceVersion).toBe('2');
  expect(cluster.clock.now().toISOString()).toBe('2026-01-01T00:00:29.000Z');
});

test('what does not come in time is told by name', async () => {
  const { observer } = observe();
  const wait = observer.until([await observer.mirror(QUERY)], () => undefined, WAIT);
  await expect(wait).rejects.toEqual(new TimeoutError(30, 'Job/a to end'));
});

test('an interrupt ends a wait, and keeps another from beginning', async () => {
  const controller = new AbortController();
  const { cluster, observer } = observe(controller.signal);
  const mirror = await observer.mirror(QUERY);
  cluster.at('5s', () => controller.abort());
  await expect(observer.until([mirror], () => undefined, WAIT)).rejects.toThrow(InterruptedError);
  await expect(observer.until([mirror], () => true, WAIT)).rejects.toThrow(InterruptedError);
  expect(cluster.clock.now().toISOString()).toBe('2026-01-01T00:00:05.000Z');
});

test('a watch that fails ends the waits on it', async () => {
  const { cluster, observer } = observe();
  const mirror = await observer.mirror(QUERY);
  cluster.at('5s', () => cluster.channel.fail(new Error('forbidden')));
  await expect(observer.until([mirror], () => undefined, WAIT)).rejects.toThrow('forbidden');
});

test('what a look throws ends the wait', async () => {
  const { observer } = observe();
  const look = (): undefined => {
    throw new Error('it will never be ready');
  };
  await expect(observer.until([await observer.mirror(QUERY)], look, WAIT)).rejects.toThrow('it will never be ready');
});

test('a wait that is over leaves no timer behind', async () => {
  const { cluster, observer } = observe();
  const mirror = await observer.mirror(QUERY);
  await observer.until([mirror], () => true, { ...WAIT, seconds: 3600 });
  await cluster.clock.sleep(1000);
  expect(cluster.clock.now().toISOString()).toBe('2026-01-01T00:00:01.000Z');
});

test('to close ends every watch', async () => {
  const { cluster, observer } = observe();
  await observer.mirror(QUERY);
  observer.close();
  const rest: unknown[] = [];
  for await (const event of cluster.channel) rest.push(event);
  expect(rest).toEqual([]);
});

test('no two watches end by the same signal: Node warns of a leak where more than ten listen to one', async () => {
  const signals = new Set<AbortSignal>();
  const cluster = new SimulatedCluster();
  const watch = cluster.watch.bind(cluster);
  cluster.watch = (query, signal) => watch(query, signals.add(signal) && signal);
  const observer = new Observer(cluster, new AbortController().signal);
  await Promise.all(['a', 'b', 'c'].map((namespace) => observer.mirror({ apiVersion: 'v1', kind: 'ConfigMap', namespace })));
  observer.glimpse({ apiVersion: 'v1', kind: 'Event' }, () => undefined);
  expect([...signals].map(({ aborted }) => aborted)).toEqual([false, false, false, false]);
  observer.close();
  expect([...signals].map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
});
