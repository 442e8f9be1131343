"""The web app of examples/webapp in Python: the same manifests, byte for byte."""

import os

from cdk8s import App

from releases import MIGRATIONS, migrations
from webapp import WebApp

version = os.environ.get("WEBAPP_VERSION", "2.0.0")
if version not in MIGRATIONS:
    raise SystemExit(f"WEBAPP_VERSION must be one of {', '.join(MIGRATIONS)}")
host, _, port = os.environ.get("WEBAPP_DATABASE", "postgres").partition(":")

app = App()
WebApp(
    app,
    "webapp",
    version=version,
    migrations=migrations(version),
    database_host=host,
    database_port=int(port or 5432),
    storage_class_name=os.environ.get("WEBAPP_STORAGE_CLASS"),
)
app.synth()
