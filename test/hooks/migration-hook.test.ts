import * as kplus from 'cdk8s-plus-27';
import { BackupHook, DeletePolicy, HookEvent, Migration, MigrationHook } from '../../src/hooks';
import { CONNECTION, dumps, environmentOf, podOf, shopDatabase } from './database/hooks';
import { annotation, newChart, synth, weights } from './synth';

test('it runs at its usual events, with its usual policies', () => {
  const chart = newChart();
  new MigrationHook(chart, 'hook', { image: 'tool:1', command: ['run'], args: ['--fast'] });
  expect(synth(chart)['web-hook']).toMatchObject({
    metadata: { annotations: { 'helm.sh/hook': 'post-install,pre-upgrade', 'helm.sh/hook-weight': '0', 'helm.sh/hook-delete-policy': 'before-hook-creation' } },
    spec: { template: { spec: { containers: [{ image: 'tool:1', command: ['run'], args: ['--fast'] }] } } },
  });
});

test('it runs at other events, with other policies, where it is told to', () => {
  const chart = newChart();
  new MigrationHook(chart, 'hook', { image: 'tool:1', on: [HookEvent.TEST], deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_FAILED] });
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({
    'helm.sh/hook': 'test',
    'helm.sh/hook-delete-policy': 'before-hook-creation,hook-failed',
  });
});

test('props that are undefined hide no default', () => {
  const [implicit, explicit] = [newChart(), newChart()];
  new MigrationHook(implicit, 'hook', { image: 'tool:1' });
  new MigrationHook(explicit, 'hook', { image: 'tool:1', on: undefined, deletePolicies: undefined, retries: undefined });
  expect(synth(explicit)).toEqual(synth(implicit));
});

describe('a migration tool', () => {
  const url = 'jdbc:postgresql://postgres:5432/shop';
  const password = CONNECTION.PGPASSWORD;
  const dbmate = { DATABASE_URL: 'postgres:///shop?host=postgres&port=5432' };
  const flyway = { FLYWAY_URL: url, FLYWAY_USER: 'clerk', FLYWAY_PASSWORD: password };
  const liquibase = { LIQUIBASE_COMMAND_URL: url, LIQUIBASE_COMMAND_USERNAME: 'clerk', LIQUIBASE_COMMAND_PASSWORD: password };

  test.each<[string, Migration, string[], object]>([
    ['knex', Migration.knex(), ['node_modules/.bin/knex', 'migrate:latest'], {}],
    ['knex with a knexfile', Migration.knex({ path: 'db/knexfile.js' }), ['node_modules/.bin/knex', '--knexfile', 'db/knexfile.js', 'migrate:latest'], {}],
    ['alembic', Migration.alembic(), ['alembic', 'upgrade', 'head'], {}],
    ['alembic with a configuration', Migration.alembic({ path: '/app/alembic.ini' }), ['alembic', '--config', '/app/alembic.ini', 'upgrade', 'head'], {}],
    ['golang-migrate', Migration.goMigrate(), ['migrate', '-path', '/migrations', '-database', 'postgres:///', 'up'], {}],
    ['golang-migrate elsewhere', Migration.goMigrate({ path: '/db' }), ['migrate', '-path', '/db', '-database', 'postgres:///', 'up'], {}],
    ['dbmate', Migration.dbmate(), ['dbmate', '--no-dump-schema', 'migrate'], dbmate],
    ['dbmate elsewhere', Migration.dbmate({ path: '/db' }), ['dbmate', '--migrations-dir', '/db', '--no-dump-schema', 'migrate'], dbmate],
    ['flyway', Migration.flyway(), ['flyway', '-locations=filesystem:/flyway/sql', 'migrate'], flyway],
    ['liquibase', Migration.liquibase({ path: 'db.xml' }), ['liquibase', 'update', '--changelog-file=db.xml'], liquibase],
    ['liquibase elsewhere', Migration.liquibase({ path: '/db/log/db.xml' }), ['liquibase', '--search-path=/db/log', 'update', '--changelog-file=db.xml'], liquibase],
    ['liquibase at the root', Migration.liquibase({ path: '/db.xml' }), ['liquibase', '--search-path=/', 'update', '--changelog-file=db.xml'], liquibase],
  ])('%s has its command line, and knows the database from its environment', (_, tool, command, own) => {
    const chart = newChart();
    new MigrationHook(chart, 'hook', { image: 'shop:1', database: shopDatabase(chart), tool });
    expect(podOf(chart, 'web-hook').containers[0].command).toEqual(command);
    expect(environmentOf(chart, 'web-hook')).toEqual({ ...CONNECTION, ...own });
  });

  test('what stands in a URL is encoded, and what Helm puts there is not', () => {
    const chart = newChart();
    const databases = [shopDatabase(chart, { host: '::1', name: 'a b&c', sslMode: 'verify-full' }), shopDatabase(chart, { name: '{{ .Values.db }}' })];
    const urls = databases.map((database, index) => {
      new MigrationHook(chart, `java${index}`, { image: 'shop:1', database, tool: Migration.flyway() });
      new MigrationHook(chart, `go${index}`, { image: 'shop:1', database, tool: Migration.dbmate() });
      return [environmentOf(chart, `web-java${index}`).FLYWAY_URL, environmentOf(chart, `web-go${index}`).DATABASE_URL];
    });
    expect(urls).toEqual([
      ['jdbc:postgresql://[::1]:5432/a%20b%26c?sslmode=verify-full', 'postgres:///a%20b%26c?host=%3A%3A1&port=5432'],
      ['jdbc:postgresql://postgres:5432/{{ .Values.db }}', 'postgres:///{{ .Values.db }}?host=postgres&port=5432'],
    ]);
  });

  test('a command wins over the tool, and variables over those of the database', () => {
    const chart = newChart();
    new MigrationHook(chart, 'hook', {
      image: 'shop:1', command: ['own'], tool: Migration.knex(), database: shopDatabase(chart), env: { PGUSER: kplus.EnvValue.fromValue('owner') },
    });
    expect(podOf(chart, 'web-hook').containers[0].command).toEqual(['own']);
    expect(environmentOf(chart, 'web-hook').PGUSER).toBe('owner');
  });
});

describe('the way back', () => {
  const props = { image: 'shop:1', args: ['--fast'], weight: 3, user: 1000, env: { A: kplus.EnvValue.fromValue('1') }, down: ['take', 'back'] };

  test('it is a second Job like the first, at an event of ours, and the first says which it is', () => {
    const chart = newChart();
    const { down } = new MigrationHook(chart, 'hook', props);
    expect(down?.node.path).toBe('web/hook/down');
    const { 'web-hook': up, 'web-hook-down': job } = synth(chart);
    expect(up.metadata.annotations?.['cdk8s-lifecycle/down']).toBe('Job/web-hook-down');
    expect(job.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-rollback-from-source', 'helm.sh/hook-weight': '0' });
    expect(podOf(chart, 'web-hook-down').containers[0]).toMatchObject({ image: 'shop:1', command: ['take', 'back'], env: [{ name: 'A', value: '1' }] });
    expect(podOf(chart, 'web-hook-down').containers[0].args).toBeUndefined();
    expect(podOf(chart, 'web-hook-down').securityContext.runAsUser).toBe(1000);
  });

  test('its name follows that of the hook', () => {
    const chart = newChart();
    new MigrationHook(chart, 'hook', { ...props, name: 'shop-migrate' });
    expect(Object.keys(synth(chart))).toEqual(['shop-migrate', 'shop-migrate-down']);
  });

  test('without one there is no second Job', () => {
    const chart = newChart();
    expect(new MigrationHook(chart, 'hook', { image: 'shop:1' }).down).toBeUndefined();
    expect(Object.keys(synth(chart))).toEqual(['web-hook']);
  });
});

describe('irreversible', () => {
  test('it says so, for the runner', () => {
    const chart = newChart();
    new MigrationHook(chart, 'hook', { image: 'shop:1', irreversible: true });
    expect(annotation('cdk8s-lifecycle/irreversible', chart)).toEqual({ 'web-hook': 'true' });
  });

  test.each([false, undefined])('with %s it says nothing', (irreversible) => {
    const chart = newChart();
    new MigrationHook(chart, 'hook', { image: 'shop:1', irreversible, down: ['down'] });
    expect(annotation('cdk8s-lifecycle/irreversible', chart)).toEqual({ 'web-hook': undefined, 'web-hook-down': undefined });
  });

  test('what is irreversible has nothing that takes it back', () => {
    expect(() => new MigrationHook(newChart(), 'hook', { image: 'shop:1', irreversible: true, down: ['down'] })).toThrow(
      'web/hook is irreversible, and is given what takes it back. Leave out irreversible or down.',
    );
  });
});

describe('protected by a backup', () => {
  test('the backup runs first, and is told whose pointer to write', () => {
    const chart = newChart();
    const database = shopDatabase(chart);
    const backup = new BackupHook(chart, 'backup', { database, destination: dumps(chart) });
    const migrations = ['first', 'second'].map((id) => new MigrationHook(chart, id, { image: `registry/${id}:2`, database }));
    migrations.forEach((migrate) => migrate.protectedBy(backup));
    expect(environmentOf(chart, 'web-backup').MIGRATIONS).toBe('web-first registry/first:2\nweb-second registry/second:2');
    expect(weights(chart)).toEqual({ 'web-backup': '0', 'web-first': '1', 'web-second': '1' });
    expect(annotation('cdk8s-lifecycle/after', chart)['web-first']).toBe('Job/web-backup');
    expect(migrations[0].backup).toBe(backup);
  });

  test('a second guard, and one of another database, are refused', () => {
    const chart = newChart();
    const backup = new BackupHook(chart, 'backup', { database: shopDatabase(chart), destination: dumps(chart) });
    const migrate = new MigrationHook(chart, 'migrate', { image: 'shop:2' });
    migrate.protectedBy(backup);
    expect(() => migrate.protectedBy(backup)).toThrow('web/migrate is protected by web/backup already');
    const other = new MigrationHook(chart, 'other', { image: 'shop:2', database: shopDatabase(chart, { name: 'other' }) });
    expect(() => other.protectedBy(backup)).toThrow('web/backup saves shop at postgres:5432, and web/other changes other at postgres:5432');
  });
});
