import * as kplus from 'cdk8s-plus-27';
import { encodedText } from '../../tokens';
import { address } from '../address';
import { variables } from '../variables';
import { Database } from './database';

/** Where a migration tool finds the migrations. */
export interface MigrationOptions {
  /**
   * A path in the image.
   *
   * @default - where the tool looks by itself
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.alembic({ path: '/app/alembic.ini' }) });
   */
  readonly path?: string;
}

/** How a tool is run, and how it is told where the database is if it does not read libpq's variables. */
interface Tool {
  readonly command: string[];
  readonly environment?: (database: Database) => { [name: string]: kplus.EnvValue };
}

/**
 * The command line of a migration tool. Each was run against PostgreSQL: knex 3, Alembic 1 with psycopg 3, golang-migrate 4, dbmate 2, Flyway 9, Liquibase 4.
 *
 * The password gets to the tool in its environment only.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { Database, Migration, MigrationHook } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * declare const postgres: Database;
 * new MigrationHook(chart, 'migrate', {
 *   image: 'registry.example.com/shop-migrations:2.4.0',
 *   database: postgres,
 *   tool: Migration.flyway({ path: '/migrations' }),
 * });
 */
export class Migration {
  /**
   * knex of the project in the image's working folder, `path` its knexfile. It connects with `pg`, which reads libpq's variables: `connection: {}`.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.knex({ path: '/app/knexfile.js' }) });
   */
  public static knex({ path }: MigrationOptions = {}): Migration {
    const knex = ['node_modules/.bin/knex', ...(path === undefined ? [] : ['--knexfile', path])]; // npx would write to the home folder
    return new Migration({ command: [...knex, 'migrate:latest'] });
  }

  /**
   * Alembic, `path` its alembic.ini. With `sqlalchemy.url = postgresql+psycopg://` it connects as libpq's variables say.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.alembic({ path: '/app/alembic.ini' }) });
   */
  public static alembic({ path }: MigrationOptions = {}): Migration {
    const alembic = ['alembic', ...(path === undefined ? [] : ['--config', path])];
    return new Migration({ command: [...alembic, 'upgrade', 'head'] });
  }

  /**
   * golang-migrate, `path` the folder of its migrations, `/migrations` by default. It encrypts unless the database's `sslMode` is `disable`.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.goMigrate({ path: '/migrations/postgres' }) });
   */
  public static goMigrate({ path = '/migrations' }: MigrationOptions = {}): Migration {
    const migrate = ['migrate', '-path', path, '-database', 'postgres:///']; // a URL without a place: lib/pq reads libpq's variables
    return new Migration({ command: [...migrate, 'up'] });
  }

  /**
   * dbmate, `path` the folder of its migrations, `./db/migrations` by default. It encrypts unless the database's `sslMode` is `disable`.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.dbmate({ path: '/app/db/migrations' }) });
   */
  public static dbmate({ path }: MigrationOptions = {}): Migration {
    const dbmate = ['dbmate', ...(path === undefined ? [] : ['--migrations-dir', path]), '--no-dump-schema'];
    const environment = (database: Database) => variables({ DATABASE_URL: dbmateUrl(database) });
    return new Migration({ command: [...dbmate, 'migrate'], environment });
  }

  /**
   * Flyway, `path` the folder of its migrations, `/flyway/sql` by default.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.flyway({ path: '/app/sql' }) });
   */
  public static flyway({ path = '/flyway/sql' }: MigrationOptions = {}): Migration {
    const environment = (database: Database) => ({
      ...variables({ FLYWAY_URL: jdbcUrl(database), FLYWAY_USER: database.user }),
      FLYWAY_PASSWORD: kplus.EnvValue.fromSecretValue(database.password),
    });
    return new Migration({ command: ['flyway', `-locations=filesystem:${path}`, 'migrate'], environment });
  }

  /**
   * Liquibase, `path` its changelog, `changelog.sql` by default.
   *
   * One that begins with `/` may be in any folder, which becomes Liquibase's search path; another is in the working folder of the image.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.liquibase({ path: '/app/db/changelog.xml' }) });
   */
  public static liquibase({ path = 'changelog.sql' }: MigrationOptions = {}): Migration {
    // An absolute path is looked for below the search path, too, and that is the working folder unless it is told.
    const [, folder, file = path] = /^(\/.*?)\/*([^/]+)$/.exec(path) ?? [];
    const search = folder === undefined ? [] : [`--search-path=${folder}`];
    const environment = (database: Database) => ({
      ...variables({ LIQUIBASE_COMMAND_URL: jdbcUrl(database), LIQUIBASE_COMMAND_USERNAME: database.user }),
      LIQUIBASE_COMMAND_PASSWORD: kplus.EnvValue.fromSecretValue(database.password),
    });
    return new Migration({ command: ['liquibase', ...search, 'update', `--changelog-file=${file}`], environment });
  }

  /** What brings the schema up to date. */
  public readonly command: string[];

  private readonly tool: Tool;

  private constructor(tool: Tool) {
    this.command = tool.command;
    this.tool = tool;
  }

  /**
   * Tells the tool where the database is: libpq's variables, and the tool's own.
   *
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop:2.4.0', env: Migration.flyway().environment(postgres) });
   */
  public environment(database: Database): { [name: string]: kplus.EnvValue } {
    return { ...database.environment(), ...this.tool.environment?.(database) };
  }
}

/** A text as a part of a URL. What somebody wrote for Helm to put in stays as it is. */
function encoded(text: string): string {
  return text.includes('{{') ? text : encodedText(text, 'url');
}

/**
 * Where a database is, for dbmate; the rest it reads from libpq's variables.
 *
 * Without a host it takes a socket of its own machine, and only here it understands an address of IPv6: dbmate/pkg/driver/postgres/postgres.go.
 */
function dbmateUrl({ host, port, name }: Database): string {
  return `postgres:///${encoded(name)}?host=${encoded(host)}&port=${port}`;
}

/** A database in the words of Java. */
function jdbcUrl({ host, port, name, sslMode }: Database): string {
  return `jdbc:postgresql://${address(host, port)}/${encoded(name)}${sslMode === undefined ? '' : `?sslmode=${encoded(sslMode)}`}`;
}
