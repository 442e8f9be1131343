import { Chart, Size } from 'cdk8s';
import { BackupHook, CleanupHook, Database, MigrationHook, NotificationHook, SeedHook } from 'cdk8s-lifecycle';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { NOBODY, Page } from '../webapp/page';
import { psql } from '../webapp/psql';

/** Properties of `WebApp`: plain texts and numbers, whoever knows them and when. */
export interface WebAppProps {
  /** The version to run. */
  readonly version: string;

  /** SQL that may run again, by file name, applied in the order of the names. */
  readonly migrations: Record<string, string>;

  readonly database: { readonly host: string; readonly port: number };

  /** The Secret with the password of the database. It is there before the first hook and after the last, so it is no part of the chart. */
  readonly databaseSecret: string;

  /** What the sessions of visitors are signed with. */
  readonly sessionKey: string;

  /** @default - the default class of the cluster */
  readonly storageClassName?: string;
}

const IMAGE = 'docker.io/library/busybox:1.35';

/** The web app of examples/webapp, for a stack. */
export class WebApp extends Chart {
  constructor(scope: Construct, id: string, props: WebAppProps) {
    super(scope, id, { disableResourceNameHashes: true, labels: { 'app.kubernetes.io/name': id } });
    const { version, migrations, databaseSecret, sessionKey, storageClassName } = props;

    const secret = kplus.Secret.fromSecretName(this, 'password', databaseSecret);
    const database = Database.postgres({ ...props.database, name: 'webapp', user: 'webapp', password: { secret, key: 'password' } });
    const client = { image: database.clientImage, user: database.clientUser, env: database.environment() };

    const session = new kplus.Secret(this, 'session', { stringData: { key: sessionKey } });
    const { deployment } = new Page(this, 'page', { name: id, version, image: IMAGE, database });
    deployment.containers[0].env.addVariable('SESSION_KEY', kplus.EnvValue.fromSecretValue({ secret: session, key: 'key' }));

    const backup = new BackupHook(this, 'backup', { database, destination: this.dumps(storageClassName) });

    const sql = new kplus.ConfigMap(this, 'migrations', { data: migrations });
    const files = Object.keys(migrations).sort().map((name) => `--file=/migrations/${name}`);
    const migrate = new MigrationHook(this, 'migrate', {
      ...client,
      database,
      command: psql('--single-transaction', ...files),
      volumes: [{ path: '/migrations', volume: kplus.Volume.fromConfigMap(this, 'migrations-volume', sql, { name: 'migrations' }) }],
    });
    migrate.bringsItsOwn(); // the SQL becomes a hook, too: Pulumi changes a plain ConfigMap after the migration

    const seed = new SeedHook(this, 'seed', {
      ...client,
      command: psql("--command=INSERT INTO webapp.visitors (name) VALUES ('Ada'), ('Grace') ON CONFLICT DO NOTHING"),
    });
    const notify = new NotificationHook(this, 'notify', { image: IMAGE, user: NOBODY, command: ['echo', `${id} ${version}: the release has changed`] });
    const cleanup = new CleanupHook(this, 'cleanup', { ...client, command: psql('--command=DROP SCHEMA IF EXISTS webapp CASCADE') });

    migrate.protectedBy(backup);
    seed.after(migrate);
    notify.after(seed);
    cleanup.after(notify);
  }

  /** Where the dumps are kept, also when the release is not: Pulumi forgets the claim, and leaves it. */
  private dumps(storageClassName: string | undefined): kplus.PersistentVolumeClaim {
    return new kplus.PersistentVolumeClaim(this, 'backups', {
      metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } },
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
      storage: Size.gibibytes(1),
      storageClassName,
    });
  }
}
