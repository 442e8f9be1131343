import { SimulatedCluster, SimulatedClusterProps } from '../../../src/cluster/simulated';
import { LifecycleEvent, PerformRequest, performWith, planResume, planUpgradeOrInstall } from '../../../src/lifecycle';
import { journalName, readJournalSecret } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job, withMetadata } from '../../release/manifests';
import { Options, Run, Shop } from '../harness';
import { FaultyCluster } from './faulty-cluster';

/** A hook of an install of which an order was declared. */
function hook(name: string, after: string, policies?: string): KubeObject {
  return withMetadata(job(name, { on: 'pre-install', policies }), { annotations: { 'cdk8s-lifecycle/after': after } });
}

const barrier = (name: string, weight = 0) => job(name, { on: 'pre-install', weight });

async function install(props: SimulatedClusterProps, hooks: readonly KubeObject[], options: Options = {}): Promise<Run & { readonly shop: Shop }> {
  const shop = await Shop.open(props);
  return { ...(await shop.install([...hooks, configMap('settings')], options)), shop };
}

/** What was told of the hooks. */
const told = ({ story }: Run) => story.filter((line) => line.startsWith('pre-install')).map((line) => line.replace('pre-install ', ''));

/** How long all of it took, in seconds. */
const seconds = ({ events }: Run) => (Date.parse(events.at(-1)!.at) - Date.parse(events[0].at)) / 1000;

const SLOW = { jobs: () => ({ for: '9s' }) };

test('hooks that wait for nothing run at once', async () => {
  const run = await install(SLOW, [hook('a', ''), hook('b', ''), hook('c', '')]);
  expect(told(run)).toEqual(['a started', 'b started', 'c started', 'a succeeded', 'b succeeded', 'c succeeded']);
  expect([run.outcome.status, seconds(run)]).toEqual(['succeeded', 10]);
});

test('one that waits for another starts when that has succeeded, whatever else still runs', async () => {
  const run = await install({ jobs: { a: { for: '2s' }, b: { for: '20s' } } }, [hook('a', ''), hook('b', ''), hook('c', 'Job/a')]);
  expect(told(run)).toEqual(['a started', 'b started', 'a succeeded', 'c started', 'c succeeded', 'b succeeded']);
});

test('a hook of which nothing was declared runs alone', async () => {
  const weighed = (name: string, weight: string) => withMetadata(hook(name, ''), { annotations: { 'helm.sh/hook-weight': weight } });
  const run = await install({}, [weighed('a', '-1'), weighed('b', '-1'), barrier('m'), weighed('y', '1'), weighed('z', '1')]);
  expect(told(run)).toEqual([
    'a started', 'b started', 'a succeeded', 'b succeeded', 'm started', 'm succeeded', 'y started', 'z started', 'y succeeded', 'z succeeded',
  ]);
});

test('no more run at once than may', async () => {
  const run = await install(SLOW, ['a', 'b', 'c', 'd'].map((name) => hook(name, '')), { parallelism: 2 });
  expect(told(run).slice(0, 6)).toEqual(['a started', 'b started', 'a succeeded', 'c started', 'b succeeded', 'd started']);
});

test('one at a time they run as under helm', async () => {
  const hooks = [hook('a', ''), hook('b', ''), barrier('c')];
  const run = await install({}, hooks, { parallelism: 1 });
  expect(told(run)).toEqual(['a started', 'a succeeded', 'b started', 'b succeeded', 'c started', 'c succeeded']);
});

test('after the first failure those that run come to their end, no other starts, and nothing is applied', async () => {
  const jobs = { a: { for: '2s', exitCode: 1 }, b: { for: '20s' } };
  const run = await install({ jobs }, [hook('a', ''), hook('b', ''), hook('c', 'Job/a'), hook('d', 'Job/b')]);
  expect(told(run)).toEqual(['a started', 'b started', 'a failed', 'b succeeded']);
  expect(run.outcome.error!.message).toBe('Hook pre-install Job/a failed: container "main" exited 1 (after 3.0 s)');
  expect(await run.shop.names('ConfigMap')).toEqual([]);
});

test('where several fail, the error tells of all, the first to fail first', async () => {
  const jobs = { a: { for: '5s', exitCode: 1 }, b: { for: '2s', exitCode: 2, logs: ['no such table'] } };
  const { outcome, shop } = await install({ jobs }, [hook('a', ''), hook('b', '')]);
  expect(outcome.error).toMatchObject({ hook: { hook: { name: 'b' } }, lastLines: ['no such table'] });
  const both = 'Hook pre-install Job/b failed: container "main" exited 2 (after 3.0 s)\nHook pre-install Job/a failed: container "main" exited 1 (after 6.0 s)';
  expect(outcome.error!.message).toBe(both);
  expect((await shop.last()).info.description).toContain(both);
});

test('after a failure the failed ones go by hook-failed, then those that succeeded by hook-succeeded, each in Helm\'s order', async () => {
  const jobs = { b: { for: '2s', exitCode: 1 }, c: { for: '1s', exitCode: 1 } };
  const policies = 'hook-failed,hook-succeeded';
  const run = await install({ jobs }, ['a', 'b', 'c', 'd'].map((name) => hook(name, '', policies)));
  expect(told(run).filter((line) => line.includes('deleted'))).toEqual(['b deleted by hook-failed', 'c deleted by hook-failed', 'a deleted by hook-succeeded', 'd deleted by hook-succeeded']);
});

test('after success all go in reverse, once the last has ended', async () => {
  const run = await install({ jobs: { a: { for: '9s' } } }, [hook('a', '', 'hook-succeeded'), hook('b', '', 'hook-succeeded')]);
  expect(told(run)).toEqual(['a started', 'b started', 'b succeeded', 'a succeeded', 'b deleted by hook-succeeded', 'a deleted by hook-succeeded']);
});

test('an interrupt stops all that run, and no other starts', async () => {
  const interrupt = new AbortController();
  const shop = await Shop.open({ jobs: () => ({ for: '1h' }) });
  shop.cluster.at('10s', () => interrupt.abort());
  const { outcome, story } = await shop.install([hook('a', ''), hook('b', ''), hook('c', 'Job/a')], { interrupt: interrupt.signal });
  expect(outcome.status).toBe('interrupted');
  expect(story.filter((line) => / (interrupted|started)/.test(line))).toEqual(['pre-install a started', 'pre-install b started', 'pre-install a interrupted', 'pre-install b interrupted']);
  for (const name of ['a', 'b']) expect(await shop.get('Job', name)).toMatchObject({ spec: { activeDeadlineSeconds: 1 } });
});

test('many that wait at once do not make Node warn of a leak', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const names = Array.from({ length: 24 }, (_, index) => `h${index}`);
  await install(SLOW, names.map((name) => hook(name, '')), { parallelism: 24 });
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test('one whose time is over is stopped alone; the others come to their end', async () => {
  const run = await install({ jobs: { a: { for: '1h' }, b: { for: '20s' } } }, [withMetadata(hook('a', ''), { annotations: { 'cdk8s-lifecycle/timeout': '5s' } }), hook('b', '')]);
  expect(told(run)).toEqual(['a started', 'b started', 'a waits: it is being stopped', 'a timed-out', 'b succeeded']);
  expect(run.outcome.error).toMatchObject({ verdict: { kind: 'timed-out' } });
});

test('the record and the journal hold every hook, though they are written while others run', async () => {
  const { shop } = await install({ jobs: { b: { exitCode: 3 } } }, ['a', 'b', 'c', 'd', 'e'].map((name) => hook(name, '')));
  const phases = (await shop.last()).hooks.map(({ name, last_run: run }) => [name, run?.phase]);
  expect(phases).toEqual([['a', 'Succeeded'], ['b', 'Failed'], ['c', 'Succeeded'], ['d', 'Succeeded'], ['e', 'Succeeded']]);
  const { hooks } = readJournalSecret((await shop.get('Secret', journalName('web', 1)))!);
  expect(hooks.map(({ hook: { name }, state }) => [name, state])).toEqual([['a', 'succeeded'], ['b', 'failed'], ['c', 'succeeded'], ['d', 'succeeded'], ['e', 'succeeded']]);
});

/** A cluster that takes its time to write. */
class SlowWrites extends SimulatedCluster {
  writes = 0;

  override async replace(object: KubeObject): Promise<KubeObject> {
    this.writes += 1;
    await this.clock.sleep(100);
    return super.replace(object);
  }
}

test('hooks that start together are written down together', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const writes = async (parallelism: number): Promise<number> => {
    const cluster = new SlowWrites(SLOW);
    await (await Shop.in(cluster)).install(names.map((name) => hook(name, '')), { parallelism });
    return cluster.writes;
  };
  expect(await writes(8)).toBeLessThan((await writes(1)) / 3);
});

test('hooks of one mutex take turns, though nothing else says so', async () => {
  const under = (name: string) => withMetadata(hook(name, ''), { annotations: { 'cdk8s-lifecycle/mutex': 'orders-db' } });
  const run = await install({ jobs: () => ({ for: '3s' }) }, [under('a'), under('b'), hook('c', '')]);
  expect(run.outcome.status).toBe('succeeded');
  const steps = told(run).filter((line) => !line.includes('waits'));
  expect(steps.indexOf('b started')).toBeGreaterThan(steps.indexOf('a succeeded'));
  expect(steps.indexOf('c started')).toBeLessThan(steps.indexOf('a succeeded'));
});

test('a revision that is resumed runs those alone that have not succeeded, again side by side', async () => {
  let isBroken = true;
  const cluster = new SimulatedCluster({ jobs: ({ metadata: { name } }) => ({ for: '3s', exitCode: isBroken && name !== 'a' ? 1 : 0 }) });
  const shop = await Shop.in(cluster);
  const hooks = [hook('a', ''), hook('b', ''), hook('c', ''), hook('d', 'Job/a')];
  await shop.install(hooks);
  isBroken = false;
  const journal = readJournalSecret((await shop.get('Secret', journalName('web', 1)))!);
  const plan = planResume(await shop.history(), { operations: ['install'], journal, mask: (text) => text }, { release: 'web', namespace: 'shop' });
  const run = await shop.run(plan);
  expect(run.outcome.status).toBe('succeeded');
  expect(told(run).filter((line) => !/waits|deleted/.test(line))).toEqual([
    'a skipped: it has succeeded in an earlier attempt', 'b started', 'c started', 'd started', 'b succeeded', 'c succeeded', 'd succeeded',
  ]);
});

test('what keeps one from being made is told with what the others came to', async () => {
  const cluster = new FaultyCluster({ jobs: { b: { for: '9s' } } });
  cluster.refuse('create', /^Job\/a$/);
  const shop = await Shop.in(cluster);
  const run = await shop.install([hook('a', '', 'hook-failed'), hook('b', '', 'hook-succeeded')]);
  expect(told(run)).toEqual(['a started', 'b started', 'a failed', 'b succeeded']);
  expect(await shop.names('Job')).toEqual(['b']); // as under Helm: what could not be made leaves everything as it is
});

test('whoever takes over from one that died stops all hooks that it left running, at once', async () => {
  const cluster = new SimulatedCluster({ jobs: { a: { for: '1h' }, b: { for: '1h' } } });
  const shop = await Shop.in(cluster);
  const request = (...hooks: readonly KubeObject[]): PerformRequest => ({
    operation: 'upgrade', release: 'web', namespace: 'shop', plan: (history) => planUpgradeOrInstall(history, content(...hooks, configMap('settings')), { release: 'web', namespace: 'shop' }),
  });
  let dead = false;
  const dying = new Proxy(cluster, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => (dead && ['create', 'apply', 'replace', 'patch', 'delete'].includes(String(name)) ? new Promise(() => undefined) : (member as (...given: unknown[]) => unknown).apply(target, args));
    },
  });
  void performWith(request(hook('a', ''), hook('b', '')), dying, () => undefined);
  await cluster.clock.sleep(10_000);
  dead = true;
  const events: LifecycleEvent[] = [];
  await performWith(request(), cluster, (event) => events.push(event));
  const stopping = events.filter((event) => event.kind === 'hook-waiting').map(({ at }) => at);
  expect([stopping.length, new Set(stopping).size]).toEqual([2, 1]);
  expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ stopped: ['Job/a', 'Job/b'] });
  const { hooks } = readJournalSecret((await shop.get('Secret', journalName('web', 1)))!);
  expect(hooks.map(({ hook: { name }, state }) => [name, state])).toEqual([['a', 'failed'], ['b', 'failed']]);
});
