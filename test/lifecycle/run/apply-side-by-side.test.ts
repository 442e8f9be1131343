import { SimulatedCluster } from '../../../src/cluster/simulated';
import { configMap, deployment } from '../../release/manifests';
import { Shop } from '../harness';
import { FaultyCluster } from './faulty-cluster';

/** A cluster in which an apply takes its time, the less the later it came, and that sees how many are under way. */
class SlowCluster extends SimulatedCluster {
  most = 0;
  /** Whether two kinds were under way at once. */
  mixed = false;
  readonly #kinds: string[] = [];
  #time = 10_000;
  onApplied: () => void = () => undefined;

  override async apply(...args: Parameters<SimulatedCluster['apply']>) {
    const { kind } = args[0];
    this.#kinds.push(kind);
    this.most = Math.max(this.most, this.#kinds.length);
    this.mixed ||= this.#kinds.some((each) => each !== kind);
    this.#time -= 100;
    await this.clock.sleep(this.#time);
    const applied = await super.apply(...args);
    this.#kinds.splice(this.#kinds.indexOf(kind), 1);
    this.onApplied();
    return applied;
  }
}

test('resources of one kind are applied side by side, eight at a time, a kind begins when the one before it is done, and all is told in order', async () => {
  const cluster = new SlowCluster();
  const shop = await Shop.in(cluster);
  const settings = Array.from({ length: 20 }, (_, index) => configMap(`settings-${String(index).padStart(2, '0')}`));
  const { story } = await shop.install([...settings, deployment('web'), deployment('worker')]);
  expect(story.slice(1, -1)).toEqual([...settings.map(({ metadata }) => `created ConfigMap/${metadata.name}`), 'created Deployment/web', 'created Deployment/worker']);
  expect([cluster.most, cluster.mixed]).toEqual([8, false]);
});

test('an upgrade changes side by side what is there, and creates one after the other what is not, for nothing may begin after one that fails', async () => {
  const cluster = new SlowCluster();
  const shop = await Shop.in(cluster);
  await shop.install([configMap('a'), configMap('b'), configMap('c')]);
  cluster.most = 0;
  await shop.upgrade([configMap('a', { x: '1' }), configMap('b', { x: '1' }), configMap('c', { x: '1' })]);
  expect(cluster.most).toBe(3);
  cluster.most = 0;
  await shop.upgrade([configMap('d'), configMap('e'), configMap('f')]);
  expect(cluster.most).toBe(1);
});

test('an install tries the kinds behind one that failed, as helm does, and tells every failure in the order of the plan', async () => {
  const cluster = new FaultyCluster();
  const shop = await Shop.in(cluster);
  cluster.refuse('apply', /^(ConfigMap\/(a|c)|Deployment\/x)$/);
  const { outcome, story } = await shop.install([configMap('a'), configMap('b'), configMap('c'), deployment('x'), deployment('y')]);
  expect(story).toEqual(['record 1 pending-install', 'created ConfigMap/b', 'created Deployment/y', 'record 1 failed']);
  expect(outcome.error).toMatchObject({ failures: [{ resource: { name: 'a' } }, { resource: { name: 'c' } }, { resource: { name: 'x' } }] });
});

test('after Ctrl-C no other resource is begun; those under way are told', async () => {
  const cluster = new SlowCluster();
  const shop = await Shop.in(cluster);
  const names = Array.from({ length: 20 }, (_, index) => `s-${String(index).padStart(2, '0')}`);
  const interrupt = new AbortController();
  cluster.onApplied = () => interrupt.abort();
  const { outcome, story } = await shop.install(names.map((name) => configMap(name)), { interrupt: interrupt.signal });
  const created = story.filter((each) => each.startsWith('created'));
  expect([outcome.status, created.length]).toEqual(['interrupted', (await shop.names('ConfigMap')).length]);
  expect(created).toHaveLength(8);
});
