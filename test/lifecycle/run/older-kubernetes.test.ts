import { WatchEvent } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, job } from '../../release/manifests';
import { Shop } from '../harness';

/* Before Kubernetes 1.31 the Job controller knew neither SuccessCriteriaMet nor FailureTarget: a Job has no condition until it is Complete or Failed. */

interface Status {
  readonly conditions?: readonly { readonly type: string }[];
}

function older(object: KubeObject): KubeObject {
  const { conditions, ...status } = (object.status ?? {}) as Status;
  if (object.kind !== 'Job' || !conditions) return object;
  return { ...object, status: { ...status, conditions: conditions.filter(({ type }) => type === 'Complete' || type === 'Failed' || type === 'Suspended') } };
}

/** A cluster whose Jobs look as those of 1.30. */
class OlderCluster extends SimulatedCluster {
  override async get(...args: Parameters<SimulatedCluster['get']>) {
    const object = await super.get(...args);
    return object && older(object);
  }

  override async *watch(...args: Parameters<SimulatedCluster['watch']>): AsyncGenerator<WatchEvent, void> {
    for await (const event of super.watch(...args)) {
      yield event.kind === 'listed' ? { ...event, objects: event.objects.map(older) } : { ...event, object: older(event.object) };
    }
  }
}

const MIGRATE = job('migrate', { on: 'pre-install' });
const REF = { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' };

test.each([
  ['succeeds', { for: '2s' }, {}, 300, 'succeeded', undefined],
  ['fails', { for: '2s', exitCode: 7 }, {}, 300, 'failed', 'failed: container "main" exited 7 (after 3.0 s)'],
  ['exceeds its deadline', { for: '1h' }, { activeDeadlineSeconds: 5 }, 300, 'failed', 'failed: DeadlineExceeded: Job was active longer than specified deadline (after 5.0 s)'],
  ['takes too long', { for: '1h' }, {}, 30, 'failed', 'timed out after 30 s (after 30.0 s)'],
] as const)('a Job that %s has its verdict by its only condition', async (_what, script, spec, timeoutSeconds, status, message) => {
  const shop = await Shop.in(new OlderCluster({ jobs: { migrate: script } }));
  const { outcome } = await shop.install([job('migrate', { on: 'pre-install' }, spec), configMap('r')], { timeoutSeconds });
  expect(outcome.status).toBe(status);
  expect(outcome.error?.message).toEqual(message && expect.stringContaining(message));
  expect((await shop.get('Job', 'migrate'))!.status).toMatchObject({ conditions: [{ type: status === 'succeeded' ? 'Complete' : 'Failed' }] });
});

test('that a Job was suspended and resumed is no verdict', async () => {
  const shop = await Shop.in(new OlderCluster({ jobs: { migrate: { for: '2s' } } }));
  shop.cluster.at('1500ms', () => shop.cluster.patch(REF, { status: { conditions: [{ type: 'Suspended', status: 'False', reason: 'JobResumed' }] } }));
  const { outcome, events } = await shop.install([MIGRATE, configMap('r')]);
  expect([outcome.status, events.find(({ kind }) => kind === 'hook-finished')]).toEqual(['succeeded', expect.objectContaining({ milliseconds: 3000 })]);
});
