import { Chart } from 'cdk8s';
import { addBackup } from './backup';
import { addCleanup } from './cleanup';
import { addDatabaseSetup } from './database-setup';
import { addDeletePolicies } from './delete-policies';
import { addMigration } from './migration';
import { addOrder } from './order';
import { addWaitingDeployment } from './wait-for-db';

/** What each chapter of the guide adds to a chart. */
export const CHAPTERS: Readonly<Record<string, (chart: Chart) => unknown>> = {
  'migration': addMigration,
  'backup': addBackup,
  'cleanup': addCleanup,
  'wait-for-db': addWaitingDeployment,
  'database-setup': addDatabaseSetup,
  'order': addOrder,
  'delete-policies': addDeletePolicies,
};
