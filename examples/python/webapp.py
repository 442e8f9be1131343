"""A web page and its database: what is deployed, and what happens to the database meanwhile."""

from typing import Optional

import cdk8s_plus_27 as kplus
from cdk8s import Chart, Size
from cdk8s_lifecycle import BackupHook, CleanupHook, HelmHook, HookEvent, MigrationHook, NotificationHook, OutputLogPolicy, SeedHook
from constructs import Construct

from database import DATABASE, Database, connection_to
from page import NOBODY, POSTGRES, Page


def sql(statement: str) -> list[str]:
    return ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--command={statement}"]


class WebApp(Chart):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        version: str,
        migrations: dict[str, str],
        scripts: dict[str, str],
        database: Database = DATABASE,
        image: str = "docker.io/library/busybox:1.35",
        postgres_image: str = "docker.io/library/postgres:16",
        storage_class_name: Optional[str] = None,
    ) -> None:
        super().__init__(scope, id, disable_resource_name_hashes=True, labels={"app.kubernetes.io/name": id})
        connection = connection_to(self, database)
        text = kplus.EnvValue.from_value
        script = {name: ["sh", "-c", body] for name, body in scripts.items()}
        postgres = {"image": postgres_image, "user": POSTGRES}

        Page(
            self,
            "page",
            name=id,
            version=version,
            image=image,
            postgres_image=postgres_image,
            connection=connection,
            wait_for_db=script["wait-for-db"],
        )

        backup = BackupHook(
            self,
            "backup",
            **postgres,
            command=script["backup"],
            env={**connection, "BACKUPS": text("/backups")},
            volumes=[kplus.VolumeMount(path="/backups", volume=self.backups(storage_class_name))],
        )

        # A hook as well: when the migrations of this release are to run, a plain ConfigMap would still hold those of the last.
        config = kplus.ConfigMap(self, "migrations", data=migrations)
        config.with_(HelmHook.on([HookEvent.POST_INSTALL, HookEvent.PRE_UPGRADE]))

        migrate = MigrationHook(
            self,
            "migrate",
            **postgres,
            command=script["migrate"],
            env={**connection, "MIGRATIONS": text("/migrations")},
            volumes=[
                kplus.VolumeMount(
                    path="/migrations",
                    volume=kplus.Volume.from_config_map(self, "migrations-volume", config, name="migrations"),
                )
            ],
        )

        seed = SeedHook(
            self,
            "seed",
            **postgres,
            env=connection,
            command=sql("INSERT INTO visitors (name) VALUES ('Ada'), ('Grace') ON CONFLICT DO NOTHING"),
        )

        notify = NotificationHook(
            self,
            "notify",
            image=image,
            user=NOBODY,
            command=["echo", f"{id} {version}: the release has changed"],
            log_policies=[OutputLogPolicy.HOOK_SUCCEEDED, OutputLogPolicy.HOOK_FAILED],
        )

        cleanup = CleanupHook(self, "cleanup", **postgres, env=connection, command=sql("DROP SCHEMA IF EXISTS webapp CASCADE"))

        migrate.after(backup, config)
        seed.after(migrate)
        notify.after(seed)
        cleanup.after(notify)

    def backups(self, storage_class_name: Optional[str]) -> kplus.Volume:
        """Where the dumps are kept, also when the release is not."""
        claim = kplus.PersistentVolumeClaim(
            self,
            "backups",
            metadata={"annotations": {"helm.sh/resource-policy": "keep"}},
            access_modes=[kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
            storage=Size.gibibytes(1),
            storage_class_name=storage_class_name,
        )
        return kplus.Volume.from_persistent_volume_claim(self, "backups-volume", claim, name="backups")
