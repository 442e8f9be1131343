"""The database of the web app, which exists before the first release and after the last."""

from dataclasses import dataclass

import cdk8s_plus_27 as kplus
from constructs import Construct


@dataclass(frozen=True)
class Database:
    host: str = "postgres"
    port: int = 5432
    name: str = "webapp"
    user: str = "webapp"
    # A Secret of the namespace with the key `password`. Its operator makes it: after an uninstall, when the cleanup needs it, everything of the release is gone.
    password_secret: str = "webapp-db"


# Where it is if nobody says so.
DATABASE = Database()


def connection_to(scope: Construct, database: Database) -> dict[str, kplus.EnvValue]:
    """How PostgreSQL's own programs are told which database they work on."""
    secret = kplus.Secret.from_secret_name(scope, "password", database.password_secret)
    text = kplus.EnvValue.from_value
    return {
        "PGHOST": text(database.host),
        "PGPORT": text(str(database.port)),
        "PGDATABASE": text(database.name),
        "PGUSER": text(database.user),
        "PGPASSWORD": kplus.EnvValue.from_secret_value(kplus.SecretValue(secret=secret, key="password")),
        "PGCONNECT_TIMEOUT": text("10"),
        "PGOPTIONS": text("--search-path=webapp --client-min-messages=warning"),
    }
