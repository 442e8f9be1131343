import { configMap, deployment, job } from '../../release/manifests';
import { Shop } from '../harness';

const post = job('p', { on: 'post-install' });

test('with wait, post-hooks run when the resources are ready', async () => {
  const shop = await Shop.open();
  const { story, events } = await shop.install([deployment('web'), configMap('a'), post], { wait: true });
  expect(story.slice(3, 6)).toEqual(['waiting Deployment/web: its controller has not seen it yet', 'ready', 'post-install p started']);
  expect(events.find(({ kind }) => kind === 'resources-ready')).toMatchObject({ milliseconds: 2000 });
});

test('without wait, post-hooks run at once', async () => {
  const shop = await Shop.open({ neverReady: ['web'] });
  const { story, outcome } = await shop.install([deployment('web'), post]);
  expect(story.slice(1, 3)).toEqual(['created Deployment/web', 'post-install p started']);
  expect(outcome.status).toBe('succeeded');
});

test('resources that are ready from the start are not waited for', async () => {
  const shop = await Shop.open();
  expect((await shop.install([configMap('a')], { wait: true })).story).toEqual(['record 1 pending-install', 'created ConfigMap/a', 'ready', 'record 1 deployed']);
});

test('a resource that never gets ready fails the operation in time, by its name', async () => {
  const shop = await Shop.open({ neverReady: ['web'] });
  const { outcome, story, events } = await shop.install([deployment('web'), deployment('fine'), post], { wait: true, timeoutSeconds: 60 });
  expect(outcome.error).toMatchObject({
    code: 'timeout',
    message: 'Timed out after 60 s waiting for Deployment/web to be ready (its controller has not seen it yet)',
    remedy: 'Find out what holds it (kubectl describe), or allow more time with --timeout.',
  });
  expect(story.slice(3)).toEqual([
    'waiting Deployment/web: its controller has not seen it yet, Deployment/fine: its controller has not seen it yet',
    'waiting Deployment/web: its controller has not seen it yet',
    'record 1 failed',
  ]);
  expect(events.at(-1)).toMatchObject({ milliseconds: 60_000 });
});

test('a resource that will not get ready fails the operation at once', async () => {
  const shop = await Shop.open({ neverReady: ['web'] });
  const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'ReplicaSet has timed out' }];
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' };
  shop.cluster.at('5s', () => shop.cluster.patch(ref, { status: { observedGeneration: 1, conditions } }));
  const { outcome, events } = await shop.install([deployment('web')], { wait: true });
  expect(outcome.error).toMatchObject({ code: 'not-ready', message: 'Deployment/web will not become ready: it makes no progress: ReplicaSet has timed out' });
  expect(events.at(-1)).toMatchObject({ milliseconds: 5000 });
});

test('a resource that somebody deletes while it is waited for is waited for', async () => {
  const shop = await Shop.open({ neverReady: ['web'] });
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' };
  shop.cluster.at('5s', () => shop.cluster.delete(ref, { propagation: 'background' }));
  const { outcome } = await shop.install([deployment('web')], { wait: true, timeoutSeconds: 10 });
  expect(outcome.error!.message).toBe('Timed out after 10 s waiting for Deployment/web to be ready (it is not there)');
});

test('with wait, an uninstall runs its post-hooks when the resources are gone', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a'), job('p', { on: 'post-delete' })]);
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' };
  await shop.cluster.patch(ref, { metadata: { finalizers: ['example.com/hold'] } });
  shop.cluster.at('7s', () => shop.cluster.patch(ref, { metadata: { finalizers: [] } }));
  const { events, outcome } = await shop.uninstall({ wait: true });
  const started = events.find(({ kind }) => kind === 'hook-started')!;
  expect([outcome.status, Date.parse(started.at) - Date.parse(events[0].at)]).toEqual(['succeeded', 7000]);
});

test('with wait, an uninstall whose resource does not go fails in time, by its name', async () => {
  const shop = await Shop.open();
  await shop.install([configMap('a')]);
  await shop.cluster.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' }, { metadata: { finalizers: ['example.com/hold'] } });
  const { outcome } = await shop.uninstall({ wait: true, timeoutSeconds: 20 });
  expect(outcome.error!.message).toBe('Timed out after 20 s waiting for ConfigMap/a to be deleted');
  expect(await shop.statuses()).toEqual(['1 uninstalling']);
});
