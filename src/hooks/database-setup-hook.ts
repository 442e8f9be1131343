import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { sampleText } from '../tokens';
import { client } from './database/client';
import { Database } from './database/database';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';
import { mayBeEqual } from './known';
import { DATABASE_SETUP } from './scripts/database-setup';
import { variables } from './variables';

/** Properties of `DatabaseSetupHook`. */
export interface DatabaseSetupHookProps extends HookProps {
  /**
   * The database to make, and the role to make that owns it. An existing role keeps its password, which must be that of the Secret.
   *
   * @example
   * new DatabaseSetupHook(chart, 'setup', { database: postgres, admin: admin });
   */
  readonly database: Database;

  /**
   * A database that is there already, such as `postgres`, and a role that may make databases and roles.
   *
   * @example
   * const superuser = Database.postgres({ host: postgres.host, name: 'postgres', user: 'postgres', password: { secret: secret, key: 'admin-password' } });
   * new DatabaseSetupHook(chart, 'setup', { database: postgres, admin: superuser });
   */
  readonly admin: Database;

  /**
   * The image with psql.
   *
   * @default - that of the clients of `admin`
   * @example
   * new DatabaseSetupHook(chart, 'setup', { database: postgres, admin: admin, image: 'registry.example.com/postgres:17' });
   */
  readonly image?: string;

  /**
   * What to run.
   *
   * @default - what makes database and role
   * @example
   * new DatabaseSetupHook(chart, 'setup', { database: postgres, admin: admin, command: ['psql', '--command', 'CREATE DATABASE shop'] });
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_INSTALL]
   * @example
   * new DatabaseSetupHook(chart, 'setup', { database: postgres, admin: admin, on: [HookEvent.PRE_INSTALL] });
   */
  readonly on?: HookEvent[];
}

/**
 * Makes a database and its role where they are missing, and shows that the role can log in there. Run it before the migration: `migrate.after(setup)`.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { Database, DatabaseSetupHook } from 'cdk8s-lifecycle';
 * import { Secret } from 'cdk8s-plus-27';
 *
 * declare const chart: Chart;
 * declare const postgres: Database;
 * const login = Secret.fromSecretName(chart, 'postgres-admin', 'postgres-admin');
 * const superuser = Database.postgres({ host: postgres.host, name: 'postgres', user: 'postgres', password: { secret: login, key: 'password' } });
 * new DatabaseSetupHook(chart, 'setup', { database: postgres, admin: superuser });
 */
export class DatabaseSetupHook extends HookJob {
  constructor(scope: Construct, id: string, props: DatabaseSetupHookProps) {
    const { database, admin, ...rest } = defined(props);
    if (!mayBeEqual(database.host, admin.host) || !mayBeEqual(database.port, admin.port)) {
      const places = sampleText(`${database.host}:${database.port}, and its admin is at ${admin.host}:${admin.port}`);
      throw new Error(`${scope.node.path}/${id} is to make a database at ${places}. Make them one server.`);
    }
    const env = {
      ...variables({ NEW_DATABASE: database.name, NEW_ROLE: database.user }),
      NEW_PASSWORD: kplus.EnvValue.fromSecretValue(database.password),
    };
    super(scope, id, { on: [HookEvent.POST_INSTALL], ...client(admin, DATABASE_SETUP, rest, env) });
  }
}
