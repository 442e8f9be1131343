import { configMap, job } from '../../release/manifests';
import { Shop } from '../harness';

const TESTS = [configMap('a'), job('smoke', { on: 'test' }), job('login', { on: 'test', weight: 1 })];

test('tests run in the order of hooks, and the release stays as it is', async () => {
  const shop = await Shop.open();
  await shop.install(TESTS);
  const { outcome, story } = await shop.test();
  expect(story).toEqual(['test smoke started', 'test smoke succeeded', 'test login started', 'test login succeeded']);
  expect([outcome.status, await shop.statuses()]).toEqual(['succeeded', ['1 deployed']]);
});

test('the record says how the tests ended, for both helms to show', async () => {
  const shop = await Shop.open({ jobs: { login: { exitCode: 1 } } });
  await shop.install(TESTS);
  const { outcome } = await shop.test();
  expect((await shop.last()).hooks.map(({ name, last_run: { phase } }) => `${name} ${phase}`)).toEqual(['smoke Succeeded', 'login Failed']);
  expect([outcome.error?.code, await shop.statuses()]).toEqual(['hook-failed', ['1 deployed']]);
});

test('the first test that fails ends them', async () => {
  const shop = await Shop.open({ jobs: { smoke: { exitCode: 1 } } });
  await shop.install(TESTS);
  expect((await shop.test()).story).toEqual(['test smoke started', 'test smoke failed']);
});

test('a filter leaves the other tests out, and in the record', async () => {
  const shop = await Shop.open();
  await shop.install(TESTS);
  expect((await shop.test({ only: ['login'] })).story).toEqual(['test login started', 'test login succeeded']);
  expect((await shop.last()).hooks.map(({ name, last_run: { phase } }) => `${name} ${phase}`)).toEqual(['smoke ', 'login Succeeded']);
});

test('tests that run again replace what their last run left', async () => {
  const shop = await Shop.open();
  await shop.install(TESTS);
  await shop.test();
  expect((await shop.test({ only: ['smoke'] })).story).toEqual([
    'test smoke waits: the Job of its last run is being deleted',
    'test smoke deleted by before-hook-creation',
    'test smoke started',
    'test smoke succeeded',
  ]);
});

test('the journal holds the last run of each test, however often they run', async () => {
  const shop = await Shop.open();
  await shop.install(TESTS);
  for (let run = 0; run < 3; run += 1) await shop.test();
  const secret = await shop.cluster.get({ apiVersion: 'v1', kind: 'Secret', name: 'cdk8s-lifecycle.v1.web.v1', namespace: 'shop' });
  const journal = JSON.parse(Buffer.from((secret!.data as Record<string, string>).journal, 'base64').toString()) as { hooks: readonly unknown[] };
  expect(journal.hooks).toHaveLength(2);
});
