#!/bin/sh
# Applies the migrations in the folder $MIGRATIONS that the database does not have yet, each in a transaction of its own.
set -eu

sql() {
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
}

sql --command='CREATE SCHEMA IF NOT EXISTS webapp'
sql --command='CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())'

for file in "$MIGRATIONS"/*.sql; do
  name=${file##*/}
  applied=$(sql --no-align --tuples-only --command="SELECT count(*) FROM migrations WHERE name = '$name'")
  if [ "$applied" -ne 0 ]; then
    echo "$name was applied before"
    continue
  fi
  sql --single-transaction --file="$file" --command="INSERT INTO migrations (name) VALUES ('$name')"
  echo "$name is applied"
done
