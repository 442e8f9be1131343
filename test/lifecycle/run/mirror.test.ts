import { WatchEvent } from '../../../src/cluster';
import { Mirror } from '../../../src/lifecycle/run/mirror';
import { ScriptedCluster, idle, jobOf } from './scripted-cluster';

const QUERY = { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop' };
const listed = (version: number, ...objects: readonly ReturnType<typeof jobOf>[]): WatchEvent => ({ kind: 'listed', objects, resourceVersion: String(version) });

async function open(first: WatchEvent): Promise<{ readonly mirror: Mirror; readonly tell: (event: WatchEvent) => Promise<void> }> {
  const cluster = new ScriptedCluster();
  cluster.channel.push(first);
  const mirror = await Mirror.open(cluster, QUERY, new AbortController().signal);
  return { mirror, tell: (event) => (cluster.channel.push(event), idle()) };
}

test('a mirror shows what was listed, and every change since', async () => {
  const { mirror, tell } = await open(listed(5, jobOf('a', '1', 3), jobOf('b', '2', 4)));
  await tell({ kind: 'modified', object: jobOf('a', '1', 6, { active: 1 }) });
  await tell({ kind: 'deleted', object: jobOf('b', '2', 7) });
  await tell({ kind: 'added', object: jobOf('c', '3', 8) });
  expect(mirror.all().map(({ metadata, status }) => [metadata.name, status])).toEqual([['a', { active: 1 }], ['c', {}]]);
  expect([mirror.get('b', 'shop'), mirror.get('a'), mirror.gone('2')?.metadata.resourceVersion]).toEqual([undefined, undefined, '7']);
});

test('an object that is replaced under its name is gone by its UID', async () => {
  const { mirror, tell } = await open(listed(5, jobOf('a', '1', 3, { active: 1 })));
  await tell({ kind: 'added', object: jobOf('a', '2', 6) });
  expect([mirror.get('a', 'shop')?.metadata.uid, mirror.gone('1')?.status]).toEqual(['2', { active: 1 }]);
});

test('an object that is missing in a later list is gone', async () => {
  const { mirror, tell } = await open(listed(5, jobOf('a', '1', 3), jobOf('b', '2', 4)));
  await tell(listed(9, jobOf('b', '2', 4)));
  expect([mirror.gone('1')?.metadata.name, mirror.get('a', 'shop'), mirror.get('b', 'shop')?.metadata.uid]).toEqual(['a', undefined, '2']);
});

test('an object that a later list shows under another UID has replaced the first', async () => {
  const { mirror, tell } = await open(listed(5, jobOf('a', '1', 3)));
  await tell(listed(9, jobOf('a', '2', 8)));
  expect([mirror.gone('1')?.metadata.uid, mirror.get('a', 'shop')?.metadata.uid]).toEqual(['1', '2']);
});

test('an object that was made after a list is not missing in it', async () => {
  const { mirror, tell } = await open(listed(5));
  mirror.learn(jobOf('a', '1', 12));
  await tell(listed(11));
  expect(mirror.get('a', 'shop')?.metadata.uid).toBe('1');
  await tell(listed(12));
  expect([mirror.get('a', 'shop'), mirror.gone('1')?.metadata.uid]).toEqual([undefined, '1']);
});

test('what is learned does not undo what the watch has told already', async () => {
  const { mirror, tell } = await open(listed(5));
  await tell({ kind: 'added', object: jobOf('a', '1', 6, { active: 1 }) });
  mirror.learn(jobOf('a', '1', 6));
  expect(mirror.get('a', 'shop')?.status).toEqual({ active: 1 });
  await tell({ kind: 'deleted', object: jobOf('a', '1', 7) });
  mirror.learn(jobOf('a', '1', 6));
  expect(mirror.get('a', 'shop')).toBeUndefined();
});

test('who learns of an object that was made under a name which another still has sees both', async () => {
  const { mirror } = await open(listed(5, jobOf('a', '1', 3)));
  mirror.learn(jobOf('a', '2', 7));
  expect([mirror.get('a', 'shop')?.metadata.uid, mirror.gone('1')?.metadata.uid]).toEqual(['2', '1']);
});

test('late news of an object does not touch the one that has its name by now', async () => {
  const { mirror, tell } = await open(listed(5, jobOf('a', '1', 3)));
  mirror.learn(jobOf('a', '2', 9));
  await tell({ kind: 'modified', object: jobOf('a', '1', 7) });
  await tell({ kind: 'deleted', object: jobOf('a', '1', 8) });
  expect([mirror.get('a', 'shop')?.metadata.uid, mirror.gone('2'), mirror.gone('1')?.metadata.resourceVersion]).toEqual(['2', undefined, '8']);
});

test('those who listen are called at every change, until they no longer listen', async () => {
  const { mirror, tell } = await open(listed(5));
  let calls = 0;
  const stop = mirror.listen(() => (calls += 1));
  await tell({ kind: 'added', object: jobOf('a', '1', 6) });
  await tell(listed(7));
  stop();
  await tell({ kind: 'added', object: jobOf('b', '2', 8) });
  expect(calls).toBe(2);
});

test('a watch that cannot begin is told at once', async () => {
  const cluster = new ScriptedCluster();
  cluster.channel.fail(new Error('forbidden'));
  await expect(Mirror.open(cluster, QUERY, new AbortController().signal)).rejects.toThrow('forbidden');
});

test('a watch that fails later is told at the next look', async () => {
  const cluster = new ScriptedCluster();
  cluster.channel.push(listed(5));
  const mirror = await Mirror.open(cluster, QUERY, new AbortController().signal);
  expect(() => mirror.check()).not.toThrow();
  cluster.channel.fail(new Error('lost'));
  await idle();
  expect(() => mirror.check()).toThrow('lost');
});
