import { BackupHook, HookEvent, MigrationHook, RestoreHook } from '../../src/hooks';
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
