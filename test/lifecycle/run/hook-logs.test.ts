import { LogQuery } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { HookLogs } from '../../../src/lifecycle/run/hook-logs';
import { LogTail } from '../../../src/release';
import { KubeObject, LogLine } from '../../../src/vocabulary';

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
  const spec = { containers: containers.map((name) => ({ name })) };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `p-${uid}`, namespace: 'shop', uid }, spec, status: { containerStatuses } };
}

function open(podsAtOnce?: number) {
  const cluster = new LoggingCluster();
  const told: LogLine[] = [];
  const warned: string[] = [];
  const tail = new LogTail();
  const mask = (text: string) => text.replace('swordfish', '***');
  const among: (string | undefined)[] = [];
  const tell = (line: LogLine, sources?: string) => {
    told.push(line);
    among.push(sources);
  };
  const logs = new HookLogs(cluster, { tell, warn: (message) => warned.push(message), mask, tail, podsAtOnce });
  return { cluster, logs, told, among, warned, tail };
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

test('a container that was started again is followed again', async () => {
  const { cluster, logs } = open();
  const again = podOf('1', 'a');
  const restarted = { ...again, status: { containerStatuses: [{ name: 'a', restartCount: 1, state: { running: {} }, lastState: { terminated: { exitCode: 1 } } }] } };
  logs.follow([again]);
  logs.follow([restarted]);
  logs.follow([restarted]);
  await logs.drain();
  expect(cluster.queries).toEqual(['p-1/a follow', 'p-1/a follow']);
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

test('of what was printed, the last twenty lines are shown, with where they come from', async () => {
  const { logs, tail } = open();
  for (let uid = 1; uid <= 25; uid += 1) logs.follow([podOf(String(uid), `c${uid}`)]);
  await logs.drain();
  const last = tail.last(20);
  expect([last.length, last[0], last[19]]).toEqual([20, 'p-6/c6| hello from c6', 'p-25/c25| hello from c25']);
});

test('a line is masked before it is told and kept', async () => {
  const { logs, told, tail } = open();
  logs.follow([podOf('1', 'swordfish')]);
  await logs.drain();
  expect([told[0].line, tail.last(1)]).toEqual(['hello from ***', ['hello from ***']]);
});

test('what tells lines apart is told with them: nothing, the container, or the Pod as soon as there is, or may be, a second one', async () => {
  const alone = open();
  alone.logs.follow([podOf('1', 'a')]);
  await alone.logs.drain();
  alone.logs.follow([podOf('1', 'a'), podOf('2', 'a')]);
  await alone.logs.drain();
  const containers = open();
  containers.logs.follow([podOf('1', 'a', 'b')]);
  await containers.logs.drain();
  const parallel = open(3);
  parallel.logs.follow([podOf('1', 'a')]);
  await parallel.logs.drain();
  expect([alone.among, containers.among, parallel.among]).toEqual([[undefined, 'pods'], ['containers', 'containers'], ['pods']]);
});

test('of a hook that is given up, only what is on its way is waited for', async () => {
  const { cluster, logs, told } = open();
  logs.follow([podOf('1', 'endless')]);
  await logs.drain(true);
  expect([told.length, cluster.clock.now().toISOString()]).toEqual([1, '2026-01-01T00:00:00.250Z']);
});
