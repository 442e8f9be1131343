import { nudge, otherDeadline } from '../../../src/lifecycle/run/nudge';
import { job } from '../../release/manifests';
import { FaultyCluster } from './faulty-cluster';

const LONGEST = 2 ** 31 - 1;

test.each<[object, object, number | undefined]>([
  [{}, {}, LONGEST],
  [{ activeDeadlineSeconds: 240 }, {}, 241],
  [{ activeDeadlineSeconds: 240 }, { startTime: 'now', active: 1 }, 241],
  [{ activeDeadlineSeconds: LONGEST }, {}, LONGEST - 1],
  [{ activeDeadlineSeconds: LONGEST - 3 }, {}, LONGEST - 4],
  [{ suspend: true }, {}, undefined],
  [{ suspend: false }, { conditions: [] }, LONGEST],
  [{}, { conditions: [{ type: 'FailureTarget', status: 'True' }] }, undefined],
  [{}, { conditions: [{ type: 'Complete', status: 'True' }] }, undefined],
])('the deadline of a Job with %j and %j becomes %p', (spec, status, deadline) => {
  expect(otherDeadline({ ...job('m', undefined, spec as Record<string, unknown>), status })).toBe(deadline);
});

async function created(cluster: FaultyCluster) {
  return cluster.create({ ...job('m', undefined, { suspend: false, activeDeadlineSeconds: 60 }), metadata: { name: 'm', namespace: 'default' } });
}

test('a Job is nudged by its deadline', async () => {
  const cluster = new FaultyCluster();
  const live = await created(cluster);
  await nudge(cluster, live);
  expect(await cluster.get({ apiVersion: 'batch/v1', kind: 'Job', name: 'm', namespace: 'default' })).toMatchObject({ spec: { activeDeadlineSeconds: 61 } });
});

test.each(['forbidden', 'not-found', 'conflict'] as const)('a nudge that is refused (%s) is no error: the verdict comes a second later', async (reason) => {
  const cluster = new FaultyCluster();
  const live = await created(cluster);
  cluster.refuse('patch', /^Job\//, reason);
  await expect(nudge(cluster, live)).resolves.toBeUndefined();
});
