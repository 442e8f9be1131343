import { Access } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import {
  OperationName, Permission, Plan, PlanOptions, RecordStore, performWith, permissionsOf, planInstall, planRollback, planTest, planUninstall,
  planUpgrade, releasePermissions, withUndo,
} from '../../../src/lifecycle';
import { History, lastOf } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, deployment, job, object, pod, withMetadata } from '../../release/manifests';
import { witness } from './witness';

/* What the engine really does is held against what it says it needs. */

const OPTIONS: PlanOptions = { release: 'web', namespace: 'shop', wait: true };
const CRD = { group: 'example.com', scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1', served: true, storage: true }] };

/** A Pod that may see a ConfigMap which somebody else makes. */
const USING_FOUND = { spec: { containers: [{ name: 'main', image: 'tool:1', envFrom: [{ configMapRef: { name: 'found', optional: true } }] }] } };

const FIRST: readonly KubeObject[] = [
  configMap('settings'),
  configMap('only-first'),
  withMetadata(configMap('elsewhere'), { namespace: 'other' }),
  deployment('web'),
  object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'web-reads', { rules: [] }),
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com', { spec: CRD }),
  object('example.com/v1', 'Thing', 'one'),
  object('v1', 'ServiceAccount', 'hooks', {}, { on: 'pre-install,pre-upgrade', weight: -10, policies: 'hook-succeeded,before-hook-creation' }),
  configMap('stays', {}, { on: 'pre-install', policies: 'before-hook-creation' }),
  withMetadata(job('migrate', { on: 'pre-install,pre-upgrade,pre-rollback', weight: -5 }), { annotations: { 'cdk8s-lifecycle/mutex': 'orders-db' } }),
  withMetadata(job('far', { on: 'post-install', policies: 'hook-succeeded' }), { namespace: 'other' }),
  withMetadata({ ...pod('check', { on: 'post-install,post-upgrade,post-rollback', policies: 'before-hook-creation' }), ...USING_FOUND }, {
    annotations: {
      'cdk8s-lifecycle/run-on': 'change',
    },
  }),
  job('smoke', { on: 'test', policies: 'before-hook-creation' }),
  job('clean', { on: 'post-delete', policies: 'hook-succeeded' }),
];
const SECOND = FIRST.filter(({ metadata }) => metadata.name !== 'only-first').concat(configMap('only-second'));

const PLANNERS: readonly (readonly [OperationName, (history: History) => Plan])[] = [
  ['install', (history) => planInstall(history, content(...FIRST), OPTIONS)],
  ['upgrade', (history) => planUpgrade(history, content(...SECOND), OPTIONS)],
  ['test', (history) => planTest(history, { only: [], except: [] }, OPTIONS)],
  ['rollback', (history) => planRollback(history, 1, OPTIONS)],
  ['uninstall', (history) => planUninstall(history, OPTIONS)],
];

function covers({ verb, group, resource, namespace, name }: Permission, access: Access): boolean {
  const same = verb === access.verb && group === access.group && resource === access.resource;
  return same && (namespace === undefined || namespace === access.namespace) && (name === undefined || name === access.name);
}

function uncovered(used: readonly Access[], permissions: readonly Permission[]): Access[] {
  return used.filter((access) => !permissions.some((permission) => covers(permission, access)));
}

/** The kubelet of the Pods that no Job has. */
async function endPods(cluster: SimulatedCluster, signal: AbortSignal): Promise<void> {
  for await (const event of cluster.watch({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' }, signal)) {
    if (event.kind !== 'added' || event.object.metadata.name !== 'check') continue;
    await cluster.patch({ apiVersion: 'v1', kind: 'Pod', name: 'check', namespace: 'shop' }, { status: { phase: 'Succeeded' } });
  }
}

/** Plays the life of a release, and tells of each operation what it used, what its plan says, and what `rbac` would have said before it. */
async function life() {
  const cluster = new SimulatedCluster();
  for (const name of ['shop', 'other']) await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const over = new AbortController();
  const kubelet = endPods(cluster, over.signal);
  const told = [];
  for (const [operation, plan] of PLANNERS) {
    const history = await new RecordStore(cluster, 'web', 'shop').history();
    const given = operation === 'install' ? FIRST : operation === 'upgrade' ? SECOND : undefined;
    const outlook = { operations: [operation], history, content: given && content(...given), options: OPTIONS };
    const needed = await permissionsOf(plan(history), cluster);
    const printed = await releasePermissions(outlook, cluster);
    const { cluster: seen, used } = witness(cluster);
    const { status, error } = await performWith({ operation, release: 'web', namespace: 'shop', plan }, seen, () => undefined);
    expect([operation, status, error]).toEqual([operation, 'succeeded', undefined]);
    told.push({ operation, used, needed, printed, revision: lastOf(history)?.version });
  }
  over.abort();
  await kubelet;
  return told;
}

const wholeLife = life();

test.each(PLANNERS.map(([operation]) => operation))('%s does nothing that its plan does not say it needs', async (operation) => {
  const { used, needed } = (await wholeLife).find((each) => each.operation === operation)!;
  expect(uncovered(used, needed)).toEqual([]);
});

test.each(PLANNERS.map(([operation]) => operation))('what is granted for %s before it begins is enough for it', async (operation) => {
  const { used, printed } = (await wholeLife).find((each) => each.operation === operation)!;
  expect(uncovered(used, printed)).toEqual([]);
});

test('nothing is needed that no operation uses, but what a leftover hook, a definition that stays and a lock that is held may take', async () => {
  const all = await wholeLife;
  const used = all.flatMap((each) => each.used);
  const idle = all.flatMap(({ needed }) => needed).filter((permission) => !used.some((access) => covers(permission, access)));
  const words = new Set(idle.map(({ verb, resource, name }) => `${verb} ${resource}${name === undefined ? '' : `/${name}`}`));
  const locks = ['cdk8s-lifecycle-mutex.orders-db', 'cdk8s-lifecycle.web'];
  expect([...words].sort()).toEqual(
    ['delete configmaps/stays', 'delete things/one', ...locks.map((name) => `list leases/${name}`), ...locks.map((name) => `watch leases/${name}`)],
  );
});

test.each<[string, Partial<PlanOptions>, string[]]>([
  ['is taken back', { rollbackOnFailure: true }, ['a', 'back']],
  ['cleans up after itself', { cleanupOnFail: true }, ['a']],
])('an upgrade that fails and %s needs no more than it says', async (_, chosen, left) => {
  const cluster = new SimulatedCluster({ jobs: { bad: { exitCode: 1 } } });
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  const options = { release: 'web', namespace: 'shop', ...chosen };
  const back = configMap('back', {}, { on: 'post-rollback', policies: 'before-hook-creation' });
  const request = { operation: 'install', release: 'web', namespace: 'shop', plan: (history: History) => planInstall(history, content(configMap('a'), back), options) } as const;
  await performWith(request, cluster, () => undefined);
  const history = await new RecordStore(cluster, 'web', 'shop').history();
  const always = { annotations: { 'cdk8s-lifecycle/always': 'true' } };
  const after = [
    job('tell', { on: 'on-failure', policies: 'before-hook-creation,hook-succeeded' }),
    withMetadata(object('v1', 'ServiceAccount', 'down', {}, { on: 'post-upgrade', weight: 1, policies: 'before-hook-creation,hook-succeeded' }), always),
    withMetadata(job('page-down', { on: 'post-upgrade', weight: 2 }), always),
  ];
  const plan = (from: History) => planUpgrade(from, content(configMap('a', { x: '1' }), configMap('b'), job('bad', { on: 'post-upgrade' }), ...after), options);
  const needed = (await Promise.all(withUndo(plan(history), history).map((each) => permissionsOf(each, cluster)))).flat();
  const { cluster: seen, used } = witness(cluster);
  expect(await performWith({ ...request, operation: 'upgrade', plan }, seen, () => undefined)).toMatchObject({ status: 'failed' });
  const maps = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop' });
  expect([uncovered(used, needed), maps.map(({ metadata }) => metadata.name)]).toEqual([[], left]);
});
