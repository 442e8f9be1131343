import { annotated, configMap, hook } from '../conformance/manifests';
import { Background, eventsOf } from './background';
import { testCluster } from './cluster';
import { getObject, kubectl } from './kubectl';
import { manifestFolder } from './manifest-folder';
import { createNamespace, deleteNamespace } from './namespace';
import { waitUntil } from './wait';

/* Two releases in two namespaces with one mutex, on the real API server. */

interface Pod {
  readonly status: { readonly phase: string };
}

const folder = manifestFolder('mutex');
let kubeconfig: string;
let mutex: string;
let spaces: readonly string[];

beforeAll(async () => {
  kubeconfig = (await testCluster()).kubeconfig;
});

beforeEach(async () => {
  spaces = [await createNamespace('mutex'), await createNamespace('mutex')];
  mutex = `${spaces[0]}/orders-db`;
});

afterEach(() => Promise.all(spaces.map((each) => deleteNamespace(each))));

function start(namespace: string, runsFor: string): Background {
  const migrate = annotated(hook('migrate', { on: 'pre-install', runsFor }), { 'cdk8s-lifecycle/mutex': mutex });
  const file = folder.write(namespace, configMap('settings'), migrate);
  return new Background(['install', 'web', file, '-n', namespace, '--timeout', '120s'], { env: { KUBECONFIG: kubeconfig } });
}

const pods = async (namespace: string) => (await getObject<{ readonly items: readonly Pod[] }>('pods', namespace)).items;

async function hookRuns(namespace: string): Promise<void> {
  await waitUntil('the hook runs', async () => (await pods(namespace)).some(({ status }) => status.phase === 'Running'), { seconds: 60 });
}

const leases = async () => (await kubectl(['get', 'leases', '-o', 'name'], { namespace: spaces[0] })).split('\n').filter((line) => line.includes('mutex'));

test('a hook waits while another release holds its mutex, in another namespace', async () => {
  const [shop, stock] = spaces;
  const first = start(shop, '6s');
  await hookRuns(shop);
  const second = start(stock, '1s');
  await second.printed('"kind":"hook-waiting"');
  expect([await pods(stock), (await pods(shop))[0].status.phase]).toEqual([[], 'Running']);
  const [one, other] = [await first.ended, await second.ended];
  expect([one.code, other.code, await leases()]).toEqual([0, 0, []]);
  const waiting = eventsOf(other).find(({ kind }) => kind === 'hook-waiting');
  expect(waiting?.reason).toMatch(new RegExp(`^mutex ${mutex} is held by install of revision 1 on .*, for Job/migrate of ${shop}/web$`));
});

test('what a killed holder has left running is stopped before the next hook begins', async () => {
  const [shop, stock] = spaces;
  const first = start(shop, '100s');
  await hookRuns(shop);
  first.signal('SIGKILL');
  await first.ended;
  const second = start(stock, '1s');
  await waitUntil('the next hook runs', async () => (await pods(stock)).length > 0, { seconds: 60 });
  expect((await pods(shop)).filter(({ status }) => status.phase === 'Running')).toEqual([]);
  expect([(await second.ended).code, await leases()]).toEqual([0, []]);
});
