#!/bin/sh
# Dumps the database $PGDATABASE into the folder $BACKUPS, under a name that only a whole dump gets.
set -eu

name="$PGDATABASE-$(date -u +%Y%m%dT%H%M%SZ).dump"
partial="$BACKUPS/$name.partial"

rm -f "$BACKUPS"/*.partial # of a run that was killed; no two run at a time
trap 'rm -f "$partial"' EXIT

pg_dump --format=custom --file="$partial"
if [ ! -s "$partial" ]; then
  echo "the dump is empty" >&2
  exit 1
fi
pg_restore --list "$partial" >/dev/null
mv "$partial" "$BACKUPS/$name"

echo "saved $PGDATABASE as $name"
