#!/bin/sh
# Dumps the database into the folder $BACKUPS under a name that only a whole dump gets, and keeps the newest $KEEP dumps.
set -eu
umask 027

# The name of the database as far as a file's name can hold it; the revision of the release where it is known.
database=$(printf '%s' "$PGDATABASE" | tr -c 'A-Za-z0-9_.-' '_')
revision=${REVISION:+-r$REVISION}

# A file that is not finished, and the process that is at it. A shell hears a signal only between two commands: what takes long runs beside it.
partial=
child=
list=$(mktemp)
trap 'rm -f -- "$list" ${partial:+"$partial"}' EXIT
trap 'if [ -n "$child" ]; then kill "$child" || true; wait "$child" || true; fi; exit 143' TERM INT HUP
beside() {
  "$@" &
  child=$!
  wait "$child"
  child=
}

rm -f -- "$BACKUPS/$database"-????????T??????Z*.partial # of a run that was killed; no two run at a time

name() {
  printf '%s-%s%s.dump' "$database" "$(date -u +%Y%m%dT%H%M%SZ)" "$revision"
}
dump=$(name)
while [ -e "$BACKUPS/$dump" ]; do
  sleep 1
  dump=$(name)
done

partial="$BACKUPS/$dump.partial"
beside pg_dump --no-password --format=custom --file="$partial" # it returns when the file is on the disk

if [ ! -s "$partial" ]; then
  echo "the dump of $PGDATABASE is empty" >&2
  exit 1
fi
pg_restore --list "$partial" >"$list"
if ! grep -q '^[0-9]' "$list"; then
  echo "the dump of $PGDATABASE is empty: the database holds no table and nothing else" >&2
  exit 1
fi
beside pg_restore --file=/dev/null "$partial" # reads every byte of it; the list is only its head

mv -- "$partial" "$BACKUPS/$dump"
partial=
sync "$BACKUPS"
size=$(wc -c <"$BACKUPS/$dump")
echo "saved $PGDATABASE as $dump ($((size)) bytes)"

# Names sort by time. What is no dump of this database is not ours to delete.
set -- "$BACKUPS/$database"-????????T??????Z*.dump
while [ "$#" -gt "$KEEP" ]; do
  rm -f -- "$1"
  echo "deleted ${1##*/}: the newest $KEEP are kept"
  shift
done

# A pointer for each migration that comes next: a line for each dump that was taken before it, the newest last.
while read -r migration version; do
  [ -n "$migration" ] || continue
  pointer="$BACKUPS/$database.before-$migration"
  partial="$pointer.partial"
  : >"$partial"
  if [ -e "$pointer" ]; then
    while read -r earlier of; do
      [ ! -e "$BACKUPS/$earlier" ] || printf '%s %s\n' "$earlier" "$of" >>"$partial"
    done <"$pointer"
  fi
  printf '%s %s\n' "$dump" "$version" >>"$partial"
  sync "$partial"
  mv -- "$partial" "$pointer"
  partial=
  echo "it was taken before $migration of $version"
done <<LIST
${MIGRATIONS:-}
LIST
sync "$BACKUPS"
