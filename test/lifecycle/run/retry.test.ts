import { JobScript, SimulatedCluster } from '../../../src/cluster/simulated';
import { journalName, readJournalSecret } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, job, withMetadata } from '../../release/manifests';
import { Shop } from '../harness';
import { mostPodsAtOnce } from '../trial';
import { FaultyCluster } from './faulty-cluster';

/** Scripts of the attempts of a Job, one after the other; each new Job is the next. */
function attempts(...scripts: readonly JobScript[]): (job: KubeObject) => JobScript | undefined {
  const seen: string[] = [];
  return ({ metadata: { uid } }) => {
    if (!seen.includes(uid!)) seen.push(uid!);
    return scripts[seen.indexOf(uid!)];
  };
}

function migrate(retry: string, policies?: string): KubeObject {
  return withMetadata(job('migrate', { on: 'pre-install', policies }), { annotations: { 'cdk8s-lifecycle/retry': retry } });
}

async function journaled(shop: Shop) {
  return readJournalSecret((await shop.get('Secret', journalName('web', 1)))!).hooks;
}

test('a hook that fails is run once more, after a pause that doubles', async () => {
  const shop = await Shop.open({ jobs: attempts({ exitCode: 1 }, { exitCode: 2 }, {}) });
  const { outcome, story, events } = await shop.install([migrate('attempts=3,backoff=10s'), configMap('a')]);
  expect(outcome.status).toBe('succeeded');
  expect(story).toEqual([
    'record 1 pending-install',
    'pre-install migrate started',
    'pre-install migrate attempt 1 of 3 failed, pause 10 s',
    'pre-install migrate started (attempt 2)',
    'pre-install migrate attempt 2 of 3 failed, pause 20 s',
    'pre-install migrate started (attempt 3)',
    'pre-install migrate succeeded',
    'created ConfigMap/a',
    'record 1 deployed',
  ]);
  const finished = events.find(({ kind }) => kind === 'hook-finished');
  expect(finished).toMatchObject({ verdict: { kind: 'succeeded' }, attempt: 3, milliseconds: 36_000 });
});

test('each attempt has its verdict and its log in the journal', async () => {
  const shop = await Shop.open({ jobs: attempts({ exitCode: 75, logs: ['no connection'] }, { logs: ['done'] }) });
  await shop.install([migrate('attempts=3,on=75')]);
  expect(await journaled(shop)).toMatchObject([
    { state: 'failed', verdict: 'failed: container "main" exited 75', log: { parts: [{ lines: ['no connection'] }] } },
    { state: 'succeeded', attempt: 2, verdict: 'succeeded', log: { parts: [{ lines: ['done'] }] } },
  ]);
  expect((await shop.last()).hooks[0].last_run).toMatchObject({ phase: 'Succeeded', started_at: '2026-01-01T00:00:00.000Z' });
});

test('when all attempts have failed, the hook has: the error counts them and shows the last lines', async () => {
  const shop = await Shop.open({ jobs: attempts({ exitCode: 1, logs: ['first'] }, { exitCode: 1, logs: ['second'] }) });
  const { outcome } = await shop.install([migrate('attempts=2,backoff=2s'), configMap('a')]);
  expect(outcome.error).toMatchObject({
    message: 'Hook pre-install Job/migrate failed: container "main" exited 1 (after 6.0 s and 2 attempts)',
    lastLines: ['second'],
  });
  expect(await shop.names('ConfigMap')).toEqual([]);
  expect(await shop.names('Job')).toEqual(['migrate']); // of the last attempt, for whoever looks for what went wrong
});

test('an exit code that was not chosen fails the hook at once', async () => {
  const shop = await Shop.open({ jobs: attempts({ exitCode: 1 }) });
  const { outcome, story } = await shop.install([migrate('attempts=3,on=75|76')]);
  expect([outcome.status, story.filter((line) => line.includes('attempt'))]).toEqual(['failed', []]);
});

test.each<[string, KubeObject, JobScript]>([
  ['the runner', withMetadata(migrate('attempts=3'), { annotations: { 'cdk8s-lifecycle/timeout': '5s' } }), { for: '1h' }],
  ['Kubernetes', { ...migrate('attempts=3'), spec: { ...(migrate('').spec as object), activeDeadlineSeconds: 5 } }, { for: '1h' }],
])('a hook whose time is over by the clock of %s is not run once more', async (_, hook, script) => {
  const shop = await Shop.open({ jobs: () => script });
  const { outcome, story } = await shop.install([hook]);
  expect([outcome.status, story.filter((line) => line.includes('attempt'))]).toEqual(['failed', []]);
});

test('one that somebody deletes is not run once more', async () => {
  const shop = await Shop.open({ jobs: { migrate: { for: '1h' } } });
  shop.cluster.at('5s', () => shop.cluster.delete({ apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' }, { propagation: 'background' }));
  const { outcome, story } = await shop.install([migrate('attempts=3')]);
  expect(outcome.error!.message).toContain('Hook pre-install Job/migrate failed: it was deleted before it finished');
  expect(story.filter((line) => line.includes('attempt'))).toEqual([]);
});

test('the object of a failed attempt is deleted even where no policy says so', async () => {
  const shop = await Shop.open({ jobs: attempts({ exitCode: 1 }, {}) });
  const { outcome } = await shop.install([migrate('attempts=2', 'hook-failed')]);
  expect([outcome.status, await shop.names('Job')]).toEqual(['succeeded', ['migrate']]);
});

test('no two attempts ever run at once', async () => {
  const cluster = new SimulatedCluster({ jobs: attempts({ exitCode: 1 }, { exitCode: 1 }, { exitCode: 1 }) });
  const shop = await Shop.in(cluster);
  const over = new AbortController();
  const pods = mostPodsAtOnce(cluster, over.signal, 'shop');
  await shop.install([migrate('attempts=3,backoff=1ms')]);
  over.abort();
  expect(await pods).toBe(1);
});

test('an interrupt ends the pause, and the object of the failed attempt stays', async () => {
  const shop = await Shop.open({ jobs: attempts({ exitCode: 1 }) });
  const interrupt = new AbortController();
  shop.cluster.at('10s', () => interrupt.abort());
  const { outcome, story, events } = await shop.install([migrate('attempts=3,backoff=5m')], { interrupt: interrupt.signal });
  expect(outcome.status).toBe('interrupted');
  expect(story.slice(-3)).toEqual(['pre-install migrate attempt 1 of 3 failed, pause 300 s', 'pre-install migrate interrupted', 'record 1 failed']);
  expect(Date.parse(events.at(-1)!.at) - Date.parse(events[0].at)).toBe(10_000);
  expect([await shop.names('Job'), (await journaled(shop)).map(({ state }) => state)]).toEqual([['migrate'], ['failed']]);
});

test('where the failed attempt cannot be deleted, the hook has failed, and its error says both', async () => {
  const cluster = new FaultyCluster({ jobs: attempts({ exitCode: 1 }) });
  cluster.refuse('delete', /^Job\//);
  const shop = await Shop.in(cluster);
  const { outcome } = await shop.install([migrate('attempts=3')]);
  expect(outcome.error!.message).toBe(
    'Hook pre-install Job/migrate failed: container "main" exited 1; it could not be run once more: cannot delete Job/migrate: it was refused (after 3.0 s)',
  );
});

test('a test that is run again has only the attempts of its last run in the journal', async () => {
  const shop = await Shop.open({ jobs: attempts({ exitCode: 1 }, { exitCode: 1 }, {}, {}) });
  const tested = { ...migrate('attempts=3'), metadata: { name: 'migrate', annotations: { 'helm.sh/hook': 'test', 'cdk8s-lifecycle/retry': 'attempts=3' } } };
  await shop.install([tested]);
  await shop.test();
  expect((await journaled(shop)).map(({ attempt = 1, state }) => [attempt, state])).toEqual([[1, 'failed'], [2, 'failed'], [3, 'succeeded']]);
  await shop.test();
  expect((await journaled(shop)).map(({ attempt = 1, state }) => [attempt, state])).toEqual([[1, 'succeeded']]);
});
