#!/bin/sh
# Makes the role $NEW_ROLE and its database $NEW_DATABASE where they are missing, and shows that the role can log in there.
set -eu

# Statements are made by format() from variables, so that no name and no password is taken for SQL; \getenv keeps them out of the list of processes.
psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=VERBOSITY=terse <<'SQL'
\getenv role NEW_ROLE
\getenv password NEW_PASSWORD
\getenv database NEW_DATABASE

-- A password in a statement must not reach the server's log, where this user may say so.
SELECT format('SET %I = %L', name, value)
FROM (VALUES ('log_statement', 'none'), ('log_min_error_statement', 'panic'), ('log_min_duration_statement', '-1')) AS setting (name, value)
WHERE (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
\gexec

-- Two that run at once would both find nothing.
SELECT pg_advisory_lock(hashtext('cdk8s-lifecycle/database-setup')) \g /dev/null

SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') AS has_role, EXISTS (SELECT FROM pg_database WHERE datname = :'database') AS has_database \gset
\if :has_role
  \echo the role :role is there
\else
  SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', :'role', :'password') \gexec
  \echo the role :role is made
\endif
\if :has_database
  \echo the database :database is there
\else
  -- Only a member of a role can make it an owner; a superuser counts as one.
  SELECT format('GRANT %I TO CURRENT_USER', :'role')
  WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AND :'role' <> current_user
  \gexec
  SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'role') \gexec
  \echo the database :database is made
\endif
SQL

PGUSER=$NEW_ROLE PGPASSWORD=$NEW_PASSWORD PGDATABASE=$NEW_DATABASE psql --no-psqlrc --no-password --quiet --output=/dev/null --command='SELECT 1'
echo "$NEW_ROLE can log in to $NEW_DATABASE"
