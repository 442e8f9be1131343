import { JobScript, SimulatedCluster } from '../../../src/cluster/simulated';
import { KubeObject } from '../../../src/vocabulary';

const REF = { apiVersion: 'v1', kind: 'Pod', name: 'check', namespace: 'default' };
const START = Date.parse('2026-01-01T00:00:00Z');

function pod(spec: Record<string, unknown>): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'check', namespace: 'default' }, spec: { containers: [{ name: 'main', image: 'tool:1' }], ...spec } };
}

/** The phases of a Pod, each with the seconds since the start. */
async function phases(script: JobScript | undefined, spec: Record<string, unknown>, act?: (cluster: SimulatedCluster) => void): Promise<string[]> {
  const cluster = new SimulatedCluster({ jobs: script ? { check: script } : {} });
  const seen: string[] = [];
  const end = new AbortController();
  void (async () => {
    for await (const event of cluster.watch({ apiVersion: 'v1', kind: 'Pod' }, end.signal)) {
      if (event.kind === 'listed') continue;
      const { phase = 'Pending', reason } = (event.object.status ?? {}) as { phase?: string; reason?: string };
      seen.push(`${(cluster.clock.now().getTime() - START) / 1000} ${event.kind === 'deleted' ? 'gone' : [phase, reason].filter(Boolean).join(' ')}`);
    }
  })();
  act?.(cluster);
  await cluster.create(pod(spec));
  await cluster.clock.sleep(600_000);
  end.abort();
  return seen;
}

const NEVER = { restartPolicy: 'Never' };

test.each<readonly [string, JobScript | undefined, Record<string, unknown>, readonly string[]]>([
  ['nobody scripted succeeds after a second', undefined, NEVER, ['0 Pending', '0.95 Running', '1.95 Succeeded']],
  ['fails has failed', { exitCode: 2, for: '5s' }, NEVER, ['0 Pending', '0.95 Running', '5.95 Failed']],
  ['is started again only on failure ends when it succeeds', {}, { restartPolicy: 'OnFailure' }, ['0 Pending', '0.95 Running', '1.95 Succeeded']],
  ['is started again on failure comes to no end', { exitCode: 1 }, { restartPolicy: 'OnFailure' }, ['0 Pending', '0.95 Running']],
  ['is always started again comes to no end', {}, {}, ['0 Pending', '0.95 Running']],
  ['runs longer than its deadline has failed', { for: 'ever' }, { ...NEVER, activeDeadlineSeconds: 60 }, ['0 Pending', '0.95 Running', '60.95 Failed DeadlineExceeded']],
  ['ends before its deadline stays what it is', {}, { ...NEVER, activeDeadlineSeconds: 60 }, ['0 Pending', '0.95 Running', '1.95 Succeeded']],
])('a Pod that %s', async (_, script, spec, expected) => {
  expect(await phases(script, spec)).toEqual(expected);
});

test('a Pod that is deleted while it runs comes to no end of its own', async () => {
  const act = (cluster: SimulatedCluster) => cluster.at('2s', () => cluster.delete(REF, { propagation: 'background' }));
  expect(await phases({ for: '10s' }, NEVER, act)).toEqual(['0 Pending', '0.95 Running', '2 Running', '2.5 gone']);
});

test('a Pod that somebody else ended is not run', async () => {
  const act = (cluster: SimulatedCluster) => cluster.at('500ms', () => cluster.patch(REF, { status: { phase: 'Failed' } }));
  expect(await phases({}, NEVER, act)).toEqual(['0 Pending', '0.5 Failed']);
});

test('what it prints can be read', async () => {
  const cluster = new SimulatedCluster({ jobs: { check: { logs: ['one', 'two'] } } });
  await cluster.create(pod(NEVER));
  await cluster.clock.sleep(5000);
  const lines: string[] = [];
  for await (const line of cluster.logs({ namespace: 'default', pod: 'check', container: 'main' }, new AbortController().signal)) lines.push(line);
  expect(lines).toEqual(['one', 'two']);
});
