import { SimulatedCluster } from '../../src/cluster/simulated';
import { CallMoment, mortal } from '../../src/testing/mortal';

const MAP = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } });
const QUERY = { apiVersion: 'v1', kind: 'ConfigMap' };

async function namesIn(cluster: SimulatedCluster): Promise<string[]> {
  return (await cluster.list(QUERY)).map(({ metadata }) => metadata.name!);
}

test('every call is counted, and told before and after', async () => {
  const moments: CallMoment[] = [];
  const { cluster, calls } = mortal(new SimulatedCluster(), (moment) => moments.push(moment));
  await cluster.create(MAP('a'));
  await expect(cluster.create(MAP('a'))).rejects.toThrow('already exists');
  expect([calls(), moments.map(({ call, when }) => `${when} ${call}`)]).toEqual([2, ['before 0', 'after 0', 'before 1', 'after 1']]);
});

test.each([['before', []], ['after', ['a']]] as const)('who dies %s a call has left %j, hears no answer and makes no further call', async (when, left) => {
  const real = new SimulatedCluster();
  const { cluster, died, calls } = mortal(real, (moment, die) => moment.when === when && die());
  let heard = 'nothing';
  void cluster.create(MAP('a')).finally(() => (heard = 'an answer'));
  await died;
  void cluster.create(MAP('b')).finally(() => (heard = 'another answer'));
  void cluster.clock.sleep(10).then(() => (heard = 'the time'));
  await real.clock.sleep(1000);
  expect([heard, calls(), await namesIn(real)]).toEqual(['nothing', 1, left]);
});

test('who dies sees nothing more of what happens', async () => {
  const real = new SimulatedCluster();
  const { cluster, die } = mortal(real);
  const seen: string[] = [];
  const end = new AbortController();
  void (async () => {
    for await (const event of cluster.watch(QUERY, end.signal)) seen.push(event.kind);
  })();
  await real.create(MAP('a'));
  await real.clock.sleep(1);
  die();
  await real.create(MAP('b'));
  await real.clock.sleep(1);
  expect(seen).toEqual(['listed', 'added']);
});
