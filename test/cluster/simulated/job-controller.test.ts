import { JobScripts, SimulatedCluster } from '../../../src/cluster/simulated';
import { KubeObject } from '../../../src/vocabulary';
import { job, withMetadata } from '../../release/manifests';

const START = Date.parse('2026-01-01T00:00:00Z');
const REF = { apiVersion: 'batch/v1', kind: 'Job', name: 'm', namespace: 'default' };

interface Timeline {
  readonly cluster: SimulatedCluster;
  /** Every state that the Job and its Pods went through, with the seconds since the start. */
  readonly states: string[];
}

function describe({ kind, metadata, status = {} }: KubeObject): string {
  const { phase, conditions = [], startTime } = status as { phase?: string; startTime?: string; conditions?: { type: string; reason?: string }[] };
  if (kind === 'Pod') return `pod ${metadata.name!.split('-')[1]} ${phase}`;
  return conditions.length > 0 ? conditions.map(({ type, reason }) => `${type} ${reason}`).join(', ') : startTime ? 'job started' : 'job created';
}

async function timeline(jobs: JobScripts, spec: Record<string, unknown>, act?: (cluster: SimulatedCluster) => void): Promise<Timeline> {
  const cluster = new SimulatedCluster({ jobs });
  const states: string[] = [];
  const end = new AbortController();
  const follow = async (query: { readonly apiVersion: string; readonly kind: string }) => {
    for await (const event of cluster.watch(query, end.signal)) {
      if (event.kind === 'listed') continue;
      const state = `${(cluster.clock.now().getTime() - START) / 1000} ${event.kind === 'deleted' ? 'gone: ' : ''}${describe(event.object)}`;
      if (!states.includes(state)) states.push(state);
    }
  };
  void follow({ apiVersion: 'batch/v1', kind: 'Job' });
  void follow({ apiVersion: 'v1', kind: 'Pod' });
  act?.(cluster);
  await cluster.create(withMetadata(job('m', undefined, spec), { namespace: 'default' }));
  await cluster.clock.sleep(3_600_000);
  end.abort();
  return { cluster, states };
}

const COMPLETE = 'SuccessCriteriaMet CompletionsReached, Complete CompletionsReached';
const EXCEEDED = 'FailureTarget BackoffLimitExceeded, Failed BackoffLimitExceeded';
const LATE = 'FailureTarget DeadlineExceeded, Failed DeadlineExceeded';

test('a Job that nobody scripted succeeds after a second in its container', async () => {
  expect((await timeline({}, {})).states).toEqual([
    '0 job created', '0.05 job started', '0.05 pod 0 Pending', '1 pod 0 Running', '2 pod 0 Succeeded', `3 ${COMPLETE}`,
  ]);
});

test('a Job that fails is tried again, later each time, as often as its backoffLimit allows', async () => {
  const { states } = await timeline({ m: { exitCode: 1, for: '2s' } }, { backoffLimit: 2 });
  expect(states.filter((state) => state.includes('Failed'))).toEqual(['3 pod 0 Failed', '16.95 pod 1 Failed', '40.9 pod 2 Failed', `41.9 ${EXCEEDED}`]);
});

test('a Job without a backoffLimit is tried seven times', async () => {
  const { states } = await timeline({ m: { exitCode: 1 } }, { backoffLimit: undefined });
  expect(states.filter((state) => /pod \d Failed/.test(state))).toHaveLength(7);
});

test('a Job is over when its deadline is, and its Pod is gone', async () => {
  const { states, cluster } = await timeline({ m: { for: '10m' } }, { activeDeadlineSeconds: 30 });
  expect(states.slice(-2).sort()).toEqual([`30.05 ${LATE}`, '30.05 gone: pod 0 Running']);
  expect(await cluster.list({ apiVersion: 'v1', kind: 'Pod' })).toEqual([]);
});

test.each([
  [undefined, 1, '10 '],
  [30, 1, '10 '],
  [30, 60, '60.05 '],
  [5, 60, '5.05 '],
])('a deadline of %p that becomes %d after ten seconds ends the Job at %s s', async (before, after, time) => {
  const { states } = await timeline({ m: { for: '10m' } }, { activeDeadlineSeconds: before }, (cluster) =>
    cluster.at('10s', () => cluster.patch(REF, { spec: { activeDeadlineSeconds: after } })));
  expect(states).toContain(`${time}${LATE}`);
});

test('a Job that is suspended does not start', async () => {
  expect((await timeline({}, { suspend: true, activeDeadlineSeconds: 5 })).states).toEqual(['0 job created']);
});

test('a Job that is deleted before its Pod runs leaves nothing', async () => {
  const { cluster, states } = await timeline({}, {}, (given) => given.at('500ms', () => given.delete(REF, { propagation: 'background' })));
  expect([await cluster.list({ apiVersion: 'v1', kind: 'Pod' }), states.some((state) => state.includes('Running'))]).toEqual([[], false]);
});

test('a script may be read off the Job', async () => {
  const { states } = await timeline((given) => ({ exitCode: given.metadata.name === 'm' ? 7 : 0 }), {});
  expect(states).toContain('2 pod 0 Failed');
});

test('the status of a container says when it ran, and what it exited with', async () => {
  const { cluster } = await timeline({ m: { exitCode: 7 } }, {});
  expect(await cluster.list({ apiVersion: 'v1', kind: 'Pod', labels: { 'job-name': 'm' } })).toMatchObject([
    { status: { containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 7, reason: 'Error', finishedAt: '2026-01-01T00:00:02.000Z' } } }] } },
  ]);
});

test('what a container prints is spread over the time it runs, and can be read afterwards', async () => {
  const cluster = new SimulatedCluster({ jobs: { m: { for: '3s', logs: ['a', 'b'] } } });
  await cluster.create(withMetadata(job('m'), { namespace: 'default' }));
  await cluster.clock.sleep(1001);
  const [{ metadata }] = await cluster.list({ apiVersion: 'v1', kind: 'Pod' });
  const query = { namespace: 'default', pod: metadata.name!, container: 'main' };
  const seen: string[] = [];
  for await (const line of cluster.logs({ ...query, follow: true }, new AbortController().signal)) seen.push(`${cluster.clock.now().getTime() % 60_000} ${line}`);
  const tail: string[] = [];
  for await (const line of cluster.logs({ ...query, tailLines: 1 }, new AbortController().signal)) tail.push(line);
  expect([seen, tail]).toEqual([['2000 a', '3000 b'], ['b']]);
});

test('a Job that runs for ever does so until its deadline, and says what it has to say at once', async () => {
  const { states, cluster } = await timeline({ m: { for: 'ever', logs: ['one', 'two'] } }, { activeDeadlineSeconds: 7200 });
  expect(states).toEqual(['0 job created', '0.05 job started', '0.05 pod 0 Pending', '1 pod 0 Running']);
  const [pod] = await cluster.list({ apiVersion: 'v1', kind: 'Pod' });
  const lines: string[] = [];
  for await (const line of cluster.logs({ namespace: 'default', pod: pod.metadata.name!, container: 'main' }, new AbortController().signal)) lines.push(line);
  expect(lines).toEqual(['one', 'two']);
  await cluster.clock.sleep(3_601_000);
  expect(await cluster.get(REF)).toMatchObject({ status: { conditions: [{ type: 'FailureTarget', reason: 'DeadlineExceeded' }, { type: 'Failed' }] } });
});
