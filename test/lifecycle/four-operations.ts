import { Cluster } from '../../src/cluster';
import { JobScripts, SimulatedCluster } from '../../src/cluster/simulated';
import { LifecycleEvent, Plan, PlanOptions, RecordStore, performWith, planRollback, planTest, planUninstall, planUpgradeOrInstall } from '../../src/lifecycle';
import { History, ReleaseContent, isPending } from '../../src/release';
import { KubeObject, LifecycleError } from '../../src/vocabulary';
import { configMap, content, job } from '../release/manifests';

/* A release with a hook before and after each of its operations, on which something goes wrong in every imaginable place. */

/** The operations, in an order in which they can be done. */
export const OPERATIONS = ['install', 'upgrade', 'rollback', 'uninstall', 'test'] as const;

/** One of them. */
export type FourOperation = (typeof OPERATIONS)[number];

const OPTIONS: PlanOptions = { release: 'web', namespace: 'default', wait: true };

const ALL_EVENTS = 'pre-install,post-install,pre-upgrade,post-upgrade,pre-rollback,post-rollback,pre-delete,post-delete,test';

function revision(version: string): ReleaseContent {
  return content(job('migrate', { on: ALL_EVENTS }), { ...configMap('settings'), data: { version } }, configMap(`only-${version}`));
}

const PLANS: Readonly<Record<FourOperation, (history: History) => Plan>> = {
  install: (history) => planUpgradeOrInstall(history, revision('1'), OPTIONS),
  upgrade: (history) => planUpgradeOrInstall(history, revision('2'), OPTIONS),
  rollback: (history) => planRollback(history, 1, OPTIONS),
  uninstall: (history) => planUninstall(history, OPTIONS),
  test: (history) => planTest(history, { only: [], except: [] }, OPTIONS),
};

/** What has to be done before an operation can be tried. */
const BEFORE: Readonly<Record<FourOperation, readonly FourOperation[]>> = {
  install: [],
  upgrade: ['install'],
  rollback: ['install', 'upgrade'],
  uninstall: ['install'],
  test: ['install'],
};

/** What an operation leaves of the release's resources. */
export const LEFT: Readonly<Record<FourOperation, readonly string[]>> = {
  install: ['only-1', 'settings 1'],
  upgrade: ['only-2', 'settings 2'],
  rollback: ['only-1', 'settings 1'],
  uninstall: [],
  test: ['only-1', 'settings 1'],
};

/** What an operation came to. */
export interface Performance {
  /** `succeeded`, or the status and the message of the error; `refused: …` where it could not begin. */
  readonly result: string;
  readonly error?: Error;
  readonly events: readonly LifecycleEvent[];
}

/** Performs an operation, through whatever connection. */
export async function perform(cluster: Cluster, operation: FourOperation): Promise<Performance> {
  const events: LifecycleEvent[] = [];
  const request = { operation, release: 'web', namespace: 'default', plan: PLANS[operation] };
  try {
    const { status, error } = await performWith(request, cluster, (event) => events.push(event));
    return { result: error ? `${status}: ${error.message}` : status, error, events };
  } catch (thrown) {
    if (!(thrown instanceof LifecycleError)) throw thrown;
    return { result: `refused: ${thrown.message}`, error: thrown, events };
  }
}

/** Performs it once more, after one that did not end well. The records of an uninstall may be gone already: then there is nothing left to do, and it says so. */
export async function performAgain(cluster: Cluster, operation: FourOperation): Promise<string> {
  const { result } = await perform(cluster, operation);
  return operation === 'uninstall' && result.startsWith('refused: There is no release') ? 'succeeded' : result;
}

/** A cluster on which the operation can be tried. */
export async function prepared(operation: FourOperation, jobs: JobScripts = { migrate: { for: '8s' } }): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster({ jobs });
  for (const step of BEFORE[operation]) await perform(cluster, step);
  return cluster;
}

/** The resources of the release that are there. */
export async function resources(cluster: Cluster): Promise<string[]> {
  const objects = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' });
  return objects.map(({ metadata: { name }, data }) => (name === 'settings' ? `settings ${(data as { version: string }).version}` : name!)).sort();
}

/** How many revisions are pending, and how many locks are held. */
export async function unfinished(cluster: Cluster): Promise<{ readonly pending: number; readonly locks: number }> {
  const history = await new RecordStore(cluster, 'web', 'default').history();
  const leases = await cluster.list({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'default' });
  return { pending: history.filter(({ record }) => isPending(record)).length, locks: leases.length };
}

interface Pod extends KubeObject {
  readonly status: { readonly phase?: string };
}

/** The largest number of Pods that ever ran at the same time, until the signal. */
export async function mostPodsAtOnce(cluster: Cluster, signal: AbortSignal): Promise<number> {
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
