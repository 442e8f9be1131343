import { Chart } from 'cdk8s';
import { HookEvent, HookJob, WaitFor } from 'cdk8s-lifecycle';
import { EnvValue } from 'cdk8s-plus-27';
import { HOST, NAME, password } from './database';

/** PostgreSQL has no `CREATE DATABASE IF NOT EXISTS`, whatever the guide says. */
const SETUP = `set -eu
[ "$(psql --no-align --tuples-only --set=name="$DB_NAME" <<'SQL'
SELECT 1 FROM pg_database WHERE datname = :'name'
SQL
)" = 1 ] || createdb "$DB_NAME"
`;

/** "Hook (runs once per release lifecycle)": the database is created after the install, if it is missing. */
export function addDatabaseSetup(chart: Chart): HookJob {
  return new HookJob(chart, 'db-setup', {
    name: 'webapp-db-setup',
    on: [HookEvent.POST_INSTALL],
    weight: 1,
    image: 'docker.io/library/postgres:13',
    user: 999,
    command: ['sh', '-c', SETUP],
    env: {
      PGHOST: EnvValue.fromValue(HOST),
      PGUSER: EnvValue.fromValue('postgres'),
      PGDATABASE: EnvValue.fromValue('postgres'),
      PGPASSWORD: password(chart),
      DB_NAME: EnvValue.fromValue(NAME),
    },
    waitFor: [WaitFor.tcp(HOST, 5432)],
  });
}
