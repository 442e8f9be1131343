import { Chart } from 'cdk8s';
import { BackupHook, HookEvent, MigrationHook, RestoreHook, RestoreHookProps } from '../../src/hooks';
import { RESTORE } from '../../src/hooks/scripts/restore';
import { shell } from '../../src/hooks/shell';
import { CONNECTION, dumps, environmentOf, podOf, shopDatabase } from './database/hooks';
import { mistakes, newChart, synth } from './synth';

test('it restores the newest dump after a rollback', () => {
  const chart = newChart();
  new RestoreHook(chart, 'hook', { database: shopDatabase(chart), source: dumps(chart) });
  const { containers: [container], volumes, securityContext } = podOf(chart, 'web-hook');
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({ 'helm.sh/hook': 'post-rollback', 'helm.sh/hook-delete-policy': 'before-hook-creation' });
  expect([container.image, container.command]).toEqual(['docker.io/library/postgres:16', shell(RESTORE)]);
  expect(environmentOf(chart, 'web-hook')).toEqual({ ...CONNECTION, BACKUPS: '/dumps' });
  expect(volumes).toContainEqual({ name: 'dumps', persistentVolumeClaim: { claimName: 'shop-dumps', readOnly: false } });
  expect(securityContext).toMatchObject({ runAsUser: 999, fsGroup: 999 });
});

test('it restores a dump that is named, at the events it is told', () => {
  const chart = newChart();
  new RestoreHook(chart, 'hook', { database: shopDatabase(chart), source: dumps(chart), dump: 'shop-20260131T080000Z.dump', on: [HookEvent.TEST] });
  expect(environmentOf(chart, 'web-hook')).toEqual({ ...CONNECTION, DUMP: 'shop-20260131T080000Z.dump', BACKUPS: '/dumps' });
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({ 'helm.sh/hook': 'test' });
});

test('it restores what was dumped before a migration, as the revision that is left says', () => {
  const chart = newChart();
  const [database, claim] = [shopDatabase(chart), dumps(chart)];
  const migrate = new MigrationHook(chart, 'migrate', { image: 'registry/shop:2', database });
  migrate.protectedBy(new BackupHook(chart, 'backup', { database, destination: claim }));
  new RestoreHook(chart, 'hook', { database, source: claim, before: migrate });
  expect(environmentOf(chart, 'web-hook')).toEqual({ ...CONNECTION, MIGRATION: 'web-migrate', VERSION: 'registry/shop:2', BACKUPS: '/dumps' });
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({ 'helm.sh/hook': 'post-rollback-from-source' });
});

/** A migration that a backup protects, and the hook that restores the dump from before it. */
function restored(props: Partial<RestoreHookProps> = {}, down?: string[]): Chart {
  const chart = newChart();
  const [database, source] = [shopDatabase(chart), dumps(chart)];
  const before = new MigrationHook(chart, 'migrate', { image: 'registry/shop:2', database, ...(down ? { down } : {}) });
  before.protectedBy(new BackupHook(chart, 'backup', { database, destination: source }));
  new RestoreHook(chart, 'hook', { database, source, before, ...props });
  return chart;
}

test('before a rollback changes anything, and before the migration is taken back, it looks whether that dump is there', () => {
  const chart = restored({ retries: 2, weight: 7 }, ['./down']);
  const { 'web-hook-check': check, 'web-migrate-down': down } = synth(chart);
  expect(check.metadata.annotations).toMatchObject({
    'helm.sh/hook': 'pre-rollback-from-source', 'helm.sh/hook-weight': '0', 'cdk8s-lifecycle/restores': 'Job/web-migrate',
  });
  expect(down.metadata.annotations).toMatchObject({ 'helm.sh/hook-weight': '1', 'cdk8s-lifecycle/after': 'Job/web-hook-check' });
  expect(environmentOf(chart, 'web-hook-check')).toEqual({ ...environmentOf(chart, 'web-hook'), ONLY_LOOK: 'yes' });
  expect(podOf(chart, 'web-hook-check').volumes).toEqual(podOf(chart, 'web-hook').volumes);
  expect((check.spec as { backoffLimit: number }).backoffLimit).toBe(2);
});

test.each<[string, Partial<RestoreHookProps>, string[]]>([
  ['its name is that of the hook', { name: 'back' }, ['back', 'back-check']],
  ['a command of your own is not looked before', { command: ['./restore'] }, ['web-hook']],
  ['nor is what restores before anything changes', { on: [HookEvent.PRE_ROLLBACK_FROM_SOURCE] }, ['web-hook']],
])('%s', (_, props, names) => {
  expect(Object.keys(synth(restored(props))).filter((name) => !/migrate|backup/.test(name)).sort()).toEqual(names);
});

test('a migration without a backup, or at an event of the revision gone back to, is refused at synth', () => {
  const chart = newChart();
  const database = shopDatabase(chart);
  const migrate = new MigrationHook(chart, 'migrate', { image: 'registry/shop:2', database });
  new RestoreHook(chart, 'hook', { database, source: dumps(chart), before: migrate, on: [HookEvent.POST_ROLLBACK] });
  expect(mistakes(chart)).toEqual([
    '[web/hook] it restores the dump before a migration that no backup protects. Call protectedBy(backup) of the migration.',
    '[web/hook] at its events the migration is that of the revision gone back to, whose dump is older than that revision. Use HookEvent.POST_ROLLBACK_FROM_SOURCE.',
  ]);
});

test.each(['../etc/passwd', 'a/b.dump'])('the dump %s is refused: it is no file at the source', (dump) => {
  const chart = newChart();
  expect(() => new RestoreHook(chart, 'hook', { database: shopDatabase(chart), source: dumps(chart), dump })).toThrow(
    `web/hook is to restore the dump ${dump}: give it the name of a file at the source, without a folder`,
  );
});

test('a dump by name and by migration is refused', () => {
  const chart = newChart();
  const migrate = new MigrationHook(chart, 'migrate', { image: 'registry/shop:2' });
  expect(() => new RestoreHook(chart, 'hook', { database: shopDatabase(chart), source: dumps(chart), dump: 'a.dump', before: migrate })).toThrow(
    'web/hook is to restore the dump a.dump, and the one before a migration. Give it one of the two.',
  );
});
