import { Cluster } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { PerformOptions, RecordStore, performWith, planUpgradeOrInstall } from '../../../src/lifecycle';
import { History, ReleaseContent, isPending, isUnfinished, journalName, readJournalSecret } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job, withMetadata } from '../../release/manifests';
import { Death, mortal } from '../mortal';
import { Performance, locksHeld, mostPodsAtOnce, performed } from '../trial';

/* A process dies before and after every single call it makes of the cluster while an upgrade fails, and while what runs after a failure does. */

const OPTIONS = { release: 'web', namespace: 'default' };

const PAGE_DOWN = withMetadata(job('page-down', { on: 'post-upgrade' }), { annotations: { 'cdk8s-lifecycle/always': 'true' } });

const HOOKS = [job('notify', { on: 'on-failure' }), PAGE_DOWN, configMap('settings')];
const BROKEN = content(job('migrate', { on: 'pre-upgrade', weight: 1 }), ...HOOKS);
const MENDED = content(job('migrate', { on: 'pre-upgrade', weight: 2 }), ...HOOKS);

/** The migration of the broken version fails, or has no end. */
function cluster(broken: { readonly for: string; readonly exitCode?: number }): SimulatedCluster {
  const isBroken = ({ metadata: { name, annotations } }: KubeObject) => name === 'migrate' && annotations?.['helm.sh/hook-weight'] === '1';
  return new SimulatedCluster({ jobs: (object) => (isBroken(object) ? broken : { for: '8s' }) });
}

function upgrade(to: Cluster, what: ReleaseContent, options: PerformOptions = {}): Promise<Performance> {
  const plan = (history: History) => planUpgradeOrInstall(history, what, OPTIONS);
  return performed((report) => performWith({ ...OPTIONS, operation: 'upgrade', plan }, to, report, options));
}

async function prepared(broken: Parameters<typeof cluster>[0]): Promise<SimulatedCluster> {
  const empty = cluster(broken);
  await upgrade(empty, content(configMap('settings')));
  return empty;
}

/** Hooks of all revisions of which nobody knows whether they run. */
async function unfinished(from: Cluster, history: History): Promise<string[]> {
  const journals = await Promise.all(history.map(({ record }) => from.get({ apiVersion: 'v1', kind: 'Secret', name: journalName('web', record.version), namespace: 'default' })));
  return journals.flatMap((secret) => (secret ? readJournalSecret(secret).hooks.filter(isUnfinished).map(({ hook }) => hook.name) : []));
}

/** How it is begun, which may be interrupted after a while. */
type Start = (on: SimulatedCluster) => PerformOptions;

async function dieAndGoOn(broken: Parameters<typeof cluster>[0], start: Start, death: Death) {
  const on = await prepared(broken);
  const over = new AbortController();
  const pods = mostPodsAtOnce(on, over.signal);
  const process = mortal(on, death);
  await Promise.race([upgrade(process.cluster, BROKEN, start(on)), process.died]);
  const next = await upgrade(on, MENDED);
  over.abort();
  const history = await new RecordStore(on, 'web', 'default').history();
  const down = next.events.some((event) => event.kind === 'hook-finished' && event.hook.name === 'page-down' && event.verdict.kind === 'succeeded');
  const pending = history.filter(({ record }) => isPending(record)).length;
  return { result: next.result, down, pending, unfinished: await unfinished(on, history), locks: await locksHeld(on), besides: (await pods) > 1 };
}

const interruptedAfter = (delay: string): Start => (on) => {
  const interrupt = new AbortController();
  on.at(delay, () => interrupt.abort());
  return { interrupt: interrupt.signal };
};

test.each<[string, Parameters<typeof cluster>[0], Start, string, readonly string[]]>([
  ['fails', { for: '8s', exitCode: 1 }, () => ({}), 'failed: Hook pre-upgrade Job/migrate failed', ['migrate', 'notify', 'page-down']],
  ['is interrupted', { for: '1h' }, interruptedAfter('5s'), 'interrupted: The operation was interrupted', ['migrate', 'page-down']],
])('after an upgrade that %s and dies, wherever that was, the next one gets it done: the page is down, and nothing is left', async (_, broken, start, result, ran) => {
  const on = await prepared(broken);
  const process = mortal(on);
  const whole = await upgrade(process.cluster, BROKEN, start(on));
  expect([whole.result, whole.events.flatMap((event) => (event.kind === 'hook-started' ? [event.hook.name] : []))]).toEqual([expect.stringContaining(result), ran]);
  const deaths = Array.from({ length: process.calls() }, (__, call) => [{ call, moment: 'before' }, { call, moment: 'after' }] as const).flat();
  const bad: unknown[] = [];
  for (const death of deaths) {
    const seen = await dieAndGoOn(broken, start, death);
    const good = { result: 'succeeded', down: true, pending: 0, unfinished: [], locks: 0, besides: false };
    if (JSON.stringify(seen) !== JSON.stringify(good)) bad.push([death, seen]);
  }
  expect(bad).toEqual([]);
  expect(process.calls()).toBeGreaterThan(20);
}, 300_000);
