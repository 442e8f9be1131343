import { Chart } from 'cdk8s';
import { MigrationHook } from 'cdk8s-lifecycle';
import { EnvValue } from 'cdk8s-plus-27';
import { database } from './database';

/** "Database Migration Hook": once a release, after the first install and before every upgrade. */
export function addMigration(chart: Chart): MigrationHook {
  const { host, name, password } = database(chart);
  return new MigrationHook(chart, 'migration', {
    name: 'webapp-db-migration',
    weight: 1,
    image: 'registry.example.com/webapp:2.0.0',
    command: ['npm', 'run', 'migrate'],
    env: { DB_HOST: EnvValue.fromValue(host), DB_NAME: EnvValue.fromValue(name), DB_PASSWORD: EnvValue.fromSecretValue(password) },
  });
}
