import { Cluster } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import {
  LifecycleEvent, Outcome, PlanOptions, RecordStore, Resumable, findResumption, performWith, planResumeFrom, planUpgradeOrInstall,
} from '../../../src/lifecycle';
import { History } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job, object } from '../../release/manifests';
import { storyOf } from '../harness';
import { mortal } from '../mortal';
import { locksHeld, performed } from '../trial';

const OPTIONS: PlanOptions = { release: 'web', namespace: 'default' };
const BOTH: readonly Resumable[] = ['install', 'upgrade'];
const serviceAccount = (name: string, hook: Parameters<typeof job>[1]): KubeObject => object('v1', 'ServiceAccount', name, {}, hook);

/** An operation of release web, with what it told. */
interface Told {
  readonly outcome: Outcome;
  readonly story: readonly string[];
}

async function told(cluster: Cluster, plan: Parameters<typeof performWith>[0]['plan']): Promise<Told> {
  const events: LifecycleEvent[] = [];
  const outcome = await performWith({ release: 'web', namespace: 'default', operation: 'upgrade', plan }, cluster, (event) => events.push(event));
  return { outcome, story: storyOf(events).filter((line) => !line.startsWith('record')) };
}

const deploy = (cluster: Cluster, objects: readonly KubeObject[], options: Partial<PlanOptions> = {}) =>
  told(cluster, (history) => planUpgradeOrInstall(history, content(...objects), { ...OPTIONS, ...options }));

/** Goes on with what was recorded, or with objects. */
function resume(cluster: Cluster, objects?: readonly KubeObject[], options: Partial<PlanOptions> = {}): Promise<Told> {
  const source = objects && (() => Promise.resolve({ content: content(...objects) }));
  const plan = async (history: History) =>
    planResumeFrom(source, history, await findResumption(cluster, OPTIONS, history, BOTH), { ...OPTIONS, ...options });
  return told(cluster, plan);
}

async function record(cluster: Cluster) {
  return (await new RecordStore(cluster, 'web', 'default').history()).map(({ record: { version, info } }) => `${version} ${info.status}`);
}

const CHAIN = [
  job('backup', { on: 'pre-upgrade', weight: 1 }), job('migrate', { on: 'pre-upgrade', weight: 2 }), configMap('settings', { version: '2' }),
  job('warm', { on: 'post-upgrade', weight: 1 }), job('notify', { on: 'post-upgrade', weight: 2 }),
];

/** A cluster with revision 1 of the release, where a hook fails until it is mended. */
async function failing(hook: string): Promise<{ readonly cluster: SimulatedCluster; readonly mend: () => void }> {
  const jobs: Record<string, { exitCode: number }> = { [hook]: { exitCode: 1 } };
  const cluster = new SimulatedCluster({ jobs });
  await deploy(cluster, [configMap('settings', { version: '1' })]);
  return { cluster, mend: () => (jobs[hook] = { exitCode: 0 }) };
}

test('an upgrade goes on from the hook that failed, in the same revision, and says what it skips', async () => {
  const { cluster, mend } = await failing('migrate');
  const { outcome } = await deploy(cluster, CHAIN);
  expect(outcome).toMatchObject({ status: 'failed', revision: 2, resume: { skips: [{ kind: 'Job', name: 'backup' }] } });
  mend();
  expect((await resume(cluster, CHAIN)).story).toEqual([
    'pre-upgrade backup skipped: it has succeeded in an earlier attempt',
    'pre-upgrade migrate waits: the Job of its last run is being deleted', 'pre-upgrade migrate deleted by before-hook-creation',
    'pre-upgrade migrate started', 'pre-upgrade migrate succeeded', 'changed ConfigMap/settings',
    'post-upgrade warm started', 'post-upgrade warm succeeded', 'post-upgrade notify started', 'post-upgrade notify succeeded',
  ]);
  expect(await record(cluster)).toEqual(['1 superseded', '2 deployed']);
});

test('after a failed hook behind the resources, everything before it is skipped', async () => {
  const { cluster, mend } = await failing('notify');
  const { outcome } = await deploy(cluster, CHAIN);
  expect(outcome.resume?.skips.map(({ name }) => name)).toEqual(['backup', 'migrate', 'warm']);
  mend();
  const { story } = await resume(cluster);
  expect(story.filter((line) => line.endsWith('started'))).toEqual(['post-upgrade notify started']);
});

test('a revision can be resumed until it succeeds', async () => {
  const { cluster, mend } = await failing('notify');
  await deploy(cluster, CHAIN);
  expect((await resume(cluster)).outcome).toMatchObject({ status: 'failed', revision: 2, resume: { skips: [{ name: 'backup' }, { name: 'migrate' }, { name: 'warm' }] } });
  mend();
  expect((await resume(cluster)).outcome).toMatchObject({ status: 'succeeded', revision: 2 });
});

const DELETED = { on: 'pre-upgrade', policies: 'before-hook-creation,hook-succeeded' };

test('what a hook runs with is made again where it was deleted after the failure, and deleted at the end', async () => {
  const { cluster, mend } = await failing('migrate');
  const objects = [serviceAccount('runner', { ...DELETED, weight: -1 }), job('backup', { ...DELETED, weight: 1 }), job('migrate', { ...DELETED, weight: 2 })];
  await deploy(cluster, [...objects, configMap('settings')]);
  mend();
  expect((await resume(cluster)).story).toEqual([
    'pre-upgrade runner started', 'pre-upgrade runner succeeded',
    'pre-upgrade backup skipped: it has succeeded in an earlier attempt',
    'pre-upgrade migrate waits: the Job of its last run is being deleted', 'pre-upgrade migrate deleted by before-hook-creation',
    'pre-upgrade migrate started', 'pre-upgrade migrate succeeded',
    'pre-upgrade migrate deleted by hook-succeeded', 'pre-upgrade runner deleted by hook-succeeded',
    'changed ConfigMap/settings',
  ]);
});

test('what a hook has made and is still there stays as it is: it may hold what a Job has written', async () => {
  const { cluster, mend } = await failing('migrate');
  const claim = object('v1', 'PersistentVolumeClaim', 'dumps', { spec: {} }, { on: 'pre-upgrade', weight: -1 });
  await deploy(cluster, [claim, ...CHAIN]);
  const uid = async () => (await cluster.get({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'dumps', namespace: 'default' }))?.metadata.uid;
  const before = await uid();
  mend();
  expect((await resume(cluster)).story).toContain('pre-upgrade dumps skipped: an earlier attempt has made it');
  expect(await uid()).toBe(before);
});

test('what nobody needs any more is not made again', async () => {
  const { cluster, mend } = await failing('notify');
  await deploy(cluster, [serviceAccount('runner', { ...DELETED, weight: -1 }), ...CHAIN]);
  mend();
  const { story } = await resume(cluster);
  expect(story[0]).toBe('pre-upgrade runner skipped: the hooks that need it have succeeded in an earlier attempt');
});

test('an install is resumed, too', async () => {
  const jobs: Record<string, { exitCode: number }> = { seed: { exitCode: 1 } };
  const cluster = new SimulatedCluster({ jobs });
  const objects = [job('setup', { on: 'pre-install' }), configMap('settings'), job('seed', { on: 'post-install' })];
  await deploy(cluster, objects);
  jobs.seed = { exitCode: 0 };
  const { outcome, story } = await resume(cluster, objects);
  expect([outcome.operation, outcome.status, story.filter((line) => line.includes('setup'))]).toEqual([
    'install', 'succeeded', ['pre-install setup skipped: it has succeeded in an earlier attempt'],
  ]);
  expect(await record(cluster)).toEqual(['1 deployed']);
});

test('the revision keeps its time and how its hooks ran, so that a rollback takes back what they did', async () => {
  const { cluster, mend } = await failing('notify');
  await deploy(cluster, CHAIN);
  const read = async () => (await new RecordStore(cluster, 'web', 'default').history()).at(-1)!.record;
  const before = await read();
  mend();
  await resume(cluster);
  const after = await read();
  expect(after.info).toMatchObject({ status: 'deployed', description: 'Upgrade complete', last_deployed: before.info.last_deployed });
  const runs = (of: typeof before) => of.hooks.filter(({ name }) => name !== 'notify').map(({ name, last_run: run }) => [name, run]);
  expect(runs(after)).toEqual(runs(before));
});

test('changed manifests are refused with the difference, and nothing is touched; values of Secrets are masked', async () => {
  const { cluster, mend } = await failing('migrate');
  const secret = (password: string) => object('v1', 'Secret', 'database', { stringData: { password } });
  const using = (password: string) => [secret(password), configMap('settings', { url: `postgres://app:${password}@db` }), CHAIN[1]];
  await deploy(cluster, using('correct-horse'));
  mend();
  const { result, error, events } = await performed((report) => performWith({
    release: 'web',
    namespace: 'default',
    operation: 'upgrade',
    plan: async (history) => planResumeFrom(
      () => Promise.resolve({ content: content(...using('battery-staple')) }), history, await findResumption(cluster, OPTIONS, history, BOTH), OPTIONS,
    ),
  }, cluster, report));
  expect(result).toBe('refused: Revision 2 of release "web" cannot be resumed with other manifests; 2 differ: Secret/database, ConfigMap/settings');
  expect(JSON.stringify([error, events])).not.toMatch(/horse|staple/);
  expect((error as unknown as { readonly changes: readonly unknown[] }).changes).toMatchObject([
    { after: expect.stringContaining("password: '*** (changed)'") },
    { before: expect.stringContaining('url: postgres://app:***@db'), after: expect.stringContaining('url: postgres://app:***@db (changed)') },
  ]);
  expect(await record(cluster)).toEqual(['1 deployed', '2 failed']);
});

test('a resumed upgrade that dies can be resumed, wherever that was', async () => {
  const start = async () => {
    const { cluster, mend } = await failing('migrate');
    await deploy(cluster, CHAIN);
    mend();
    return cluster;
  };
  const whole = mortal(await start());
  expect((await resume(whole.cluster)).outcome.status).toBe('succeeded');
  const bad: unknown[] = [];
  for (let call = 0; call < whole.calls(); call += 1) {
    const cluster = await start();
    const over = new AbortController();
    const counted = successes(cluster, over.signal);
    const process = mortal(cluster, { call, moment: 'after' });
    await Promise.race([resume(process.cluster), process.died]);
    const { result } = await performed(() => resume(cluster).then(({ outcome }) => outcome));
    over.abort();
    const { backup, ...counts } = await counted; // it had succeeded before, and its Job is still there
    const isOver = result === 'succeeded' || /revision 2 of release "web" is deployed/.test(result);
    if (!isOver || (backup ?? 0) > 1 || JSON.stringify(counts) !== '{"migrate":1,"notify":1,"warm":1}') bad.push({ call, result, counts, backup });
  }
  expect(bad).toEqual([]);
}, 300_000);

/* The process dies before and after every single call that an upgrade makes of the cluster; then the upgrade is resumed. */

const MORTAL = [
  serviceAccount('runner', { ...DELETED, weight: 0 }), job('backup', { ...DELETED, weight: 1 }), job('migrate', { on: 'pre-upgrade', weight: 2 }),
  configMap('settings', { version: '2' }), job('notify', { on: 'post-upgrade' }),
];

/** How often the Jobs of each name have succeeded, until the signal. */
async function successes(cluster: SimulatedCluster, signal: AbortSignal): Promise<Readonly<Record<string, number>>> {
  const done = new Map<string, string>();
  for await (const event of cluster.watch({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'default' }, signal)) {
    if (event.kind === 'listed') continue;
    const { metadata: { uid, name }, status } = event.object;
    if ((status as { readonly conditions?: readonly { readonly type: string }[] } | undefined)?.conditions?.some(({ type }) => type === 'Complete')) done.set(uid!, name!);
  }
  const names = [...done.values()].sort();
  return Object.fromEntries(names.map((name) => [name, names.filter((each) => each === name).length]));
}

async function prepared(): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster({ jobs: { backup: { for: '8s' }, migrate: { for: '8s' }, notify: { for: '8s' } } });
  await deploy(cluster, [configMap('settings', { version: '1' })]);
  return cluster;
}

test('wherever an upgrade dies, what had succeeded runs once in all: the resumed one does the rest', async () => {
  const whole = mortal(await prepared());
  expect((await deploy(whole.cluster, MORTAL)).outcome.status).toBe('succeeded');
  const deaths = Array.from({ length: whole.calls() }, (_, call) => [{ call, moment: 'before' }, { call, moment: 'after' }] as const).flat();
  const bad: unknown[] = [];
  let resumed = 0;
  for (const death of deaths) {
    const cluster = await prepared();
    const over = new AbortController();
    const counted = successes(cluster, over.signal);
    const process = mortal(cluster, death);
    await Promise.race([deploy(process.cluster, MORTAL), process.died]);
    const again = await performed(() => resume(cluster, MORTAL).then(({ outcome }) => outcome));
    const refusal = /nothing to resume|failed before its first hook/.test(again.result);
    if (again.result === 'succeeded') resumed += 1;
    // A revision that never began, or has succeeded, is nothing to go on with.
    const last = refusal && (await record(cluster)).at(-1) !== '2 deployed' ? (await deploy(cluster, MORTAL)).outcome.status : 'succeeded';
    over.abort();
    const counts = await counted;
    const isGood = (again.result === 'succeeded' || refusal) && last === 'succeeded';
    const once = ['backup', 'migrate', 'notify'].every((name) => counts[name] === 1);
    const locks = await locksHeld(cluster);
    if (!isGood || !once || locks > 0) bad.push({ death, result: again.result, last, counts, locks });
  }
  expect(bad).toEqual([]);
  expect(resumed).toBeGreaterThan(30);
}, 300_000);
