import { Chart, Size } from 'cdk8s';
import { BackupHook, CleanupHook, HelmHook, HookEvent, MigrationHook, NotificationHook, OutputLogPolicy, SeedHook } from 'cdk8s-lifecycle';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DATABASE, Database, connectionTo } from './database';
import { NOBODY, POSTGRES, Page, script } from './page';

/** Properties of `WebApp`. */
export interface WebAppProps {
  /** The version to run. */
  readonly version: string;

  /** The migrations that bring the database to that version: SQL by file name, applied in the order of the names. */
  readonly migrations: Record<string, string>;

  /** @default - webapp on postgres:5432, as webapp, with the password of the Secret webapp-db */
  readonly database?: Database;

  /** @default 'docker.io/library/busybox:1.35' */
  readonly image?: string;

  /** @default 'docker.io/library/postgres:16' */
  readonly postgresImage?: string;

  /** @default - the default class of the cluster */
  readonly storageClassName?: string;
}

/** A web page and its database: what is deployed, and what happens to the database meanwhile. */
export class WebApp extends Chart {
  constructor(scope: Construct, id: string, props: WebAppProps) {
    super(scope, id, { disableResourceNameHashes: true, labels: { 'app.kubernetes.io/name': id } });
    const { version, image = 'docker.io/library/busybox:1.35', postgresImage = 'docker.io/library/postgres:16' } = props;
    const connection = connectionTo(this, props.database ?? DATABASE);
    const postgres = { image: postgresImage, user: POSTGRES, env: connection };

    new Page(this, 'page', { name: id, version, image, postgresImage, connection });

    const backup = new BackupHook(this, 'backup', {
      ...postgres,
      command: script('backup'),
      env: { ...connection, BACKUPS: kplus.EnvValue.fromValue('/backups') },
      volumes: [{ path: '/backups', volume: this.backups(props.storageClassName) }],
    });

    // A hook as well: when the migrations of this release are to run, a plain ConfigMap would still hold those of the last.
    const migrations = new kplus.ConfigMap(this, 'migrations', { data: props.migrations });
    migrations.with(HelmHook.on([HookEvent.POST_INSTALL, HookEvent.PRE_UPGRADE]));

    const migrate = new MigrationHook(this, 'migrate', {
      ...postgres,
      command: script('migrate'),
      env: { ...connection, MIGRATIONS: kplus.EnvValue.fromValue('/migrations') },
      volumes: [{ path: '/migrations', volume: kplus.Volume.fromConfigMap(this, 'migrations-volume', migrations, { name: 'migrations' }) }],
    });

    const seed = new SeedHook(this, 'seed', {
      ...postgres,
      command: sql("INSERT INTO visitors (name) VALUES ('Ada'), ('Grace') ON CONFLICT DO NOTHING"),
    });

    const notify = new NotificationHook(this, 'notify', {
      image,
      user: NOBODY,
      command: ['echo', `${id} ${version}: the release has changed`],
      logPolicies: [OutputLogPolicy.HOOK_SUCCEEDED, OutputLogPolicy.HOOK_FAILED],
    });

    const cleanup = new CleanupHook(this, 'cleanup', { ...postgres, command: sql('DROP SCHEMA IF EXISTS webapp CASCADE') });

    migrate.after(backup, migrations);
    seed.after(migrate);
    notify.after(seed);
    cleanup.after(notify);
  }

  /** Where the dumps are kept, also when the release is not. */
  private backups(storageClassName: string | undefined): kplus.Volume {
    const claim = new kplus.PersistentVolumeClaim(this, 'backups', {
      metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } },
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
      storage: Size.gibibytes(1),
      storageClassName,
    });
    return kplus.Volume.fromPersistentVolumeClaim(this, 'backups-volume', claim, { name: 'backups' });
  }
}

function sql(statement: string): string[] {
  return ['psql', '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--command=${statement}`];
}
