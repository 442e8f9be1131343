# Whether the role of libpq's variables can log in to its database.
# shellcheck shell=sh disable=SC2034
try() {
  problem=$(psql --no-psqlrc --no-password --quiet --output=/dev/null --command='SELECT 1' 2>&1)
}
