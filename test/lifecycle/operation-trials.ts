import { Cluster } from '../../src/cluster';
import { SimulatedCluster } from '../../src/cluster/simulated';
import { Plan, PlanOptions, RecordStore, performWith, planRollback, planTest, planUninstall, planUpgradeOrInstall } from '../../src/lifecycle';
import { History, ReleaseContent, isPending } from '../../src/release';
import { configMap, content, job, withMetadata } from '../release/manifests';
import { Performance, Trial, locksHeld, performed } from './trial';

/* A release with a hook before and after each of its operations. */

/** The operations, in an order in which they can be done. */
const OPERATIONS = ['install', 'upgrade', 'rollback', 'uninstall', 'test'] as const;

type Operation = (typeof OPERATIONS)[number];

const OPTIONS: PlanOptions = { release: 'web', namespace: 'default', wait: true };

const ALL_EVENTS = 'pre-install,post-install,pre-upgrade,post-upgrade,pre-rollback,post-rollback,pre-delete,post-delete,test';

function revision(version: string, retry: Readonly<Record<string, string>> = {}): ReleaseContent {
  return content(withMetadata(job('migrate', { on: ALL_EVENTS }), { annotations: retry }), { ...configMap('settings'), data: { version } }, configMap(`only-${version}`));
}

const PLANS: Readonly<Record<Operation, (history: History) => Plan>> = {
  install: (history) => planUpgradeOrInstall(history, revision('1'), OPTIONS),
  upgrade: (history) => planUpgradeOrInstall(history, revision('2'), OPTIONS),
  rollback: (history) => planRollback(history, 1, OPTIONS),
  uninstall: (history) => planUninstall(history, OPTIONS),
  test: (history) => planTest(history, { only: [], except: [] }, OPTIONS),
};

/** What has to be done before an operation can be tried. */
const BEFORE: Readonly<Record<Operation, readonly Operation[]>> = {
  install: [],
  upgrade: ['install'],
  rollback: ['install', 'upgrade'],
  uninstall: ['install'],
  test: ['install'],
};

/** What an operation leaves of the release's resources. */
const LEFT: Readonly<Record<Operation, readonly string[]>> = {
  install: ['only-1', 'settings 1'],
  upgrade: ['only-2', 'settings 2'],
  rollback: ['only-1', 'settings 1'],
  uninstall: [],
  test: ['only-1', 'settings 1'],
};

function perform(cluster: Cluster, operation: Operation): Promise<Performance> {
  const request = { operation, release: 'web', namespace: 'default', plan: PLANS[operation] };
  return performed((report) => performWith(request, cluster, report));
}

/** The records of an uninstall may be gone already: then there is nothing left to do, and it says so. */
async function performAgain(cluster: Cluster, operation: Operation): Promise<string> {
  const { result } = await perform(cluster, operation);
  return operation === 'uninstall' && result.startsWith('refused: There is no release') ? 'succeeded' : result;
}

async function prepared(operation: Operation): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster({ jobs: { migrate: { for: '8s' } } });
  for (const step of BEFORE[operation]) await perform(cluster, step);
  return cluster;
}

/** The resources of the release that are there. */
async function resources(cluster: Cluster): Promise<string[]> {
  const objects = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' });
  return objects.map(({ metadata: { name }, data }) => (name === 'settings' ? `settings ${(data as { version: string }).version}` : name!)).sort();
}

async function unfinished(cluster: Cluster): Promise<{ readonly pending: number; readonly locks: number }> {
  const history = await new RecordStore(cluster, 'web', 'default').history();
  return { pending: history.filter(({ record }) => isPending(record)).length, locks: await locksHeld(cluster) };
}

/** The operations on a release. */
const PLAIN: readonly Trial[] = OPERATIONS.map((operation) => ({
  name: operation,
  hooks: operation === 'test' ? 1 : 2,
  prepared: () => prepared(operation),
  perform: (cluster) => perform(cluster, operation),
  performAgain: (cluster) => performAgain(cluster, operation),
  left: LEFT[operation],
  found: resources,
  unfinished,
}));

function install(cluster: Cluster, what: ReleaseContent): Promise<Performance> {
  const request = { operation: 'install', release: 'web', namespace: 'default', plan: (history: History) => planUpgradeOrInstall(history, what, OPTIONS) } as const;
  return performed((report) => performWith(request, cluster, report));
}

/** A cluster on which the first Job fails, and all others succeed. */
function failingFirst(): SimulatedCluster {
  let first: string | undefined;
  return new SimulatedCluster({
    jobs: ({ metadata: { uid } }) => {
      first ??= uid;
      return { for: '8s', exitCode: uid === first ? 75 : 0 };
    },
  });
}

const RETRIED = revision('1', { 'cdk8s-lifecycle/retry': 'attempts=3,backoff=5s,on=75' });

/** A hook that is run once more. */
const RETRY: Trial = {
  name: 'an install whose first hook fails at first',
  hooks: 2,
  prepared: async () => failingFirst(),
  perform: (cluster) => install(cluster, RETRIED),
  performAgain: async (cluster) => (await install(cluster, RETRIED)).result,
  left: LEFT.install,
  found: resources,
  unfinished,
};

const ordered = (name: string, after: string) => withMetadata(job(name, { on: 'pre-install,pre-upgrade' }), { annotations: { 'cdk8s-lifecycle/after': after } });

const GROUP = content(ordered('a', ''), ordered('b', ''), ordered('c', 'Job/a'), job('migrate', { on: ALL_EVENTS, weight: 1 }), configMap('settings'));

/** Hooks that run beside each other, with one before which all have to be done. */
const SIDE_BY_SIDE: Trial = {
  name: 'an install whose hooks run side by side',
  hooks: 5,
  prepared: async () => new SimulatedCluster({ jobs: { a: { for: '5s' }, b: { for: '8s' }, c: { for: '6s' } } }),
  perform: (cluster) => install(cluster, GROUP),
  performAgain: async (cluster) => (await install(cluster, GROUP)).result,
  left: ['settings'],
  found: async (cluster) => (await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' })).map(({ metadata }) => metadata.name!),
  unfinished,
};

/** What is done to releases while something goes wrong. */
export const OPERATION_TRIALS: readonly Trial[] = [...PLAIN, RETRY, SIDE_BY_SIDE];
