import { SimulatedCluster } from '../../../src/cluster/simulated';
import { LifecycleEvent } from '../../../src/lifecycle';
import { KubeObject, LifecycleError } from '../../../src/vocabulary';
import { EVENT_TRIALS } from '../event-trials';
import { CALL_FAULTS, Mishap, WATCH_FAULTS, faulty } from '../faulty';
import { OPERATION_TRIALS } from '../operation-trials';
import { Performance, Trial, mostPodsAtOnce } from '../trial';

/*
 * One thing goes wrong with every call and every watch of an operation in turn. It must succeed, or say what to do; and whoever runs it again must get it done.
 *
 * All of them are some thousand runs: the unit suite takes one for every other call; FAULTS=all (npm run test:faults) takes all.
 */

const ALL = process.env.FAULTS === 'all';

/** The longest that a fault may hold an operation up: a lock that has to expire, and the longest patience. */
const LONGEST_DELAY = 60_000;

function mishaps(calls: number, watches: number): Mishap[] {
  const found: Mishap[] = [];
  for (let call = 0; call < calls; call += 1) {
    for (const [index, fault] of CALL_FAULTS.entries()) if (ALL || call % (2 * CALL_FAULTS.length) === 2 * index) found.push({ call, fault });
  }
  for (let watch = 0; watch < watches; watch += 1) {
    for (const [index, fault] of WATCH_FAULTS.entries()) {
      for (let after = 0; after < 5; after += 1) if (ALL || (watch + after) % 4 === 2 * index) found.push({ watch, after, fault });
    }
  }
  return found;
}

/** Every Job that was made, as it was last. */
async function everyJob(cluster: SimulatedCluster, signal: AbortSignal): Promise<readonly KubeObject[]> {
  const jobs = new Map<string, KubeObject>();
  for await (const event of cluster.watch({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'default' }, signal)) {
    if (event.kind === 'added' || (event.kind !== 'listed' && jobs.has(event.object.metadata.uid!))) jobs.set(event.object.metadata.uid!, event.object);
  }
  return [...jobs.values()];
}

function isComplete({ status }: KubeObject): boolean {
  return ((status as { conditions?: readonly { type: string }[] } | undefined)?.conditions ?? []).some(({ type }) => type === 'Complete');
}

const finished = (events: readonly LifecycleEvent[]) => events.flatMap((event) => (event.kind === 'hook-finished' ? [event.verdict.kind] : []));

/** What is wrong with what an operation told of its hooks, given the Jobs that there really were. */
function lies({ hooks }: Trial, { events, result }: Performance, jobs: readonly KubeObject[]): string[] {
  const verdicts = finished(events);
  const started = events.filter(({ kind }) => kind === 'hook-started').length;
  const begun = events.filter((event) => event.kind === 'hook-started' && event.attempt === undefined).length;
  const succeeded = verdicts.filter((kind) => kind === 'succeeded').length;
  const complete = jobs.filter(isComplete).length;
  return [
    ...(jobs.length > started ? [`${jobs.length} Jobs for ${started} hooks`] : []),
    ...(succeeded > complete ? [`${succeeded} hooks succeeded, ${complete} Jobs did`] : []),
    ...(verdicts.some((kind) => kind !== 'succeeded') && complete === jobs.length && jobs.length === started ? ['a hook that succeeded was told as failed'] : []),
    ...(result === 'succeeded' && (succeeded !== begun || begun < hooks) ? ['succeeded without its hooks'] : []),
  ];
}

async function failAndGoOn(trial: Trial, mishap: Mishap, longest: number): Promise<string[]> {
  const { left, found, unfinished } = trial;
  const cluster = await trial.prepared();
  const [over, ended] = [new AbortController(), new AbortController()];
  const [pods, jobs] = [mostPodsAtOnce(cluster, over.signal), everyJob(cluster, ended.signal)];
  const begun = cluster.clock.now().getTime();
  const first = await trial.perform(faulty(cluster, mishap).cluster);
  const taken = cluster.clock.now().getTime() - begun;
  ended.abort();
  const wrong = [...lies(trial, first, await jobs)];
  const remedy = first.error instanceof LifecycleError ? first.error.remedy : undefined;
  if (first.result !== 'succeeded' && remedy === undefined) wrong.push(`no remedy: ${first.result}`);
  if (taken > longest) wrong.push(`it took ${taken} ms`);
  const { pending, locks } = await unfinished(cluster); // a lock that could not be deleted expires
  const there = await found(cluster);
  if (first.result === 'succeeded' && (pending > 0 || JSON.stringify(there) !== JSON.stringify(left))) wrong.push(`it left ${JSON.stringify([there, pending])}`);
  if (pending > locks) wrong.push('a revision is pending that nobody will know for ours');
  const second = await trial.performAgain(cluster);
  over.abort();
  if (second !== 'succeeded') wrong.push(`again: ${second}`);
  if ((await pods) > 1) wrong.push('two Pods ran at once');
  const last = JSON.stringify([await found(cluster), await unfinished(cluster)]);
  if (last !== JSON.stringify([left, { pending: 0, locks: 0 }])) wrong.push(`the second time it left ${last}`);
  return wrong;
}

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => jest.restoreAllMocks());

describe.each([...OPERATION_TRIALS, ...EVENT_TRIALS])('$name of which a call or a watch fails', (trial) => {
  test('succeeds or says what to do, tells the truth about its hooks, and can be done again', async () => {
    const cluster = await trial.prepared();
    const connection = faulty(cluster);
    const begun = cluster.clock.now().getTime();
    expect((await trial.perform(connection.cluster)).result).toBe('succeeded');
    const longest = cluster.clock.now().getTime() - begun + LONGEST_DELAY;
    const bad: unknown[] = [];
    for (const mishap of mishaps(connection.calls(), connection.watches())) {
      const wrong = await failAndGoOn(trial, mishap, longest);
      if (wrong.length > 0) bad.push([mishap, wrong]);
    }
    expect(bad).toEqual([]);
    expect([connection.calls() > 20, connection.watches() > 2]).toEqual([true, true]);
  }, 600_000);
});
