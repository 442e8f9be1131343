import { performEventWith, planEvent } from '../../../src/lifecycle';
import { configMap, content, job } from '../../release/manifests';
import { Shop } from '../harness';
import { STACK, around, claim, journal, HOOKS } from './around-events';

test('the hooks of each event run in their order, and the claim says how far the release has come', async () => {
  const shop = await Shop.open();
  const seen: unknown[] = [];
  for (const [event, run] of [['pre-install', 'r1'], ['post-install', 'r1'], ['pre-upgrade', 'r2'], ['post-upgrade', 'r2'], ['pre-delete', 'r2'], ['post-delete', 'r2']] as const) {
    const { outcome, story } = await around(shop, event, { objects: HOOKS, run });
    const { revision, installed, closing } = (await claim(shop)) ?? {};
    seen.push([story.filter((line) => line.endsWith('succeeded')).join(', '), outcome.status, revision, installed, closing?.run]);
  }
  expect(seen).toEqual([
    ['pre-install prepare succeeded', 'succeeded', 1, false, undefined],
    ['post-install seed succeeded', 'succeeded', 1, true, 'r1'],
    ['pre-upgrade backup succeeded, pre-upgrade migrate succeeded', 'succeeded', 2, true, 'r1'],
    ['post-upgrade warm succeeded', 'succeeded', 2, true, 'r2'],
    ['pre-delete backup succeeded', 'succeeded', 2, true, undefined],
    ['post-delete clean succeeded', 'succeeded', undefined, undefined, undefined],
  ]);
});

test('once the release is gone there is nothing of it: no claim, no journal, no Job', async () => {
  const shop = await Shop.open();
  for (const event of ['pre-install', 'post-install', 'pre-delete', 'post-delete'] as const) await around(shop, event, { objects: HOOKS });
  const left = await shop.cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'shop' });
  expect([await shop.names('Job'), left.map(({ metadata }) => metadata.name)]).toEqual([[], []]);
});

test('a hook that fails ends its event; the journal keeps what it printed, the claim that it was tried', async () => {
  const shop = await Shop.open({ jobs: { prepare: { exitCode: 3, logs: ['no such database'] } } });
  const { outcome } = await around(shop, 'pre-install', { objects: [...HOOKS, job('later', { on: 'pre-install', weight: 9 })] });
  expect(outcome).toMatchObject({ status: 'failed', revision: 1, error: { code: 'hook-failed', lastLines: ['no such database'] } });
  expect([await journal(shop, 1), (await claim(shop))?.installed]).toEqual([['pre-install prepare failed'], false]);
});

test('the journal of each change is kept', async () => {
  const shop = await Shop.open();
  await around(shop, 'pre-install', { objects: HOOKS });
  await around(shop, 'post-install', { objects: HOOKS });
  await around(shop, 'pre-upgrade', { objects: HOOKS, run: 'r2' });
  expect([await journal(shop, 1), await journal(shop, 2)]).toEqual([
    ['pre-install prepare succeeded', 'post-install seed succeeded'],
    ['pre-upgrade backup succeeded', 'pre-upgrade migrate succeeded'],
  ]);
});

test('of the journals the last ten are kept', async () => {
  const shop = await Shop.open();
  await around(shop, 'pre-install');
  await around(shop, 'post-install');
  for (let change = 2; change <= 13; change += 1) await around(shop, 'pre-upgrade', { run: `r${change}` });
  expect([await journal(shop, 3), await journal(shop, 4), await journal(shop, 13)]).toEqual([undefined, [], []]);
});

test('the hooks after a change that have succeeded do not run again for the same change', async () => {
  const shop = await Shop.open();
  await around(shop, 'pre-install', { objects: HOOKS });
  await around(shop, 'post-install', { objects: HOOKS });
  const { outcome, story } = await around(shop, 'post-install', { objects: HOOKS });
  expect([outcome.status, story]).toEqual(['succeeded', ['warning post-install hooks do not run: they have succeeded for this very change']]);
});

const OF_ANOTHER = {
  code: 'refused',
  message: 'Release "web" in namespace shop belongs to another: urn:web',
  remedy: expect.stringContaining('alias') as string,
};

test.each(['pre-install', 'post-install', 'pre-upgrade'] as const)('%s hooks do not run for a release of another', async (event) => {
  const shop = await Shop.open();
  await around(shop, 'pre-install', { objects: HOOKS });
  await expect(around(shop, event, { objects: HOOKS, holder: 'urn:other', opening: 'o2', closing: 'c2' })).rejects.toMatchObject(OF_ANOTHER);
});

test('a release of another is taken over by who says so, and then is theirs', async () => {
  const shop = await Shop.open();
  await around(shop, 'pre-install', { objects: HOOKS });
  const other = { objects: HOOKS, holder: 'urn:other', opening: 'o2', closing: 'c2' };
  expect((await around(shop, 'pre-install', { ...other, takeOwnership: true })).outcome.status).toBe('succeeded');
  expect((await around(shop, 'post-install', other)).outcome.status).toBe('succeeded');
});

test('one that has another name now is the same by its ID', async () => {
  const shop = await Shop.open();
  await around(shop, 'pre-install', { objects: HOOKS });
  const { outcome } = await around(shop, 'pre-upgrade', { objects: HOOKS, holder: 'urn:renamed' });
  expect([outcome.status, (await claim(shop))?.holder]).toEqual(['succeeded', 'urn:renamed']);
});

test.each(['pre-delete', 'post-delete'] as const)('%s hooks of one that was replaced do not run: the release lives on', async (event) => {
  const shop = await Shop.open();
  await around(shop, 'pre-install', { objects: HOOKS });
  await around(shop, 'post-install', { objects: HOOKS });
  await around(shop, 'pre-upgrade', { objects: HOOKS, opening: 'o2', run: 'r2' });
  const { outcome, story } = await around(shop, event, { objects: HOOKS });
  expect([outcome.status, story]).toEqual(['succeeded', [`warning ${event} hooks do not run: the release lives on, what is deleted here was replaced`]]);
  expect((await claim(shop))?.opening).toBe('o2');
});

test('one that was replaced after the change does not delete what its successor has taken over without running a hook', async () => {
  const shop = await Shop.open();
  await around(shop, 'pre-install', { objects: HOOKS });
  await around(shop, 'post-install', { objects: HOOKS });
  await around(shop, 'post-install', { objects: HOOKS, closing: 'c2' });
  const { story } = await around(shop, 'pre-delete', { objects: HOOKS });
  expect(story).toEqual(['warning pre-delete hooks do not run: the release lives on, what is deleted here was replaced']);
  expect((await around(shop, 'pre-delete', { objects: HOOKS, closing: 'c2' })).story).toContain('pre-delete backup succeeded');
});

test('a release whose deletion was begun, and that is completed again, gets its hooks after the change again', async () => {
  const shop = await Shop.open();
  for (const event of ['pre-install', 'post-install', 'pre-delete'] as const) await around(shop, event, { objects: HOOKS });
  expect((await around(shop, 'post-install', { objects: HOOKS, closing: 'c2' })).story).toContain('post-install seed succeeded');
});

test('the claim says with which event the last change began', async () => {
  const shop = await Shop.open();
  const opened: unknown[] = [];
  for (const [event, run] of [['pre-install', 'r1'], ['post-install', 'r1'], ['pre-rollback', 'r2'], ['pre-delete', 'r2']] as const) {
    await around(shop, event, { objects: HOOKS, run });
    opened.push((await claim(shop))?.opened);
  }
  const [first, second] = [{ event: 'pre-install', run: 'r1' }, { event: 'pre-rollback', run: 'r2' }];
  expect(opened).toEqual([first, first, second, second]);
});

test('a release that Helm has is not touched', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  const refused = around(shop, 'pre-install', { objects: HOOKS });
  await expect(refused).rejects.toMatchObject({ code: 'refused', message: 'Release "web" in namespace shop is one of Helm\'s: revision 1 is deployed' });
  expect((await around(shop, 'pre-install', { objects: HOOKS, takeOwnership: true })).outcome.status).toBe('succeeded');
});

test('a namespace that is missing is made if that is wanted, and else refused', async () => {
  const shop = await Shop.open();
  const elsewhere = { objects: HOOKS, namespace: 'new' };
  await expect(around(shop, 'pre-install', elsewhere)).rejects.toMatchObject({ code: 'refused', message: 'There is no namespace "new"' });
  const { story } = await around(shop, 'pre-install', { ...elsewhere, createNamespace: true });
  expect(story).toEqual(['namespace new', 'pre-install prepare started', 'pre-install prepare succeeded']);
  expect(await shop.cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'new' })).toBeDefined();
});

test('where the namespace is gone, nothing is left to delete', async () => {
  const shop = await Shop.open();
  const { outcome, story } = await around(shop, 'pre-delete', { objects: HOOKS, namespace: 'gone' });
  expect([outcome.status, story]).toEqual(['succeeded', ['warning Namespace gone is gone, and the release with it: no hook runs']]);
});

test('a hook that needs a resource of the release is told that it comes too late', async () => {
  const shop = await Shop.open({ jobs: { prepare: { for: '1h' } } });
  shop.cluster.at('500ms', async () => {
    const [{ metadata }] = await shop.cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' });
    const waiting = { reason: 'CreateContainerConfigError', message: 'configmap "settings" not found' };
    const status = { phase: 'Pending', containerStatuses: [{ name: 'main', state: { waiting } }] };
    await shop.cluster.patch({ apiVersion: 'v1', kind: 'Pod', name: metadata.name!, namespace: 'shop' }, { status });
  });
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' };
  const { outcome } = await around(shop, 'pre-install', { objects: HOOKS, resources: [settings] });
  expect(outcome.error?.message).toContain('ConfigMap/settings does not exist: it is a resource of the release, applied only after this hook');
});

test('values that are secret are masked wherever a hook prints them', async () => {
  const shop = await Shop.open({ jobs: { prepare: { exitCode: 1, logs: ['connecting with tr0ub4dor-and-3'] } } });
  const { outcome, story } = await around(shop, 'pre-install', { objects: HOOKS, secretValues: ['tr0ub4dor-and-3'] });
  expect(JSON.stringify([story, outcome.error])).not.toContain('tr0ub4dor');
  expect(story.join('\n')).toContain('connecting with ');
});

test('what an operation left that died is stopped, and its hooks run again', async () => {
  const shop = await Shop.open({ jobs: { prepare: { for: '1m' } } });
  const dies = new Proxy(shop.cluster, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      const isDead = () => target.clock.now().getTime() >= Date.parse('2026-01-01T00:00:10Z');
      if (typeof member !== 'function') return member;
      const call = (member as (...args: unknown[]) => unknown).bind(target);
      return ['create', 'apply', 'replace', 'patch', 'delete'].includes(String(name)) ? (...args: unknown[]) => (isDead() ? new Promise(() => undefined) : call(...args)) : call;
    },
  });
  const { hooks } = content(...HOOKS);
  const request = { release: 'web', namespace: 'shop', operation: 'upgrade', createNamespace: false, takeOwnership: false, secretValues: [], resources: [], hooks } as const;
  void performEventWith({ ...request, plan: (known) => planEvent(known, { ...STACK, ...request, event: 'pre-install', run: 'r0' }) }, dies, () => undefined);
  await shop.cluster.clock.sleep(20_000);
  const { outcome, story } = await around(shop, 'pre-install', { objects: HOOKS });
  expect(outcome).toMatchObject({ status: 'succeeded', revision: 2 });
  expect(story).toContain('pre-install prepare waits: it was left running and is being stopped');
  expect(story).toContain('warning An operation died while Job/prepare ran; what it left is stopped');
  expect(await journal(shop, 1)).toEqual(['pre-install prepare failed']);
});
