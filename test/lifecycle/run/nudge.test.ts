import { mayDecide, nudge, otherDeadline } from '../../../src/lifecycle/run/nudge';
import { KubeObject } from '../../../src/vocabulary';
import { job, pod } from '../../release/manifests';
import { FaultyCluster } from './faulty-cluster';

const LONGEST = 2 ** 31 - 1;

function ended(finishedAt: string | undefined, phase = 'Succeeded'): KubeObject {
  return { ...pod('p'), status: { phase, containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 0, finishedAt } } }] } };
}

const started = { startTime: '2026-01-01T00:00:00Z', active: 1 };
const early = ended('2026-01-01T00:00:10Z');

test.each<[string, object, object, KubeObject, number | undefined]>([
  ['no deadline', {}, {}, early, LONGEST],
  ['no deadline, and a Pod that has no times', { suspend: false }, { conditions: [] }, ended(undefined), LONGEST],
  ['a deadline', { activeDeadlineSeconds: 240 }, started, early, 241],
  ['the longest deadline', { activeDeadlineSeconds: LONGEST }, started, early, LONGEST - 1],
  ['a deadline in four seconds', { activeDeadlineSeconds: 14 }, started, early, 15],
  ['a deadline in three seconds', { activeDeadlineSeconds: 13 }, started, early, undefined],
  ['a deadline that is over', { activeDeadlineSeconds: 10 }, started, early, undefined],
  ['a deadline, and a Pod that has no times', { activeDeadlineSeconds: 240 }, started, ended(undefined), undefined],
  ['a deadline, and a Job that has none', { activeDeadlineSeconds: 240 }, {}, early, undefined],
  ['suspension', { suspend: true }, {}, early, undefined],
  ['a FailureTarget', {}, { conditions: [{ type: 'FailureTarget', status: 'True' }] }, early, undefined],
  ['a condition that is no verdict', {}, { conditions: [{ type: 'Suspended', status: 'False' }] }, early, LONGEST],
  ['a verdict', {}, { conditions: [{ type: 'Complete', status: 'True' }] }, early, undefined],
])('with %s, the deadline for a moment is right', (_what, spec, status, object, deadline) => {
  expect(otherDeadline({ ...job('m', undefined, spec as Record<string, unknown>), status }, [object])).toBe(deadline);
});

test('of several containers the last to end counts', () => {
  const live = { ...job('m', undefined, { activeDeadlineSeconds: 240 }), status: started };
  expect(otherDeadline(live, [early, ended('2026-01-01T00:03:58Z')])).toBeUndefined();
});

const succeeded = ended('2026-01-01T00:00:10Z');
const failed = ended('2026-01-01T00:00:10Z', 'Failed');
const running: KubeObject = { ...pod('q'), status: { phase: 'Running' } };

test.each<[string, KubeObject[], KubeObject[], boolean]>([
  ['nothing has ended', [], [running], false],
  ['the only Pod has succeeded', [succeeded], [succeeded], true],
  ['the only Pod has failed', [failed], [failed], true],
  ['the last Pod has succeeded and is gone', [succeeded], [], true],
  ['one has succeeded and another runs', [succeeded], [succeeded, running], false],
  ['one has failed and another runs', [failed], [failed, running], true],
])('when %s, it may decide: %#', (_what, now, live, decides) => {
  expect(mayDecide(now, live)).toBe(decides);
});

/** A cluster that keeps every deadline a Job has had. */
class Deadlines extends FaultyCluster {
  readonly seen: unknown[] = [];

  override async patch(...args: Parameters<FaultyCluster['patch']>) {
    const object = await super.patch(...args);
    this.seen.push((object.spec as { activeDeadlineSeconds?: number }).activeDeadlineSeconds);
    return object;
  }

  async job(spec: object): Promise<KubeObject> {
    const made = await this.create({ ...job('m', undefined, { suspend: false, ...spec }), metadata: { name: 'm', namespace: 'default' } });
    return { ...made, status: started };
  }
}

test.each<[object, unknown[]]>([
  [{ activeDeadlineSeconds: 60 }, [61, 60]],
  [{}, [LONGEST, undefined]],
])('a Job with %j is nudged by its deadline, and has its own again', async (spec, deadlines) => {
  const cluster = new Deadlines();
  await nudge(cluster, await cluster.job(spec), [early]);
  expect(cluster.seen).toEqual(deadlines);
});

test.each(['forbidden', 'not-found', 'conflict'] as const)('a nudge that is refused (%s) is no error: the verdict comes a second later', async (reason) => {
  const cluster = new Deadlines();
  const live = await cluster.job({});
  cluster.refuse('patch', /^Job\//, reason);
  await expect(nudge(cluster, live, [early])).resolves.toBeUndefined();
});
