import { Chart, Size } from 'cdk8s';
import { BackupHook, CleanupHook, Database, MigrationHook, NotificationHook, OutputLogPolicy, SeedHook } from 'cdk8s-lifecycle';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { NOBODY, Page } from './page';
import { psql } from './psql';

/** Properties of `WebApp`. */
export interface WebAppProps {
  /** The version to run. */
  readonly version: string;

  /** The migrations that bring the database to that version: SQL that may run again, by file name, applied in the order of the names. */
  readonly migrations: Record<string, string>;

  /** @default 'postgres' */
  readonly databaseHost?: string;

  /** @default 5432 */
  readonly databasePort?: number;

  /** @default 'docker.io/library/busybox:1.35' */
  readonly image?: string;

  /** @default - the default class of the cluster */
  readonly storageClassName?: string;
}

/** A web page and its database: what is deployed, and what happens to the database meanwhile. */
export class WebApp extends Chart {
  constructor(scope: Construct, id: string, props: WebAppProps) {
    super(scope, id, { disableResourceNameHashes: true, labels: { 'app.kubernetes.io/name': id } });
    const { version, migrations, databaseHost: host = 'postgres', databasePort: port, image = 'docker.io/library/busybox:1.35' } = props;

    // Its operator makes the Secret, not the release: after an uninstall, when the cleanup needs it, everything of the release is gone.
    const secret = kplus.Secret.fromSecretName(this, 'password', 'webapp-db');
    const database = Database.postgres({ host, port, name: 'webapp', user: 'webapp', password: { secret, key: 'password' } });
    const client = { image: database.clientImage, user: database.clientUser, env: database.environment() };

    new Page(this, 'page', { name: id, version, image, database });

    const backup = new BackupHook(this, 'backup', { database, destination: this.dumps(props.storageClassName) });

    const sql = new kplus.ConfigMap(this, 'migrations', { data: migrations });
    const files = Object.keys(migrations).sort().map((name) => `--file=/migrations/${name}`);
    const migrate = new MigrationHook(this, 'migrate', {
      ...client,
      database,
      command: psql('--single-transaction', ...files),
      volumes: [{ path: '/migrations', volume: kplus.Volume.fromConfigMap(this, 'migrations-volume', sql, { name: 'migrations' }) }],
    });
    // The SQL becomes a hook, too: when the migrations of this release are to run, a plain ConfigMap would still hold those of the last.
    migrate.bringsItsOwn();

    const seed = new SeedHook(this, 'seed', {
      ...client,
      command: psql("--command=INSERT INTO webapp.visitors (name) VALUES ('Ada'), ('Grace') ON CONFLICT DO NOTHING"),
    });

    const notify = new NotificationHook(this, 'notify', {
      image,
      user: NOBODY,
      command: ['echo', `${id} ${version}: the release has changed`],
      logPolicies: [OutputLogPolicy.HOOK_SUCCEEDED, OutputLogPolicy.HOOK_FAILED],
    });

    const cleanup = new CleanupHook(this, 'cleanup', { ...client, command: psql('--command=DROP SCHEMA IF EXISTS webapp CASCADE') });

    migrate.protectedBy(backup);
    seed.after(migrate);
    notify.after(seed);
    cleanup.after(notify);
  }

  /** Where the dumps are kept, also when the release is not. */
  private dumps(storageClassName: string | undefined): kplus.PersistentVolumeClaim {
    return new kplus.PersistentVolumeClaim(this, 'backups', {
      metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } },
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
      storage: Size.gibibytes(1),
      storageClassName,
    });
  }
}
