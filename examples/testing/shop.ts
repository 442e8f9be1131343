import { Chart, Duration } from 'cdk8s';
import { BackupHook, Database, HookEvent, Migration, MigrationHook, MutableTags, NotificationHook, RunOn, SeedHook } from 'cdk8s-lifecycle';
import { ConfigMap, Deployment, Env, PersistentVolumeClaim, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** Properties of `Shop`. */
export interface ShopProps {
  /** The version to run. */
  readonly version: string;

  /**
   * The offers of the shop, and what each costs.
   *
   * @default - what there always is
   */
  readonly offers?: { readonly [name: string]: string };
}

/** A shop with a database that is dumped before it is migrated. */
export class Shop extends Chart {
  constructor(scope: Construct, id: string, { version, offers = { tea: '3.50' } }: ShopProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const image = `registry.example.com/shop:${version}`;

    const password = { secret: Secret.fromSecretName(this, 'password', 'shop-database'), key: 'password' };
    const database = Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password });
    const dumps = PersistentVolumeClaim.fromClaimName(this, 'dumps', 'shop-dumps');

    new Deployment(this, 'web', { containers: [{ image, portNumber: 8080, securityContext: { user: 1000 } }] });

    const backup = new BackupHook(this, 'backup', { database, destination: dumps });
    const migrate = new MigrationHook(this, 'migrate', { image, user: 1000, database, tool: Migration.alembic(), mutex: 'shop-db' });
    const seed = new SeedHook(this, 'seed', {
      image: 'registry.example.com/shop-seed:7',
      user: 1000,
      envFrom: [Env.fromConfigMap(new ConfigMap(this, 'offers', { data: offers }))],
      on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE],
      runOn: RunOn.CHANGE, // loading them takes an hour, and most versions change none
      mutableTags: MutableTags.TRUST, // nobody moves the tags of this image; by its digest nobody would have to be trusted
    });
    const notify = new NotificationHook(this, 'notify', {
      image,
      user: 1000,
      command: ['announce', version],
      retry: { attempts: 3, backoff: Duration.seconds(10), onExitCodes: [75] }, // the message board is asked again where it is busy
    });
    new NotificationHook(this, 'alarm', { image, user: 1000, on: [HookEvent.ON_FAILURE], command: ['announce', version, '--failed'] });

    migrate.protectedBy(backup);
    seed.after(migrate);
    notify.after(seed);
  }
}
