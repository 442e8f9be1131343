import { BackupHook, CleanupHook, Database, DeletePolicy, Flag, HelmChartApp, MigrationHook, OnlyIf, Placed, ReleaseChart, SeedHook, TestHook } from 'cdk8s-lifecycle';
import * as kplus from 'cdk8s-plus-27';
import { Page } from '../webapp/page';
import { psql } from '../webapp/psql';
import { WebAppValues } from './values';

/** Properties of `WebApp`. */
export interface WebAppProps {
  readonly values: WebAppValues;

  /** SQL that may run again, by file name, applied in the order of the names. */
  readonly migrations: Record<string, string>;
}

/** The web app of examples/webapp, of which several releases live in one namespace, each with a database of its own. */
export class WebApp extends ReleaseChart {
  readonly page: Page;

  constructor(app: HelmChartApp, id: string, { values, migrations }: WebAppProps) {
    super(app, id, { disableResourceNameHashes: true });
    const { release } = app;
    const name = `${release.name}-${id}`;

    const { existingSecret, secretKey, ...address } = values.database;
    const secret = kplus.Secret.fromSecretName(this, 'password', existingSecret);
    const database = Database.postgres({ ...address, password: { secret, key: secretKey } });
    const client = { image: database.clientImage, user: database.clientUser, env: database.environment() };
    const image = `${values.image.repository}:${values.image.tag}`;

    // Constructs take values as they take texts and numbers: this is the Page of the web app that is no chart.
    this.page = new Page(this, 'page', { name, version: app.appVersion, image, database });
    this.scale(values);
    this.expose(values);

    const backup = new BackupHook(this, 'backup', { database, destination: this.dumps(values), keep: values.backup.keep });
    backup.with(OnlyIf.of(values.backup.enabled));

    const sql = new kplus.ConfigMap(this, 'migrations', { data: migrations });
    const files = Object.keys(migrations).sort().map((file) => `--file=/migrations/${file}`);
    const migrate = new MigrationHook(this, 'migrate', {
      ...client,
      database,
      // The dump that is taken before a migration has its name beside it, and so the revision.
      name: `${name}-migrate-${release.revision}`,
      deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED],
      command: psql('--single-transaction', ...files),
      timeout: values.migration.timeoutSeconds,
      resources: { memory: { limit: values.migration.memory } },
      volumes: [{ path: '/migrations', volume: kplus.Volume.fromConfigMap(this, 'migrations-volume', sql, { name: 'migrations' }) }],
    });
    migrate.bringsItsOwn();

    const seed = new SeedHook(this, 'seed', {
      ...client,
      command: psql("--command=INSERT INTO webapp.visitors (name) VALUES ('Ada'), ('Grace') ON CONFLICT DO NOTHING"),
    });
    const cleanup = new CleanupHook(this, 'cleanup', { ...client, command: psql('--command=DROP SCHEMA IF EXISTS webapp CASCADE') });

    // helm test: the database is there, with the schema of this version.
    const test = new TestHook(this, 'test', { ...client, command: psql('--command=SELECT name, visits FROM webapp.visitors') });

    migrate.protectedBy(backup);
    seed.after(migrate);

    for (const workload of [this.page.deployment, backup, migrate, seed, cleanup, test]) {
      Placed.inPod(workload, 'imagePullSecrets', values.imagePullSecrets);
      Placed.inPod(workload, 'nodeSelector', values.nodeSelector);
      Placed.inPod(workload, 'tolerations', values.tolerations);
    }

    app.addNotes(`${name} serves ${image} in namespace ${release.namespaceName}, revision ${release.revision}. Look at it at http://localhost:8080 with:

  kubectl port-forward --namespace ${release.namespaceName} service/${name} 8080:80

Test it with: helm test ${release.name} --namespace ${release.namespaceName}`);
  }

  /** As many Pods as a value says, or as the load wants. */
  private scale({ replicas, autoscaling, podAnnotations, resources }: WebAppValues): void {
    const { deployment } = this.page;
    const autoscaler = new kplus.HorizontalPodAutoscaler(this, 'autoscaler', {
      target: deployment,
      minReplicas: autoscaling.minReplicas,
      maxReplicas: autoscaling.maxReplicas,
      metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageValue(autoscaling.cpu))],
    });
    autoscaler.with(OnlyIf.of(autoscaling.enabled));
    // An upgrade would take back what the autoscaler has decided.
    Placed.at(deployment, '/spec/replicas', replicas);
    Placed.onlyIf(deployment, '/spec/replicas', autoscaling.enabled.negated);

    Placed.at(deployment, '/spec/template/metadata/annotations', podAnnotations);
    Placed.inPod(deployment, 'containers/0/resources', resources);
  }

  private expose({ ingress: { enabled, host, className, annotations, tls } }: WebAppValues): void {
    const ingress = new kplus.Ingress(this, 'ingress', { rules: [{ host, backend: kplus.IngressBackend.fromService(this.page.service) }] });
    ingress.with(OnlyIf.of(enabled));
    Placed.at(ingress, '/metadata/annotations', annotations);
    Placed.at(ingress, '/spec/tls', tls);
    Placed.at(ingress, '/spec/ingressClassName', className);
    Placed.onlyIf(ingress, '/spec/ingressClassName', Flag.notEmpty(className));
  }

  /** Where the dumps are kept, also when the release is not. */
  private dumps({ backup: { enabled, size, storageClass: storageClassName } }: WebAppValues): kplus.PersistentVolumeClaim {
    const claim = new kplus.PersistentVolumeClaim(this, 'backups', {
      metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } },
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
      storageClassName,
    });
    claim.with(OnlyIf.of(enabled));
    Placed.at(claim, '/spec/resources', { requests: { storage: size } });
    Placed.onlyIf(claim, '/spec/storageClassName', Flag.notEmpty(storageClassName));
    return claim;
  }
}
