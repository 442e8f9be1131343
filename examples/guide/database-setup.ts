import { Chart } from 'cdk8s';
import { DatabaseSetupHook, WaitFor } from 'cdk8s-lifecycle';
import { database } from './database';

/** "Hook (runs once per release lifecycle)": makes the database if it is missing. PostgreSQL has no `CREATE DATABASE IF NOT EXISTS`, whatever the guide says. */
export function addDatabaseSetup(chart: Chart): DatabaseSetupHook {
  const admin = database(chart, 'postgres');
  return new DatabaseSetupHook(chart, 'db-setup', {
    name: 'webapp-db-setup',
    weight: 1,
    database: database(chart),
    admin,
    waitFor: [WaitFor.postgres(admin)],
  });
}
