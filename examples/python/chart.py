"""The chart of examples/helm-chart in Python: the same chart, byte for byte."""

import cdk8s_plus_27 as kplus
from cdk8s_lifecycle import (
    BackupHook,
    ChartMaintainer,
    CleanupHook,
    Database,
    DeletePolicy,
    Flag,
    HelmChartApp,
    MigrationHook,
    OnlyIf,
    Placed,
    ReleaseChart,
    SeedHook,
    TestHook,
)

from page import Page
from releases import migrations
from values import WebAppValues
from webapp import psql


class WebApp(ReleaseChart):
    """The web app, of which several releases live in one namespace, each with a database of its own."""

    def __init__(self, app: HelmChartApp, id: str, *, values: WebAppValues, migrations: dict[str, str]) -> None:
        super().__init__(app, id, disable_resource_name_hashes=True)
        release = app.release
        name = f"{release.name}-{id}"

        password = kplus.SecretValue(secret=kplus.Secret.from_secret_name(self, "password", values.existing_secret), key=values.secret_key)
        database = Database.postgres(
            host=values.database_host, port=values.database_port, name=values.database_name, user=values.database_user, password=password
        )
        client = {"image": database.client_image, "user": database.client_user, "env": database.environment()}
        image = f"{values.repository}:{values.tag}"

        # Constructs take values as they take texts and numbers: this is the Page of the web app that is no chart.
        self.page = Page(self, "page", name=name, version=app.app_version, image=image, database=database)
        self.scale(values)
        self.expose(values)

        backup = BackupHook(self, "backup", database=database, destination=self.dumps(values), keep=values.backup_keep)
        backup.with_(OnlyIf.of(values.backup_enabled))

        sql = kplus.ConfigMap(self, "migrations", data=migrations)
        files = [f"--file=/migrations/{file}" for file in sorted(migrations)]
        volume = kplus.Volume.from_config_map(self, "migrations-volume", sql, name="migrations")
        migrate = MigrationHook(
            self,
            "migrate",
            **client,
            database=database,
            # The dump that is taken before a migration has its name beside it, and so the revision.
            name=f"{name}-migrate-{release.revision}",
            delete_policies=[DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED],
            command=psql("--single-transaction", *files),
            timeout=values.timeout,
            resources=kplus.ContainerResources(memory=kplus.MemoryResources(limit=values.memory)),
            volumes=[kplus.VolumeMount(path="/migrations", volume=volume)],
        )
        migrate.brings_its_own()

        seed = SeedHook(
            self,
            "seed",
            **client,
            command=psql("--command=INSERT INTO webapp.visitors (name) VALUES ('Ada'), ('Grace') ON CONFLICT DO NOTHING"),
        )
        cleanup = CleanupHook(self, "cleanup", **client, command=psql("--command=DROP SCHEMA IF EXISTS webapp CASCADE"))

        # helm test: the database is there, with the schema of this version.
        test = TestHook(self, "test", **client, command=psql("--command=SELECT name, visits FROM webapp.visitors"))

        migrate.protected_by(backup)
        seed.after(migrate)

        for workload in [self.page.deployment, backup, migrate, seed, cleanup, test]:
            Placed.in_pod(workload, "imagePullSecrets", values.image_pull_secrets)
            Placed.in_pod(workload, "nodeSelector", values.node_selector)
            Placed.in_pod(workload, "tolerations", values.tolerations)

        app.add_notes(
            f"""{name} serves {image} in namespace {release.namespace_name}, revision {release.revision}. Look at it at http://localhost:8080 with:

  kubectl port-forward --namespace {release.namespace_name} service/{name} 8080:80

Test it with: helm test {release.name} --namespace {release.namespace_name}"""
        )

    def scale(self, values: WebAppValues) -> None:
        """As many Pods as a value says, or as the load wants."""
        deployment = self.page.deployment
        autoscaler = kplus.HorizontalPodAutoscaler(
            self,
            "autoscaler",
            target=deployment,
            min_replicas=values.min_replicas,
            max_replicas=values.max_replicas,
            metrics=[kplus.Metric.resource_cpu(kplus.MetricTarget.average_value(values.cpu))],
        )
        autoscaler.with_(OnlyIf.of(values.autoscaling_enabled))
        # An upgrade would take back what the autoscaler has decided.
        Placed.at(deployment, "/spec/replicas", values.replicas)
        Placed.only_if(deployment, "/spec/replicas", values.autoscaling_enabled.negated)

        Placed.at(deployment, "/spec/template/metadata/annotations", values.pod_annotations)
        Placed.in_pod(deployment, "containers/0/resources", values.resources)

    def expose(self, values: WebAppValues) -> None:
        backend = kplus.IngressBackend.from_service(self.page.service)
        ingress = kplus.Ingress(self, "ingress", rules=[kplus.IngressRule(host=values.host, backend=backend)])
        ingress.with_(OnlyIf.of(values.ingress_enabled))
        Placed.at(ingress, "/metadata/annotations", values.ingress_annotations)
        Placed.at(ingress, "/spec/tls", values.tls)
        Placed.at(ingress, "/spec/ingressClassName", values.ingress_class)
        Placed.only_if(ingress, "/spec/ingressClassName", Flag.not_empty(values.ingress_class))

    def dumps(self, values: WebAppValues) -> kplus.PersistentVolumeClaim:
        """Where the dumps are kept, also when the release is not."""
        claim = kplus.PersistentVolumeClaim(
            self,
            "backups",
            metadata={"annotations": {"helm.sh/resource-policy": "keep"}},
            access_modes=[kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
            storage_class_name=values.storage_class,
        )
        claim.with_(OnlyIf.of(values.backup_enabled))
        Placed.at(claim, "/spec/resources", {"requests": {"storage": values.backup_size}})
        Placed.only_if(claim, "/spec/storageClassName", Flag.not_empty(values.storage_class))
        return claim


app = HelmChartApp(
    name="webapp",
    version="2.0.0",
    app_version="1.35",  # of what the default image holds
    description="Counts its visitors in PostgreSQL",
    kube_version=">=1.27.0-0",
    keywords=["visitors", "postgresql"],
    home="https://example.com/webapp",
    sources=["https://git.example.com/webapp"],
    icon="https://example.com/webapp.svg",
    maintainers=[ChartMaintainer(name="Platform team", email="platform@example.com")],
    annotations={"artifacthub.io/category": "networking", "artifacthub.io/license": "Apache-2.0"},
)
WebApp(app, "web", values=WebAppValues(app), migrations=migrations("2.0.0"))
app.synth()
