"""The web app of examples/webapp in Python: the same manifests, byte for byte."""

import os
from pathlib import Path

from cdk8s import App

from webapp import WebApp

# The migrations that each version of the web app brings.
MIGRATIONS = {
    "1.0.0": ["001-create-visitors.sql"],
    "2.0.0": ["001-create-visitors.sql", "002-remember-visits.sql"],
    "3.0.0": ["001-create-visitors.sql", "002-remember-visits.sql", "003-require-email.sql"],
}

FILES = Path(__file__).resolve().parent.parent / "webapp" / "migrations"

version = os.environ.get("WEBAPP_VERSION", "2.0.0")
if version not in MIGRATIONS:
    raise SystemExit(f"WEBAPP_VERSION must be one of {', '.join(MIGRATIONS)}")
host, _, port = os.environ.get("WEBAPP_DATABASE", "postgres").partition(":")

app = App()
WebApp(
    app,
    "webapp",
    version=version,
    migrations={name: (FILES / name).read_text(encoding="utf-8") for name in MIGRATIONS[version]},
    database_host=host,
    database_port=int(port or 5432),
    storage_class_name=os.environ.get("WEBAPP_STORAGE_CLASS"),
)
app.synth()
