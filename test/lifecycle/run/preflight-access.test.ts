import { Access, ClusterError } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { LifecycleEvent, PerformRequest, PlanOptions, performWith, planInstall, planUninstall, planUpgrade } from '../../../src/lifecycle';
import { JOURNAL_SCHEMA, journalSecret, recordSecret } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job } from '../../release/manifests';
import { Shop, storyOf } from '../harness';

const OPTIONS: PlanOptions = { release: 'web', namespace: 'shop' };

function install(objects: readonly KubeObject[], options: Partial<PlanOptions> = {}): PerformRequest {
  const given = { ...OPTIONS, ...options };
  return { ...OPTIONS, ...options, operation: 'install', plan: (history) => planInstall(history, content(...objects), given) };
}

function upgrade(...objects: readonly KubeObject[]): PerformRequest {
  return { ...OPTIONS, operation: 'upgrade', plan: (history) => planUpgrade(history, content(...objects), OPTIONS) };
}

async function perform(cluster: SimulatedCluster, request: PerformRequest): Promise<string[]> {
  const events: LifecycleEvent[] = [];
  await performWith(request, cluster, (event) => events.push(event));
  return storyOf(events);
}

/** A cluster that denies some accesses, and a list of what is written to it. */
async function shop(...denials: Partial<Access>[]) {
  const { cluster } = await Shop.open({ denials });
  const writes = ['create', 'apply', 'replace', 'patch', 'delete'].map((method) => jest.spyOn(cluster, method as 'create'));
  return { cluster, written: () => writes.reduce((sum, { mock }) => sum + mock.calls.length, 0) };
}

test.each<[string, Partial<Access>, string]>([
  ['the lock', { verb: 'create', resource: 'leases' }, '  create leases.coordination.k8s.io in namespace shop'],
  ['the records', { verb: 'update', resource: 'secrets' }, '  update secrets in namespace shop'],
  ['a resource', { verb: 'patch', resource: 'configmaps' }, '  patch configmaps "settings" in namespace shop'],
  ['a hook', { verb: 'delete', resource: 'jobs' }, '  delete jobs.batch "migrate" in namespace shop'],
  ['the Pods of a hook', { verb: 'watch', resource: 'pods' }, '  watch pods in namespace shop'],
])('a right on %s is missing: nothing is written, not even the lock', async (_, denial, line) => {
  const { cluster, written } = await shop(denial);
  const failure = perform(cluster, install([configMap('settings'), job('migrate', { on: 'pre-install' })]));
  await expect(failure).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining(line) as string });
  expect(written()).toBe(0);
});

test.each<[string, Partial<Access>]>([
  ['patch on Jobs', { verb: 'patch', resource: 'jobs' }],
  ['the logs', { resource: 'pods/log' }],
  ['events', { resource: 'events' }],
  ['a look at the namespace', { verb: 'get', resource: 'namespaces' }],
])('without %s it goes on', async (_, denial) => {
  const { cluster } = await shop(denial);
  expect(await perform(cluster, install([job('migrate', { on: 'pre-install' })]))).toContain('record 1 deployed');
});

test('whoever may not even read the records is told so with all the rest', async () => {
  const { cluster } = await shop({ resource: 'secrets' }, { resource: 'leases' });
  jest.spyOn(cluster, 'list').mockRejectedValue(new ClusterError('forbidden', { verb: 'list', target: 'Secrets' }, 'no'));
  await expect(perform(cluster, install([configMap('a')]))).rejects.toMatchObject({
    message: [
      'The user of this kubeconfig may not do all that this install of release "web" does; it lacks',
      '  get, list, create, update, delete secrets in namespace shop',
      '  get, list, watch, update, delete leases.coordination.k8s.io "cdk8s-lifecycle.web" in namespace shop',
      '  create leases.coordination.k8s.io in namespace shop',
    ].join('\n'),
  });
});

test('a cluster that reviews no access is warned of once, and the operation runs', async () => {
  const { cluster } = await shop();
  jest.spyOn(cluster, 'denied').mockRejectedValue(new ClusterError('not-found', { verb: 'create', target: 'the access review' }, 'there is no such API'));
  const story = await perform(cluster, install([configMap('a')]));
  expect(story[0]).toBe('warning The rights of the user could not be checked before the operation: cannot create the access review: there is no such API');
  expect(story.filter((line) => line.startsWith('warning'))).toHaveLength(1);
  expect(story.at(-1)).toBe('record 1 deployed');
});

test('the right to make a namespace is needed only where there is none', async () => {
  const { cluster } = await shop({ verb: 'create', resource: 'namespaces' });
  expect(await perform(cluster, install([configMap('a')], { createNamespace: true }))).toContain('record 1 deployed');
  await expect(perform(cluster, install([configMap('a')], { createNamespace: true, namespace: 'new' }))).rejects.toThrow('create namespaces in the whole cluster');
});

test('what takes a failed upgrade back must be allowed, too, before it begins', async () => {
  const { cluster, written } = await shop({ verb: 'create', resource: 'configmaps', name: undefined });
  await perform(cluster, install([configMap('a'), configMap('restore', {}, { on: 'pre-rollback', policies: 'hook-succeeded' })]));
  const before = written();
  const plan: PerformRequest['plan'] = (history) => planUpgrade(history, content(configMap('a')), { ...OPTIONS, rollbackOnFailure: true });
  await expect(perform(cluster, { ...upgrade(), plan })).rejects.toThrow('  create configmaps in namespace shop');
  expect(written()).toBe(before);
  expect(await perform(cluster, upgrade(configMap('a')))).toContain('record 2 deployed');
});

describe('after an operation that died', () => {
  /** Revision 1 is pending, and its journal names a hook that may still run. */
  async function died(...denials: Partial<Access>[]) {
    const { cluster, written } = await shop(...denials);
    const { record } = planInstall([], content(configMap('a'), job('old', { on: 'pre-install' })), OPTIONS);
    await cluster.create(recordSecret({ record, labels: {} }, cluster.clock.now()));
    const hook = { apiVersion: 'batch/v1', kind: 'Job', name: 'old', namespace: 'shop' };
    const entry = { event: 'pre-install', hook, state: 'running', startedAt: '2026-01-01T00:00:00Z', uid: 'x' } as const;
    await cluster.create(journalSecret({ schema: JOURNAL_SCHEMA, release: 'web', revision: 1, hooks: [entry] }, 'shop'));
    const before = written();
    return { cluster, written: () => written() - before };
  }

  test('what it takes to stop its hooks is checked first', async () => {
    const { cluster, written } = await died({ verb: 'delete', resource: 'jobs', name: 'old' });
    await expect(perform(cluster, upgrade(configMap('a')))).rejects.toThrow('  delete jobs.batch "old" in namespace shop');
    expect(written()).toBe(0);
  });

  test('a plan that can be made only once it was put right is checked then', async () => {
    const { cluster } = await died({ verb: 'patch', resource: 'configmaps' });
    await expect(perform(cluster, upgrade(configMap('a')))).rejects.toThrow('  patch configmaps "a" in namespace shop');
    expect(await cluster.list({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' })).toEqual([]);
  });
});

test('the same question is not asked twice', async () => {
  const { cluster } = await shop();
  await perform(cluster, install([configMap('a')]));
  const denied = jest.spyOn(cluster, 'denied');
  await perform(cluster, { ...OPTIONS, operation: 'uninstall', plan: (history) => planUninstall(history, OPTIONS) });
  expect(denied).toHaveBeenCalledTimes(1);
});
