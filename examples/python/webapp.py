"""A web page and its database: what is deployed, and what happens to the database meanwhile."""

from typing import Optional

import cdk8s_plus_27 as kplus
from cdk8s import Chart, Size
from cdk8s_lifecycle import BackupHook, CleanupHook, Database, MigrationHook, NotificationHook, OutputLogPolicy, SeedHook
from constructs import Construct

from page import NOBODY, Page


def psql(*args: str) -> list[str]:
    return ["psql", "--no-psqlrc", "--no-password", "--quiet", "--set=ON_ERROR_STOP=1", *args]


class WebApp(Chart):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        version: str,
        migrations: dict[str, str],
        database_host: str = "postgres",
        database_port: int = 5432,
        image: str = "docker.io/library/busybox:1.35",
        storage_class_name: Optional[str] = None,
    ) -> None:
        super().__init__(scope, id, disable_resource_name_hashes=True, labels={"app.kubernetes.io/name": id})

        # Its operator makes the Secret, not the release: after an uninstall, when the cleanup needs it, everything of the release is gone.
        password = kplus.SecretValue(secret=kplus.Secret.from_secret_name(self, "password", "webapp-db"), key="password")
        database = Database.postgres(host=database_host, port=database_port, name="webapp", user="webapp", password=password)
        client = {"image": database.client_image, "user": database.client_user, "env": database.environment()}

        Page(self, "page", name=id, version=version, image=image, database=database)

        backup = BackupHook(self, "backup", database=database, destination=self.dumps(storage_class_name))

        sql = kplus.ConfigMap(self, "migrations", data=migrations)
        files = [f"--file=/migrations/{name}" for name in sorted(migrations)]
        volume = kplus.Volume.from_config_map(self, "migrations-volume", sql, name="migrations")
        migrate = MigrationHook(
            self,
            "migrate",
            **client,
            database=database,
            command=psql("--single-transaction", *files),
            volumes=[kplus.VolumeMount(path="/migrations", volume=volume)],
        )
        # The SQL becomes a hook, too: when the migrations of this release are to run, a plain ConfigMap would still hold those of the last.
        migrate.brings_its_own()

        seed = SeedHook(
            self,
            "seed",
            **client,
            command=psql("--command=INSERT INTO webapp.visitors (name) VALUES ('Ada'), ('Grace') ON CONFLICT DO NOTHING"),
        )

        notify = NotificationHook(
            self,
            "notify",
            image=image,
            user=NOBODY,
            command=["echo", f"{id} {version}: the release has changed"],
            log_policies=[OutputLogPolicy.HOOK_SUCCEEDED, OutputLogPolicy.HOOK_FAILED],
        )

        cleanup = CleanupHook(self, "cleanup", **client, command=psql("--command=DROP SCHEMA IF EXISTS webapp CASCADE"))

        migrate.protected_by(backup)
        seed.after(migrate)
        notify.after(seed)
        cleanup.after(notify)

    def dumps(self, storage_class_name: Optional[str]) -> kplus.PersistentVolumeClaim:
        """Where the dumps are kept, also when the release is not."""
        return kplus.PersistentVolumeClaim(
            self,
            "backups",
            metadata={"annotations": {"helm.sh/resource-policy": "keep"}},
            access_modes=[kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
            storage=Size.gibibytes(1),
            storage_class_name=storage_class_name,
        )
