import { LogQuery } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { HookLogs, LogLine } from '../../../src/lifecycle/run/hook-logs';
import { KubeObject } from '../../../src/vocabulary';

class LoggingCluster extends SimulatedCluster {
  readonly queries: string[] = [];

  override async *logs({ pod, container, follow }: LogQuery, signal: AbortSignal): AsyncGenerator<string> {
    this.queries.push(`${pod}/${container}${follow ? ' follow' : ''}`);
    if (container === 'broken') throw new Error('no log');
    yield `hello from ${container}`;
    if (container === 'endless') await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  }
}

function podOf(uid: string, ...containers: readonly string[]): KubeObject {
  const containerStatuses = containers.map((name) => ({ name, state: { running: {} } }));
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `p-${uid}`, namespace: 'shop', uid }, status: { containerStatuses } };
}

function open() {
  const cluster = new LoggingCluster();
  const told: LogLine[] = [];
  const warned: string[] = [];
  const logs = new HookLogs(cluster, (line) => told.push(line), (message) => warned.push(message));
  return { cluster, logs, told, warned };
}

test('each container that has started is followed once, from its first line', async () => {
  const { cluster, logs, told } = open();
  logs.follow([podOf('1', 'a')]);
  logs.follow([podOf('1', 'a', 'b'), podOf('2', 'a')]);
  await logs.drain();
  expect(cluster.queries).toEqual(['p-1/a follow', 'p-1/b follow', 'p-2/a follow']);
  expect(told).toEqual([
    { pod: 'p-1', container: 'a', line: 'hello from a' },
    { pod: 'p-1', container: 'b', line: 'hello from b' },
    { pod: 'p-2', container: 'a', line: 'hello from a' },
  ]);
});

test('a log that does not end is not waited for for ever', async () => {
  const { cluster, logs, told } = open();
  logs.follow([podOf('1', 'endless', 'a')]);
  await logs.drain();
  expect([told.length, cluster.clock.now().toISOString()]).toEqual([2, '2026-01-01T00:00:05.000Z']);
});

test('a log that cannot be read is a warning', async () => {
  const { logs, warned } = open();
  logs.follow([podOf('1', 'broken')]);
  await logs.drain();
  expect(warned).toEqual(['The log of p-1 (broken) cannot be read: no log']);
});

test('of what was printed, the last twenty lines are kept', async () => {
  const { logs } = open();
  for (let uid = 1; uid <= 25; uid += 1) logs.follow([podOf(String(uid), `c${uid}`)]);
  await logs.drain();
  expect([logs.tail.length, logs.tail[0], logs.tail[19]]).toEqual([20, 'hello from c6', 'hello from c25']);
});
