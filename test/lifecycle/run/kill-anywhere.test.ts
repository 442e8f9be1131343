import { SimulatedCluster } from '../../../src/cluster/simulated';
import { OperationName, PlanOptions, RecordStore, performWith, planRollback, planUninstall, planUpgradeOrInstall } from '../../../src/lifecycle';
import { History, ReleaseContent, isPending } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job } from '../../release/manifests';
import { Death, mortal } from '../mortal';

/* The process dies before and after every single call it makes of the cluster. Whoever runs the operation again must get it done. */

const OPTIONS: PlanOptions = { release: 'web', namespace: 'default', wait: true };

const ALL_EVENTS = 'pre-install,post-install,pre-upgrade,post-upgrade,pre-rollback,post-rollback,pre-delete,post-delete';

function revision(version: string): ReleaseContent {
  return content(job('migrate', { on: ALL_EVENTS }), { ...configMap('settings'), data: { version } }, configMap(`only-${version}`));
}

const PLANS: Readonly<Record<OperationName, (history: History) => ReturnType<typeof planRollback>>> = {
  install: (history) => planUpgradeOrInstall(history, revision('1'), OPTIONS),
  upgrade: (history) => planUpgradeOrInstall(history, revision('2'), OPTIONS),
  rollback: (history) => planRollback(history, 1, OPTIONS),
  uninstall: (history) => planUninstall(history, OPTIONS),
};

/** What has to be done before an operation can be tried. */
const BEFORE: Readonly<Record<OperationName, readonly OperationName[]>> = {
  install: [],
  upgrade: ['install'],
  rollback: ['install', 'upgrade'],
  uninstall: ['install'],
};

const LEFT: Readonly<Record<OperationName, readonly string[]>> = {
  install: ['only-1', 'settings 1'],
  upgrade: ['only-2', 'settings 2'],
  rollback: ['only-1', 'settings 1'],
  uninstall: [],
};

interface Pod extends KubeObject {
  readonly status: { readonly phase?: string };
}

/** Fails when two Pods of the hook run at the same time. */
async function watchPods(cluster: SimulatedCluster, signal: AbortSignal): Promise<number> {
  const running = new Set<string>();
  let most = 0;
  for await (const event of cluster.watch({ apiVersion: 'v1', kind: 'Pod', namespace: 'default' }, signal)) {
    if (event.kind === 'listed') continue;
    const { metadata, status } = event.object as Pod;
    if (event.kind !== 'deleted' && status.phase === 'Running') running.add(metadata.uid!);
    else running.delete(metadata.uid!);
    most = Math.max(most, running.size);
  }
  return most;
}

interface Performance {
  readonly result: string;
  readonly calls: number;
}

async function perform(cluster: SimulatedCluster, operation: OperationName, death?: Death): Promise<Performance> {
  const process = mortal(cluster, death);
  const request = { operation, release: 'web', namespace: 'default', plan: PLANS[operation] };
  const done = performWith(request, process.cluster, () => undefined).then(
    ({ status, error }) => (error ? `${status}: ${error.message}` : status),
    (error: Error) => `refused: ${error.message}`,
  );
  return { result: await Promise.race([done, process.died]), calls: process.calls() };
}

async function settings(cluster: SimulatedCluster): Promise<string[]> {
  const objects = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' });
  return objects.map(({ metadata: { name }, data }) => (name === 'settings' ? `settings ${(data as { version: string }).version}` : name!)).sort();
}

async function prepared(operation: OperationName): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster({ jobs: { migrate: { for: '8s' } } });
  for (const step of BEFORE[operation]) await perform(cluster, step);
  return cluster;
}

async function dieAndGoOn(operation: OperationName, death: Death): Promise<readonly unknown[]> {
  const cluster = await prepared(operation);
  const over = new AbortController();
  const pods = watchPods(cluster, over.signal);
  const first = await perform(cluster, operation, death);
  let second = await perform(cluster, operation);
  // The records of an uninstall may be gone already: then there is nothing left to do, and it says so.
  if (operation === 'uninstall' && second.result.startsWith('refused: There is no release')) second = { ...second, result: 'succeeded' };
  over.abort();
  const history = await new RecordStore(cluster, 'web', 'default').history();
  const pending = history.filter(({ record }) => isPending(record)).length;
  const leases = await cluster.list({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'default' });
  return [first.result, second.result, await settings(cluster), pending, await pods, leases.length];
}

describe.each(Object.keys(PLANS) as OperationName[])('an %s that dies', (operation) => {
  test('can be done again wherever that was: nothing is pending, and no two Pods of a hook ever ran at once', async () => {
    const { result, calls } = await perform(await prepared(operation), operation);
    expect(result).toBe('succeeded');
    const deaths = Array.from({ length: calls }, (_, call) => [{ call, moment: 'before' }, { call, moment: 'after' }] as const).flat();
    const bad: unknown[] = [];
    for (const death of deaths) {
      const seen = await dieAndGoOn(operation, death);
      const [first, second, left, pending, podsAtOnce, leases] = seen;
      const whole = second === 'succeeded' && JSON.stringify(left) === JSON.stringify(LEFT[operation]);
      const clean = pending === 0 && (podsAtOnce as number) <= 1 && leases === 0;
      if (!whole || !clean || (first !== 'died' && death.moment === 'before')) bad.push([death, seen]);
    }
    expect(bad).toEqual([]);
    expect(calls).toBeGreaterThan(20);
  }, 60_000);
});
