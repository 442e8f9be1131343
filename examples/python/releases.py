"""The migrations that each version of the web app brings, from the files of examples/webapp."""

from pathlib import Path

FILES = Path(__file__).resolve().parent.parent / "webapp" / "migrations"

MIGRATIONS = {
    "1.0.0": ["001-create-visitors.sql"],
    "2.0.0": ["001-create-visitors.sql", "002-remember-visits.sql"],
    "3.0.0": ["001-create-visitors.sql", "002-remember-visits.sql", "003-require-email.sql"],
}


def migrations(version: str) -> dict[str, str]:
    return {name: (FILES / name).read_text(encoding="utf-8") for name in MIGRATIONS[version]}
