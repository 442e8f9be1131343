import { ApiObjectMetadata, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as hooks from '../../src/hooks';
import { Making, ValueSource } from './value-source';

const { Database, DeletePolicy, HelmHook, HookEvent, Migration, MutableTags, OutputLogPolicy, RunOn, WaitFor } = hooks;

/** Props, each of them given: whoever adds one to the interface adds it here. */
type Every<T> = { readonly [Name in keyof Required<T>]: NonNullable<T[Name]> };

function database(chart: Chart, v: ValueSource, id = 'Password'): hooks.Database {
  return Database.postgres(server(chart, v, id));
}

/** A database whose programs are in an image of its own. */
function databaseWithClient(chart: Chart, v: ValueSource, id = 'Password'): hooks.Database {
  const props: Every<hooks.PostgresProps> = { ...server(chart, v, id), clientImage: v.text('postgres:16', 'postgres:15'), clientUser: v.whole(999, 70) };
  return Database.postgres(props);
}

function server(chart: Chart, v: ValueSource, id: string): Every<Omit<hooks.PostgresProps, 'clientImage' | 'clientUser'>> {
  return {
    host: v.text('db', 'other-db'),
    port: v.whole(5432, 5433),
    name: v.text('shop', 'a store/of ours'),
    user: v.text('web', 'app'),
    password: { secret: kplus.Secret.fromSecretName(chart, id, v.text('db', 'other')), key: v.text('password', 'pass') },
    sslMode: v.text('require', 'disable'),
  };
}

function waiting(v: ValueSource): Every<hooks.WaitForOptions> {
  return { timeout: v.seconds(20, 30), interval: v.seconds(3, 4), image: v.text('curl:1', 'curl:2'), user: v.whole(100, 101) };
}

function retry(v: ValueSource): Every<hooks.HookRetry> {
  return { attempts: v.whole(3, 4), backoff: v.seconds(2, 5), onExitCodes: [v.whole(75, 76)] };
}

function ofContainer(chart: Chart, v: ValueSource): Every<Omit<hooks.ContainerHookProps, 'args'>> {
  const named = <T>(make: (name: string) => T) => make(v.text('one', 'other'));
  const podMetadata: ApiObjectMetadata = {
    labels: { [v.text('example.com/a', 'example.com/b')]: v.text('one', 'other') },
    annotations: { [v.text('example.com/a', 'example.com/b')]: v.text('one', 'other') },
  };
  return {
    env: { [v.text('MODE', 'KIND')]: kplus.EnvValue.fromValue(v.text('fast', 'slow')) },
    envFrom: [kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'Settings', v.text('settings', 'others')), v.text('A_', 'B_'))],
    weight: v.whole(3, -7),
    deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION],
    logPolicies: [OutputLogPolicy.HOOK_FAILED],
    timeout: v.seconds(270, 280),
    retry: retry(v),
    mutex: v.text('orders-db', 'shared/orders-db'),
    runOn: RunOn.CHANGE,
    mutableTags: MutableTags.TRUST,
    always: false, // some have no post-event
    user: v.whole(1000, 2000),
    serviceAccount: named((name) => kplus.ServiceAccount.fromServiceAccountName(chart, 'Account', name)),
    resources: {
      cpu: { request: kplus.Cpu.millis(v.whole(10, 20)), limit: kplus.Cpu.units(v.whole(1, 2)) },
      memory: { request: v.mebibytes(64, 65), limit: v.mebibytes(128, 129) },
    },
    volumes: [{
      path: v.text('/cache', '/store'),
      subPath: v.text('a', 'b'),
      volume: named((name) => kplus.Volume.fromEmptyDir(chart, 'Cache', `cache-${name}`, { sizeLimit: v.mebibytes(10, 20) })),
    }],
    waitFor: [
      WaitFor.tcp(v.text('db', 'other'), v.whole(5432, 5433), waiting(v)),
      WaitFor.http(v.text('http://web/ready', 'https://other'), waiting(v)),
      WaitFor.job(v.text('seed', 'sow'), waiting(v)),
      WaitFor.postgres(databaseWithClient(chart, v, 'Waited'), { timeout: v.seconds(20, 30), interval: v.seconds(3, 4) }),
    ],
    podMetadata,
    nodeSelector: { [v.text('example.com/disk', 'example.com/pool')]: v.text('fast', 'slow') },
    tolerations: [{ key: v.text('dedicated', 'spot'), value: v.text('hooks', 'jobs'), effect: v.text('NoSchedule', 'NoExecute') }],
    priorityClassName: v.text('high', 'low'),
    imagePullSecrets: [named((name) => kplus.Secret.fromSecretName(chart, 'Registry', name))],
    name: v.text('a-hook', 'another-hook'),
  };
}

const every = (chart: Chart, v: ValueSource): Every<Omit<hooks.HookProps, 'args'>> => ({ ...ofContainer(chart, v), retries: v.whole(1, 2) });
const args = (v: ValueSource) => ['--fast', v.text('-v', '-q')];
const own = (v: ValueSource) => ({ image: v.text('web:1', 'web:2'), command: ['./run', v.text('up', 'down')], args: args(v) });
const on = [HookEvent.PRE_UPGRADE];

function claim(chart: Chart, v: ValueSource): kplus.IPersistentVolumeClaim {
  return kplus.PersistentVolumeClaim.fromClaimName(chart, 'Dumps', v.text('dumps', 'copies'));
}

function secretValue(chart: Chart, v: ValueSource): kplus.SecretValue {
  return { secret: kplus.Secret.fromSecretName(chart, 'Hook', v.text('hook', 'other')), key: v.text('url', 'address') };
}

/** Every construct of hooks, with a value in each of its props that takes a text, a number, a length of time or a size. */
export const EVERY_PROP: Readonly<Record<string, Making>> = {
  'HookJob': (chart, v) => {
    const props: Every<hooks.HookJobProps> = { ...every(chart, v), ...own(v), on };
    return new hooks.HookJob(chart, 'hook', props);
  },
  'HookPod': (chart, v) => {
    const props: Every<hooks.HookPodProps> = { ...ofContainer(chart, v), ...own(v), on };
    return new hooks.HookPod(chart, 'hook', props);
  },
  'SeedHook': (chart, v) => {
    const props: Every<hooks.SeedHookProps> = { ...every(chart, v), ...own(v), on };
    return new hooks.SeedHook(chart, 'hook', props);
  },
  'CleanupHook': (chart, v) => {
    const props: Every<hooks.CleanupHookProps> = { ...every(chart, v), ...own(v), on };
    return new hooks.CleanupHook(chart, 'hook', props);
  },
  'TestHook': (chart, v) => {
    const props: Every<hooks.TestHookProps> = { ...every(chart, v), ...own(v), on };
    return new hooks.TestHook(chart, 'hook', props);
  },
  'MigrationHook': (chart, v) => {
    const props: Every<Omit<hooks.MigrationHookProps, 'command'>> = {
      ...every(chart, v),
      image: v.text('web:1', 'web:2'),
      args: args(v),
      on,
      irreversible: false, // it has a down
      tool: Migration.flyway({ path: v.text('/sql', '/migrations') }),
      database: database(chart, v),
      down: ['./down', v.text('one', 'all')],
    };
    return new hooks.MigrationHook(chart, 'hook', props);
  },
  'BackupHook': (chart, v) => {
    const props: Every<Omit<hooks.BackupHookProps, 'command'>> = {
      ...every(chart, v),
      image: v.text('postgres:16', 'postgres:15'),
      args: args(v),
      on,
      database: database(chart, v),
      destination: claim(chart, v),
      keep: v.whole(3, 4),
      revision: v.text('r1', 'r2'),
    };
    return new hooks.BackupHook(chart, 'hook', props);
  },
  'BackupHook in the image of its database': (chart, v) => new hooks.BackupHook(chart, 'hook', { database: databaseWithClient(chart, v), destination: claim(chart, v) }),
  'a BackupHook and the MigrationHook that it protects': (chart, v) => {
    const db = database(chart, v);
    const backup = new hooks.BackupHook(chart, 'backup', { database: db, destination: claim(chart, v), name: v.text('backup', 'copy') });
    const migration = new hooks.MigrationHook(chart, 'migrate', { image: v.text('web:1', 'web:2'), name: v.text('migrate', 'alter'), database: db });
    migration.protectedBy(backup);
    new hooks.RestoreHook(chart, 'restore', { database: db, source: backup.destination!, before: migration, name: v.text('restore', 'back') });
  },
  'RestoreHook': (chart, v) => {
    const props: Every<Omit<hooks.RestoreHookProps, 'before' | 'command'>> = {
      ...every(chart, v),
      image: v.text('postgres:16', 'postgres:15'),
      args: args(v),
      on,
      database: database(chart, v),
      source: claim(chart, v),
      dump: v.text('a.dump', 'b.dump'),
    };
    return new hooks.RestoreHook(chart, 'hook', props);
  },
  'DatabaseSetupHook': (chart, v) => {
    const [host, port] = [v.text('db', 'other'), v.whole(5432, 5433)];
    const at = (user: string, name: string) => Database.postgres({ host, port, name, user, password: { secret: kplus.Secret.fromSecretName(chart, user, user), key: 'p' } });
    const props: Every<Omit<hooks.DatabaseSetupHookProps, 'command'>> = {
      ...every(chart, v),
      image: v.text('postgres:16', 'postgres:15'),
      args: args(v),
      on,
      database: at('web', v.text('shop', 'store')),
      admin: at('postgres', v.text('postgres', 'template1')),
    };
    return new hooks.DatabaseSetupHook(chart, 'hook', props);
  },
  'CacheWarmHook': (chart, v) => {
    const props: Every<Omit<hooks.CacheWarmHookProps, 'args'>> = {
      ...every(chart, v),
      image: v.text('curl:1', 'curl:2'),
      on,
      urls: ['http://web/', v.text('http://web/a', 'http://web/b')],
      concurrency: v.whole(2, 3),
      requestTimeout: v.seconds(5, 6),
      required: true,
    };
    return new hooks.CacheWarmHook(chart, 'hook', props);
  },
  'HealthCheckHook of a URL': (chart, v) => {
    const props: Every<Omit<hooks.HealthCheckHookProps, 'tcp'>> = {
      ...every(chart, v),
      image: v.text('curl:1', 'curl:2'),
      args: args(v),
      on,
      url: v.text('http://web/ready', 'http://web/healthy'),
      expectStatus: v.whole(200, 204),
      attempts: v.whole(3, 4),
      interval: v.seconds(5, 6),
      attemptTimeout: v.seconds(2, 3),
    };
    return new hooks.HealthCheckHook(chart, 'hook', props);
  },
  'HealthCheckHook of a port': (chart, v) => {
    const address: Every<hooks.TcpAddress> = { host: v.text('db', 'other'), port: v.whole(5432, 5433) };
    return new hooks.HealthCheckHook(chart, 'hook', { tcp: address, attempts: v.whole(3, 4) });
  },
  'NotificationHook with a webhook': (chart, v) => {
    const props: Every<Omit<hooks.NotificationHookProps, 'slack' | 'command'>> = {
      ...every(chart, v),
      image: v.text('curl:1', 'curl:2'),
      args: args(v),
      on,
      message: `deployed "${v.text('2.0', '2"1\n\\')}"`,
      webhook: secretValue(chart, v),
      required: true,
    };
    return new hooks.NotificationHook(chart, 'hook', props);
  },
  'NotificationHook with slack': (chart, v) => new hooks.NotificationHook(chart, 'hook', { message: v.text('2.0', '"'), slack: secretValue(chart, v) }),
  'NotificationHook with a command': (chart, v) => new hooks.NotificationHook(chart, 'hook', { ...own(v) }),
  'Migration.knex': (chart, v) => new hooks.MigrationHook(chart, 'hook', { image: 'web:1', tool: Migration.knex({ path: v.text('a.js', 'b.js') }) }),
  'Migration.alembic': (chart, v) => new hooks.MigrationHook(chart, 'hook', { image: 'web:1', tool: Migration.alembic({ path: v.text('a.ini', 'b.ini') }) }),
  'Migration.goMigrate': (chart, v) => new hooks.MigrationHook(chart, 'hook', { image: 'web:1', tool: Migration.goMigrate({ path: v.text('/a', '/b') }) }),
  'Migration.dbmate': (chart, v) => {
    const tool = Migration.dbmate({ path: v.text('/a', '/b') });
    return new hooks.MigrationHook(chart, 'hook', { image: 'web:1', tool, database: database(chart, v) });
  },
  'Migration.liquibase': (chart, v) => {
    const tool = Migration.liquibase({ path: `/changes/${v.text('a.sql', 'b.sql')}` });
    return new hooks.MigrationHook(chart, 'hook', { image: 'web:1', tool, database: database(chart, v) });
  },
  'HelmHook': (chart, v) => {
    const options: Every<hooks.HelmHookOptions> = {
      weight: v.whole(3, -7),
      deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION],
      logPolicies: [],
      timeout: v.seconds(60, 61),
      retry: retry(v),
      mutex: v.text('orders-db', 'shared/orders-db'),
      runOn: RunOn.CHANGE,
      mutableTags: MutableTags.TRUST,
      always: false, // it has no post-event
      after: [],
    };
    return new kplus.ConfigMap(chart, 'hook', { data: { [v.text('a', 'b')]: v.text('one', 'other') } }).with(HelmHook.preUpgrade(options));
  },
};
