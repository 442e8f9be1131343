import { ClusterError, Persistence, retrying } from '../../src/cluster';
import { SimulatedCluster } from '../../src/cluster/simulated';
import { KubeObject } from '../../src/vocabulary';
import { mostListeners } from '../listeners';
import { configMap as manifest, job } from '../release/manifests';

type Verb = 'create' | 'apply' | 'replace' | 'patch' | 'delete' | 'get';
const WRITES: readonly Verb[] = ['create', 'apply', 'replace', 'patch', 'delete'];

interface Trouble {
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** The call takes effect before it fails. */
  readonly late?: boolean;
}

/** A cluster whose next calls of a verb fail. */
class Troubled extends SimulatedCluster {
  readonly tries: number[] = [];
  readonly #troubles: Trouble[] = [];

  next(verb: Verb, ...troubles: readonly Trouble[]): this {
    this.#troubles.splice(0, Infinity, ...troubles);
    const method = SimulatedCluster.prototype[verb] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(this, {
      [verb]: async (...args: unknown[]) => {
        this.tries.push(this.clock.now().getTime() - Date.parse('2026-01-01T00:00:00Z'));
        const trouble = this.#troubles.shift();
        if (!trouble || trouble.late) {
          const result = await method.apply(this, args);
          if (!trouble) return result;
        }
        throw new ClusterError(trouble.status === undefined ? 'unreachable' : 'unavailable', { verb, target: 'it' }, 'trouble', trouble);
      },
    });
    return this;
  }
}

const configMap = (name: string, data: Readonly<Record<string, string>> = { key: 'one' }): KubeObject => ({
  ...manifest(name, data), metadata: { name, namespace: 'default' },
});
const REF = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'default' };
const TIMES = (times: number, trouble: Trouble) => Array.from({ length: times }, () => trouble);

async function connected(cluster: Troubled, persistence: Persistence = {}) {
  const seen = retrying(cluster, persistence);
  await seen.version();
  return seen;
}

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(1));
afterEach(() => jest.restoreAllMocks());

test('a server that has trouble is asked again, after pauses that double up to five seconds', async () => {
  const cluster = new Troubled().next('get', ...TIMES(8, { status: 503 }));
  await (await connected(cluster)).get(REF);
  expect(cluster.tries).toEqual([0, 100, 300, 700, 1500, 3100, 6300, 11300, 16300]);
});

test('however many calls wait for their next try, Node sees no leak of listeners', async () => {
  const { signal: interrupt } = new AbortController();
  const most = mostListeners(interrupt);
  const cluster = new Troubled().next('get', ...TIMES(20, { status: 503 }));
  const seen = await connected(cluster, { interrupt });
  await Promise.all(Array.from({ length: 20 }, () => seen.get(REF)));
  expect([cluster.tries.length, most()]).toEqual([40, 1]);
});

test.each<[string, Trouble, number]>([
  ['a server that cannot be reached', {}, 30_000],
  ['a server that is not available', { status: 503 }, 30_000],
  ['a server that has an error', { status: 500 }, 5_000],
])('%s is asked no longer than it may take to come back', async (_case, trouble, longest) => {
  const cluster = new Troubled().next('get', ...TIMES(99, trouble));
  await expect((await connected(cluster)).get(REF)).rejects.toMatchObject({ message: 'cannot get it: trouble', remedy: expect.any(String) as string });
  expect(cluster.tries.at(-1)).toBeLessThanOrEqual(longest);
  expect(cluster.tries.at(-1)).toBeGreaterThan(longest / 2);
});

test('a server that says when to come back is asked then', async () => {
  const cluster = new Troubled().next('get', { status: 429, retryAfterSeconds: 7 }, { status: 429, retryAfterSeconds: 2 });
  await (await connected(cluster)).get(REF);
  expect(cluster.tries).toEqual([0, 7000, 9000]);
});

test('a server that wants to be asked much later is not waited for', async () => {
  const cluster = new Troubled().next('get', { status: 429, retryAfterSeconds: 3600 });
  await expect((await connected(cluster)).get(REF)).rejects.toMatchObject({ status: 429 });
  expect(cluster.tries).toEqual([0]);
});

test('a server that never answered has probably another address', async () => {
  const cluster = new Troubled().next('get', {});
  await expect(retrying(cluster).get(REF)).rejects.toMatchObject({ reason: 'unreachable' });
  expect(cluster.tries).toEqual([0]);
});

test('an operation that is to stop waits no longer', async () => {
  const controller = new AbortController();
  const cluster = new Troubled().next('get', ...TIMES(99, { status: 503 }));
  cluster.at('4s', () => controller.abort());
  await expect((await connected(cluster, { interrupt: controller.signal })).get(REF)).rejects.toMatchObject({ status: 503 });
  expect(cluster.tries).toEqual([0, 100, 300, 700, 1500, 3100, 4000]);
});

test('what has no effect is not known from what has one: a name that is taken is taken', async () => {
  const cluster = new Troubled();
  await cluster.create(configMap('a'));
  cluster.next('create', { late: false });
  await expect((await connected(cluster)).create(configMap('a'))).rejects.toMatchObject({ reason: 'already-exists' });
});

test('an object that was created although the answer was lost is ours', async () => {
  const cluster = new Troubled().next('create', { late: true }, { status: 504 });
  const created = await (await connected(cluster)).create(configMap('a'));
  expect([created.metadata.uid, cluster.tries.length]).toEqual([(await cluster.get(REF))!.metadata.uid, 3]);
});

test('what is known not to be there is not looked at before it is created; where the answer is lost, what is there then is ours', async () => {
  const cluster = new Troubled().next('create', { late: true }, { status: 504 });
  const { metadata } = await (await connected(cluster)).create(configMap('a'), { before: 'nothing' });
  expect([metadata.uid, cluster.tries.length]).toEqual([(await cluster.get(REF))!.metadata.uid, 3]);
  const get = jest.spyOn(cluster, 'get');
  await (await connected(cluster)).create(configMap('b'), { before: 'nothing' });
  expect(get).not.toHaveBeenCalled();
});

test('one that somebody else created in between, and that says something else, is theirs', async () => {
  const cluster = new Troubled().next('create', { status: 504 });
  cluster.at('50ms', () => SimulatedCluster.prototype.create.call(cluster, configMap('a', { key: 'two' })));
  await expect((await connected(cluster)).create(configMap('a'))).rejects.toMatchObject({ reason: 'already-exists' });
});

test('one whose spec a webhook has rewritten is ours all the same', async () => {
  const cluster = new Troubled();
  const mine = { ...job('m'), metadata: { name: 'm', namespace: 'default', labels: { app: 'm' } } };
  cluster.next('create', { late: true });
  cluster.at('50ms', () => cluster.patch({ ...REF, apiVersion: 'batch/v1', kind: 'Job', name: 'm' }, { spec: { suspend: true }, metadata: { labels: { injected: 'yes' } } }));
  expect((await (await connected(cluster)).create(mine)).metadata.labels).toEqual({ app: 'm', injected: 'yes' });
});

test.each<[string, Trouble, boolean]>([
  ['although the answer was lost', { late: true }, true],
  ['by somebody else meanwhile', {}, false],
])('an object that was replaced %s', async (_case, trouble, isOurs) => {
  const cluster = new Troubled();
  const { metadata } = await cluster.create(configMap('a'));
  cluster.next('replace', trouble);
  if (!isOurs) cluster.at('50ms', () => SimulatedCluster.prototype.replace.call(cluster, configMap('a', { key: 'three' })));
  const replaced = (await connected(cluster)).replace({ ...configMap('a', { key: 'two' }), metadata });
  await (isOurs ? expect(replaced).resolves.toMatchObject({ data: { key: 'two' } }) : expect(replaced).rejects.toMatchObject({ reason: 'conflict' }));
});

test('an object that was applied although the answer was lost has changed', async () => {
  const cluster = new Troubled();
  await cluster.create(configMap('a'));
  cluster.next('apply', { late: true });
  const applied = await (await connected(cluster)).apply(configMap('a', { key: 'two' }), { fieldManager: 'helm' });
  expect([applied.change, applied.object.data]).toEqual(['changed', { key: 'two' }]);
});

test.each<[string, boolean]>([
  ['is gone', false],
  ['has a successor', true],
])('an object that was deleted although the answer was lost %s, and was there', async (_case, recreated) => {
  const cluster = new Troubled();
  const { metadata } = await cluster.create(configMap('a'));
  cluster.next('delete', { late: true });
  if (recreated) cluster.at('50ms', () => cluster.create(configMap('a')));
  expect(await (await connected(cluster)).delete(REF, { propagation: 'background', uid: metadata.uid })).toBe(true);
  expect((await cluster.get(REF)) !== undefined).toBe(recreated);
});

test.each(WRITES)('a %s that is refused is not tried again', async (verb) => {
  const cluster = new Troubled();
  const refuse = jest.fn().mockRejectedValue(new ClusterError('forbidden', { verb, target: 'it' }, 'no', { status: 403 }));
  Object.assign(cluster, { [verb]: refuse });
  const seen = await connected(cluster);
  const calls = {
    create: () => seen.create(configMap('a')),
    apply: () => seen.apply(configMap('a'), { fieldManager: 'helm' }),
    replace: () => seen.replace(configMap('a')),
    patch: () => seen.patch(REF, {}),
    delete: () => seen.delete(REF, { propagation: 'background' }),
  };
  await expect(calls[verb as keyof typeof calls]()).rejects.toMatchObject({ reason: 'forbidden' });
  expect(refuse).toHaveBeenCalledTimes(1);
});

test('a watch that ends begins anew', async () => {
  const cluster = new SimulatedCluster();
  const ends: AbortController[] = [];
  const over = new AbortController();
  const ending = Object.assign(Object.create(cluster) as SimulatedCluster, {
    clock: cluster.clock,
    name: cluster.name,
    watch: (query: typeof REF) => (ends.push(new AbortController()), SimulatedCluster.prototype.watch.call(cluster, query, ends.at(-1)!.signal)),
  });
  cluster.at('1s', () => ends[0].abort());
  cluster.at('2s', () => cluster.create(configMap('a')));
  const told: string[] = [];
  for await (const event of retrying(ending).watch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default' }, over.signal)) {
    told.push(event.kind);
    if (event.kind === 'added') break;
  }
  expect(told).toEqual(['listed', 'listed', 'added']);
});
