import { configMap, deployment, job, object } from '../../release/manifests';
import { Shop } from '../harness';

const BOTH = 'before-hook-creation,hook-succeeded';
const OBJECTS = [
  deployment('web'),
  configMap('settings', { a: '1' }),
  job('backup', { on: 'pre-upgrade,pre-delete', weight: -10 }),
  job('migrate', { on: 'post-install,pre-upgrade', weight: -5 }),
  configMap('script', {}, { on: 'pre-install', weight: -1, policies: BOTH }),
  job('check', { on: 'pre-install', policies: BOTH }),
  job('restore', { on: 'pre-rollback,post-rollback' }),
  job('clean', { on: 'post-delete' }),
];
const NEXT = [...OBJECTS.slice(2), configMap('settings', { a: '2' }), object('v1', 'Service', 'web', { spec: {} })];

test('an install writes its record, runs the pre-hooks, applies, waits, runs the post-hooks and is deployed', async () => {
  const shop = await Shop.open({ jobs: { migrate: { logs: ['creating tables'] } } });
  const { outcome, story } = await shop.install(OBJECTS, { wait: true });
  expect(story).toEqual([
    'record 1 pending-install',
    'pre-install script started',
    'pre-install script succeeded',
    'pre-install check started',
    'pre-install check succeeded',
    'pre-install check deleted by hook-succeeded',
    'pre-install script deleted by hook-succeeded',
    'created ConfigMap/settings',
    'created Deployment/web',
    'waiting Deployment/web: its controller has not seen it yet',
    'ready',
    'post-install migrate started',
    'post-install migrate | creating tables',
    'post-install migrate succeeded',
    'record 1 deployed',
  ]);
  expect(outcome).toEqual({ operation: 'install', release: 'web', namespace: 'shop', revision: 1, status: 'succeeded' });
});

test('an upgrade runs the hooks of the new revision, applies, prunes, is deployed and supersedes', async () => {
  const shop = await Shop.open();
  await shop.install(OBJECTS);
  const { outcome, story } = await shop.upgrade(NEXT);
  expect(story).toEqual([
    'record 2 pending-upgrade',
    'pre-upgrade backup started',
    'pre-upgrade backup succeeded',
    'pre-upgrade migrate waits: the Job of its last run is being deleted',
    'pre-upgrade migrate deleted by before-hook-creation',
    'pre-upgrade migrate started',
    'pre-upgrade migrate succeeded',
    'changed ConfigMap/settings',
    'created Service/web',
    'deleted Deployment/web',
    'record 2 deployed',
    'record 1 superseded',
  ]);
  expect(outcome).toMatchObject({ operation: 'upgrade', revision: 2, status: 'succeeded' });
});

test('an upgrade to the same manifests runs the hooks and changes no resource', async () => {
  const shop = await Shop.open();
  const objects = [configMap('a'), deployment('web')];
  await shop.install(objects);
  expect((await shop.upgrade(objects)).story).toEqual([
    'record 2 pending-upgrade', 'unchanged ConfigMap/a', 'unchanged Deployment/web', 'record 2 deployed', 'record 1 superseded',
  ]);
});

test('a rollback runs the hooks of the revision it goes back to, as often as it has events', async () => {
  const shop = await Shop.open();
  await shop.install(OBJECTS);
  await shop.upgrade(NEXT);
  const { outcome, story } = await shop.rollback();
  expect(story).toEqual([
    'record 3 pending-rollback',
    'pre-rollback restore started',
    'pre-rollback restore succeeded',
    'changed ConfigMap/settings',
    'created Deployment/web',
    'deleted Service/web',
    'post-rollback restore waits: the Job of its last run is being deleted',
    'post-rollback restore deleted by before-hook-creation',
    'post-rollback restore started',
    'post-rollback restore succeeded',
    'record 3 deployed',
    'record 2 superseded',
  ]);
  expect(outcome).toMatchObject({ operation: 'rollback', revision: 3, status: 'succeeded' });
  expect(await shop.get('ConfigMap', 'settings')).toMatchObject({ data: { a: '1' } });
});

test('an uninstall runs the pre-delete hooks, deletes, runs the post-delete hooks and forgets the release', async () => {
  const shop = await Shop.open();
  await shop.install(OBJECTS);
  const { outcome, story } = await shop.uninstall();
  expect(story).toEqual([
    'pre-delete backup started',
    'pre-delete backup succeeded',
    'record 1 uninstalling',
    'deleted Deployment/web',
    'deleted ConfigMap/settings',
    'post-delete clean started',
    'post-delete clean succeeded',
    'post-install migrate deleted by uninstall',
    'pre-delete backup deleted by uninstall',
    'post-delete clean deleted by uninstall',
    'forget 1',
  ]);
  expect(outcome).toMatchObject({ operation: 'uninstall', revision: 1, status: 'succeeded' });
  expect(await shop.statuses()).toEqual([]);
});

test('the operation begins with its plan and ends with its outcome, in the time of the cluster', async () => {
  const shop = await Shop.open({ jobs: { check: { for: '3s' } } });
  const { outcome, events } = await shop.install([job('check', { on: 'pre-install' }), configMap('a')]);
  expect(events.map(({ kind, at }) => `${at.slice(17, 23)} ${kind}`)).toEqual([
    '00.000 operation-started',
    '00.000 record-written',
    '00.000 hook-started',
    '04.000 hook-finished',
    '04.000 resource-applied',
    '04.000 record-written',
    '04.000 operation-finished',
  ]);
  expect(events[0]).toMatchObject({ plan: { operation: 'install', before: [{ event: 'pre-install', weight: 0 }] } });
  expect(events.find(({ kind }) => kind === 'hook-finished')).toMatchObject({ verdict: { kind: 'succeeded' }, milliseconds: 4000, weight: 0 });
  expect(events.at(-1)).toEqual({ at: '2026-01-01T00:00:04.000Z', kind: 'operation-finished', outcome, milliseconds: 4000 });
});

test('hooks of one event run by weight and name, never two at once', async () => {
  const shop = await Shop.open();
  const on = 'pre-install';
  const { story } = await shop.install([job('b', { on }), job('a', { on }), job('z', { on, weight: -1 }), configMap('y', {}, { on, weight: 1 }), configMap('r')]);
  expect(story.filter((line) => /started|succeeded/.test(line)).map((line) => line.replace('pre-install ', ''))).toEqual([
    'z started', 'z succeeded', 'a started', 'a succeeded', 'b started', 'b succeeded', 'y started', 'y succeeded',
  ]);
});

test('a hook that names an event twice runs twice', async () => {
  const shop = await Shop.open();
  const { story } = await shop.install([job('a', { on: 'pre-install,pre-install' }), configMap('r')]);
  expect(story.filter((line) => line.includes('succeeded'))).toEqual(['pre-install a succeeded', 'pre-install a succeeded']);
});
