#!/bin/sh
# Waits until the database at $PGHOST:$PGPORT accepts connections.
set -eu

until pg_isready --quiet --timeout=2; do
  echo "waiting for the database at $PGHOST:$PGPORT"
  sleep 2
done
