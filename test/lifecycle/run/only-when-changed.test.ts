import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LifecycleEvent, performWith, planFromSource, planUpgrade, planUpgradeOrInstall, summarize, withSuccesses } from '../../../src/lifecycle';
import { History } from '../../../src/release';
import { TextReporter, planText } from '../../../src/report';
import { configMap, content, job } from '../../release/manifests';
import { DIGEST, OPTIONS, Seed, SeededShop, fromSecret, fromSettings, secret, seed } from './seeded-shop';

const NOTHING_NEW = 'nothing that it uses has changed since it succeeded in revision';

test('an upgrade passes over a hook of which nothing has changed, and says so', async () => {
  const shop = await SeededShop.open();
  expect(await shop.deploy([seed()])).toEqual(['post-install seed started']);
  expect(await shop.deploy([seed()])).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 1`]);
  expect(await shop.deploy([seed()])).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 1`]);
  expect((await shop.cluster.list({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop' })).length).toBe(1);
});

test.each<[string, Seed, string]>([
  ['its arguments', { args: ['--all'] }, 'it does something else since it succeeded in revision 1'],
  ['its image', { image: DIGEST.replace('0', '1') }, 'it does something else since it succeeded in revision 1'],
  ['what it refers to', { env: fromSettings }, 'it does something else since it succeeded in revision 1'],
])('a change of %s makes it run, and then it is passed over again', async (_what, change, because) => {
  const shop = await SeededShop.open();
  const settings = configMap('settings', { x: '1' });
  await shop.deploy([seed(), settings]);
  expect(await shop.deploy([seed(change), settings])).toEqual([`post-upgrade seed started: ${because}`]);
  expect(await shop.deploy([seed(change), settings])).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 2`]);
});

test.each<[string, Seed]>([
  ['its events', { on: 'post-install,post-upgrade,pre-rollback' }],
  ['annotations of ours', { annotations: { 'cdk8s-lifecycle/mutex': 'orders-db', 'cdk8s-lifecycle/retry': 'attempts=2' } }],
])('a change of %s is none of what it does', async (_what, change) => {
  const shop = await SeededShop.open();
  await shop.deploy([seed()]);
  expect(await shop.deploy([seed(change)])).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 1`]);
});

test('what its ConfigMaps and Secrets hold counts, by what is live when its turn comes', async () => {
  const shop = await SeededShop.open();
  const hook = seed({ env: [...fromSettings, ...fromSecret], on: 'post-install,pre-upgrade,post-upgrade' });
  const release = (x: string, password: string) => [hook, configMap('settings', { x }), secret(password)];
  await shop.deploy(release('1', 'swordfish'));
  const same = `skipped: ${NOTHING_NEW} 1`;
  expect(await shop.deploy(release('1', 'swordfish'))).toEqual([`pre-upgrade seed ${same}`, `post-upgrade seed ${same}`]);
  // Before the upgrade has changed anything its Pod would see what it saw.
  expect(await shop.deploy(release('2', 'swordfish'))).toEqual([`pre-upgrade seed ${same}`, 'post-upgrade seed started: ConfigMap/settings has changed since it succeeded in revision 1']);
  expect(await shop.deploy(release('2', 'sesame'))).toEqual([`pre-upgrade seed skipped: ${NOTHING_NEW} 3`, 'post-upgrade seed started: Secret/db has changed since it succeeded in revision 3']);
  await shop.configure('settings', { x: '9' });
  expect((await shop.deploy(release('9', 'sesame')))[0]).toBe('pre-upgrade seed started: ConfigMap/settings has changed since it succeeded in revision 4');
});

test('a ConfigMap that may be missing counts as what it is: there or not', async () => {
  const shop = await SeededShop.open();
  const hook = seed({ env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'settings', key: 'x', optional: true } } }] });
  await shop.deploy([hook]);
  expect(await shop.deploy([hook])).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 1`]);
  expect(await shop.deploy([hook, configMap('settings')])).toEqual(['post-upgrade seed started: ConfigMap/settings is new since it succeeded in revision 1']);
  expect(await shop.deploy([hook])).toEqual(['post-upgrade seed started: ConfigMap/settings is gone since it succeeded in revision 3']);
});

test('an image without a digest counts as changed, unless its tags are trusted', async () => {
  const shop = await SeededShop.open();
  const image = 'registry:5000/tool:1';
  await shop.deploy([seed({ image })]);
  expect(await shop.deploy([seed({ image })])).toEqual([`post-upgrade seed started: its image ${image} has no digest`]);
  const trusting = seed({ image, annotations: { 'cdk8s-lifecycle/mutable-tags': 'trust' } });
  expect(await shop.deploy([trusting])).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 2`]);
});

test('where its last run has failed, it runs', async () => {
  const jobs: Record<string, { exitCode: number }> = {};
  const shop = await SeededShop.open({ jobs });
  await shop.deploy([seed()]);
  jobs.seed = { exitCode: 1 };
  await shop.deploy([seed({ args: ['--all'] })]);
  expect(shop.outcome?.status).toBe('failed');
  jobs.seed = { exitCode: 0 };
  expect(await shop.deploy([seed()])).toEqual(['post-upgrade seed started: no earlier success of it is known']);
});

test('an upgrade that failed after the hook had succeeded, or before its turn, does not make it run again', async () => {
  const jobs: Record<string, { exitCode: number }> = { late: { exitCode: 1 } };
  const shop = await SeededShop.open({ jobs });
  const late = job('late', { on: 'post-upgrade', weight: 5 });
  await shop.deploy([seed()]);
  await shop.deploy([seed({ args: ['--all'] }), late]);
  expect(shop.outcome?.status).toBe('failed');
  expect(await shop.deploy([seed({ args: ['--all'] })])).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 2`]);
  jobs.early = { exitCode: 1 };
  await shop.deploy([job('early', { on: 'pre-upgrade' }), seed({ args: ['--all'] })]);
  expect(shop.outcome?.status).toBe('failed');
  expect(await shop.deploy([seed({ args: ['--all'] })])).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 2`]);
});

test('its success outlives the revision of which it is', async () => {
  const shop = await SeededShop.open();
  const few = { historyMax: 2 };
  for (let revision = 1; revision <= 5; revision += 1) await shop.deploy([seed()], few);
  expect(await shop.journal(1)).toBeUndefined();
  expect(await shop.deploy([seed()], few)).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 1`]);
});

test.each<[string, (shop: SeededShop) => Promise<unknown>]>([
  ['a rollback', (shop) => shop.deploy([seed()]).then(() => shop.rollback(1))],
  ['an uninstall that kept its history', (shop) => shop.uninstall({ keepHistory: true })],
  ['an uninstall', (shop) => shop.uninstall()],
])('after %s it runs', async (_what, happened) => {
  const shop = await SeededShop.open();
  await shop.deploy([seed()]);
  await happened(shop);
  expect((await shop.deploy([seed()]))[0]).toMatch(/^post-(install|upgrade) seed started/);
});

test('after an uninstall that has begun it runs, though the release is still there', async () => {
  const shop = await SeededShop.open({ jobs: { leave: { exitCode: 1 } } });
  const leave = job('leave', { on: 'pre-delete' });
  await shop.deploy([seed(), leave]);
  await shop.uninstall();
  expect(shop.outcome?.status).toBe('failed');
  expect(await shop.deploy([seed(), leave])).toEqual(['post-upgrade seed started: no earlier success of it is known']);
});

test('after a revision that helm has made it runs: nobody knows what has been done since', async () => {
  const shop = await SeededShop.open();
  await shop.deploy([seed()]);
  await shop.deploy([seed()]);
  await shop.cluster.delete({ apiVersion: 'v1', kind: 'Secret', name: 'cdk8s-lifecycle.v1.web.v2', namespace: 'shop' }, { propagation: 'background' });
  expect(await shop.deploy([seed()])).toEqual(['post-upgrade seed started: no earlier success of it is known']);
});

test('an install, a rollback, a test and an uninstall run it in any case', async () => {
  const shop = await SeededShop.open();
  const always = seed({ on: 'post-install,post-upgrade,post-rollback,test,pre-delete' });
  await shop.deploy([always]);
  await shop.deploy([always]);
  expect(await shop.test()).toEqual(['test seed started']);
  expect(await shop.rollback(1)).toEqual(['post-rollback seed started']);
  expect(await shop.uninstall()).toEqual(['pre-delete seed started']);
});

test('a resumed upgrade does not run what was passed over in the attempt before, even if what it uses has changed since', async () => {
  const jobs: Record<string, { exitCode: number }> = { late: { exitCode: 1 } };
  const shop = await SeededShop.open({ jobs });
  const hook = seed({ env: fromSettings, on: 'post-install,pre-upgrade' });
  await shop.deploy([hook, configMap('settings', { x: '1' })]);
  await shop.deploy([hook, configMap('settings', { x: '2' }), job('late', { on: 'post-upgrade' })]);
  expect(shop.outcome).toMatchObject({ status: 'failed', resume: { skips: [{ name: 'seed' }] } });
  jobs.late = { exitCode: 0 };
  expect(await shop.resume()).toEqual(['pre-upgrade seed skipped: nothing that it uses had changed in an earlier attempt']);
  expect(await shop.deploy([hook, configMap('settings', { x: '2' })])).toEqual(['pre-upgrade seed started: ConfigMap/settings has changed since it succeeded in revision 1']);
});

test('a resumed upgrade looks at a hook whose turn had not come', async () => {
  const jobs: Record<string, { exitCode: number }> = { early: { exitCode: 1 } };
  const shop = await SeededShop.open({ jobs });
  const hook = seed({ env: fromSettings });
  const settings = configMap('settings', { x: '1' });
  await shop.deploy([hook, settings]);
  await shop.deploy([job('early', { on: 'pre-upgrade' }), hook, settings]);
  expect(shop.outcome).toMatchObject({ status: 'failed', resume: { skips: [] } });
  jobs.early = { exitCode: 0 };
  expect(await shop.resume()).toEqual([`post-upgrade seed skipped: ${NOTHING_NEW} 1`]);
});

test('where what it uses may not be read, it runs, and says why', async () => {
  const shop = await SeededShop.open();
  await shop.configure('settings', { x: '1' });
  const hook = seed({ env: fromSettings });
  await shop.deploy([hook]);
  shop.cluster.refuse('get', /^ConfigMap\/settings$/);
  const [line, ...others] = await shop.deploy([hook]);
  expect(line).toMatch(/^post-upgrade seed started: whether ConfigMap\/settings has changed cannot be known: .*refused/);
  expect(others).toEqual([]);
});

test('no plan and no event holds a digest of what a hook uses, and no journal the value of a Secret', async () => {
  const shop = await SeededShop.open();
  const objects = [seed({ env: [...fromSettings, ...fromSecret] }), configMap('settings', { x: '1' }), secret('swordfish')];
  await shop.deploy(objects);
  const events: LifecycleEvent[] = [];
  const source = withSuccesses(() => Promise.resolve({ content: content(...objects) }), shop.cluster);
  const plan = (history: History) => planFromSource(planUpgradeOrInstall, history, source, OPTIONS);
  await performWith({ ...OPTIONS, operation: 'upgrade', plan }, shop.cluster, (event) => events.push(event));
  const { successes } = (await shop.journal(2))!;
  expect(successes).toHaveLength(1);
  const { salt, secrets, objects: digests } = successes![0].fingerprint;
  for (const digest of [salt, secrets, ...Object.values(digests)]) expect(JSON.stringify(events)).not.toContain(digest);
  expect(JSON.stringify(successes)).not.toMatch(/swordfish|c3dvcmRmaXNo/);
});

/** The block of docs/runner.md under a comment. */
function shown(comment: string): string {
  const guide = readFileSync(join(__dirname, '../../../docs/runner.md'), 'utf8');
  return new RegExp(`<!-- ${comment} -->\n\`\`\`\n([^]*?)\`\`\``).exec(guide)?.[1] ?? '';
}

test('docs/runner.md shows what people see of it', async () => {
  const shop = await SeededShop.open({ jobs: { seed: { for: '11s' } } });
  const objects = (x: string) => [seed({ env: fromSettings }), configMap('settings', { x })];
  const lines: string[] = [];
  const reporter = new TextReporter({ write: (line) => lines.push(line) });
  const upgrade = async (x: string) => {
    const source = withSuccesses(() => Promise.resolve({ content: content(...objects(x)) }), shop.cluster);
    const plan = (history: History) => planFromSource(planUpgradeOrInstall, history, source, OPTIONS);
    await performWith({ ...OPTIONS, operation: 'upgrade', plan }, shop.cluster, (event) => reporter.report(event));
  };
  await shop.deploy(objects('1'));
  await upgrade('1');
  await upgrade('2');
  expect(`${lines.join('\n')}\n`).toBe(shown('output of the plain view: a hook that is passed over, and then is not'));
  const plan = planUpgrade(await shop.history(), content(...objects('2')), { ...OPTIONS, successes: (await shop.journal(3))!.successes });
  expect(`${planText(summarize(plan))}\n`).toBe(shown('output of plan: a hook that may be passed over'));
});
