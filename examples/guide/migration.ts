import { Chart } from 'cdk8s';
import { MigrationHook } from 'cdk8s-lifecycle';
import { EnvValue } from 'cdk8s-plus-27';
import { HOST, NAME, password } from './database';

/** "Database Migration Hook": once a release, after the first install and before every upgrade. */
export function addMigration(chart: Chart): MigrationHook {
  return new MigrationHook(chart, 'migration', {
    name: 'webapp-db-migration',
    weight: 1,
    image: 'registry.example.com/webapp:2.0.0',
    command: ['npm', 'run', 'migrate'],
    env: { DB_HOST: EnvValue.fromValue(HOST), DB_NAME: EnvValue.fromValue(NAME), DB_PASSWORD: password(chart) },
  });
}
