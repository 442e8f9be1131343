// Made from restore.sh by projenrc/embed-scripts.ts.

/** Puts a dump of the folder $BACKUPS in the place of what the database holds, in one transaction: the newest, the one named $DUMP, or the one before $MIGRATION. */
export const RESTORE = `#!/bin/sh
# Puts a dump of the folder $BACKUPS in the place of what the database holds, in one transaction: the newest, the one named $DUMP, or the one before $MIGRATION.
# With $ONLY_LOOK it says whether the dump is there, and changes nothing.
set -eu

database=$(printf '%s' "$PGDATABASE" | tr -c 'A-Za-z0-9_.-' '_')

dump=
if [ -n "\${DUMP:-}" ]; then
  dump=$DUMP
elif [ -n "\${MIGRATION:-}" ]; then
  pointer="$BACKUPS/$database.before-$MIGRATION"
  if [ ! -e "$pointer" ]; then
    echo "no dump was taken before $MIGRATION: there is no $pointer" >&2
    exit 1
  fi
  while read -r named of; do
    [ "$of" != "$VERSION" ] || dump=$named
  done <"$pointer"
  if [ -z "$dump" ]; then
    echo "no dump was taken before $MIGRATION of $VERSION; $pointer names others:" >&2
    cat -- "$pointer" >&2
    exit 1
  fi
else
  for file in "$BACKUPS/$database"-????????T??????Z*.dump; do
    [ ! -e "$file" ] || dump=\${file##*/}
  done
  if [ -z "$dump" ]; then
    echo "there is no dump of $PGDATABASE in $BACKUPS" >&2
    exit 1
  fi
fi
if [ ! -s "$BACKUPS/$dump" ]; then
  echo "there is no dump $BACKUPS/$dump" >&2
  exit 1
fi
if [ -n "\${ONLY_LOOK:-}" ]; then
  pg_restore --list "$BACKUPS/$dump" >/dev/null
  echo "$dump is there"
  exit 0
fi

work=$(mktemp -d)
psql=
trap 'rm -rf -- "$work"' EXIT
trap 'if [ -n "$psql" ]; then kill "$psql" || true; wait "$psql" || true; fi; exit 143' TERM INT HUP

# Extensions are the business of whoever may make them; a comment on one is refused to everybody else.
pg_restore --list "$BACKUPS/$dump" >"$work/everything"
sed -e '/ COMMENT - EXTENSION /d' "$work/everything" >"$work/list"

# What this user owns goes first, also what the dump does not know: a table of the migration that is taken back would stand in its way the next time.
cat >"$work/clear.sql" <<'SQL'
SET LOCAL client_min_messages = warning;
DO $clear$
DECLARE
  mine CONSTANT oid := (SELECT oid FROM pg_roles WHERE rolname = current_user);
  command text;
BEGIN
  FOREACH command IN ARRAY ARRAY(
    WITH
      schema AS (SELECT * FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'),
      -- What belongs to an extension, a column or another object goes and comes with it.
      part AS (SELECT classid, objid FROM pg_depend WHERE deptype IN ('e', 'i') OR (deptype = 'a' AND classid = 'pg_class'::regclass))
    SELECT format('DROP SCHEMA IF EXISTS %I CASCADE', nspname)
    FROM schema
    WHERE nspowner = mine AND nspname <> 'public' AND ('pg_namespace'::regclass, oid) NOT IN (SELECT classid, objid FROM part)
    UNION ALL
    SELECT format('DROP %s IF EXISTS %I.%I CASCADE', kind, nspname, relname)
    FROM pg_class
      JOIN schema ON schema.oid = relnamespace
      JOIN (VALUES ('r', 'TABLE'), ('p', 'TABLE'), ('v', 'VIEW'), ('m', 'MATERIALIZED VIEW'), ('f', 'FOREIGN TABLE'), ('S', 'SEQUENCE')) AS word (letter, kind)
        ON letter = relkind
    WHERE relowner = mine AND ('pg_class'::regclass, pg_class.oid) NOT IN (SELECT classid, objid FROM part)
    UNION ALL
    SELECT format('DROP ROUTINE IF EXISTS %I.%I(%s) CASCADE', nspname, proname, pg_get_function_identity_arguments(pg_proc.oid))
    FROM pg_proc JOIN schema ON schema.oid = pronamespace
    WHERE proowner = mine AND ('pg_proc'::regclass, pg_proc.oid) NOT IN (SELECT classid, objid FROM part)
    UNION ALL
    SELECT format('DROP TYPE IF EXISTS %I.%I CASCADE', nspname, typname)
    FROM pg_type JOIN schema ON schema.oid = typnamespace LEFT JOIN pg_class ON pg_class.oid = typrelid
    WHERE typowner = mine AND (typtype IN ('d', 'e', 'r') OR relkind = 'c') AND ('pg_type'::regclass, pg_type.oid) NOT IN (SELECT classid, objid FROM part)
  ) LOOP
    EXECUTE command;
  END LOOP;
END
$clear$;
SQL

# The transaction ends with COMMIT only if pg_restore came to its end: the server rolls back whatever breaks off before.
# A shell hears a signal only between two commands: what takes long runs beside it.
failed=
{
  echo 'BEGIN;'
  cat -- "$work/clear.sql"
  pg_restore --no-owner --use-list="$work/list" --file=- "$BACKUPS/$dump" && echo 'COMMIT;' && : >"$work/whole"
} | psql --no-psqlrc --no-password --quiet --output=/dev/null --set=ON_ERROR_STOP=1 &
psql=$!
wait "$psql" || failed=yes
psql=
if [ -n "$failed" ] || [ ! -e "$work/whole" ]; then
  echo "$dump was not restored; $PGDATABASE is as it was" >&2
  exit 1
fi
echo "restored $PGDATABASE from $dump"
`;
