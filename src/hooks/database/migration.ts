import * as kplus from 'cdk8s-plus-27';
import { address, variables } from '../curl';
import { Database } from './database';

/** Where a migration tool finds the migrations. */
export interface MigrationOptions {
  /**
   * A path in the image.
   *
   * @default - where the tool looks by itself
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
 */
export class Migration {
  /**
   * knex of the project in the image's working folder, `path` its knexfile. It connects with `pg`, which reads libpq's variables: `connection: {}`.
   */
  public static knex({ path }: MigrationOptions = {}): Migration {
    const knex = ['node_modules/.bin/knex', ...(path === undefined ? [] : ['--knexfile', path])]; // npx would write to the home folder
    return new Migration({ command: [...knex, 'migrate:latest'] });
  }

  /** Alembic, `path` its alembic.ini. With `sqlalchemy.url = postgresql+psycopg://` it connects as libpq's variables say. */
  public static alembic({ path }: MigrationOptions = {}): Migration {
    const alembic = ['alembic', ...(path === undefined ? [] : ['--config', path])];
    return new Migration({ command: [...alembic, 'upgrade', 'head'] });
  }

  /** golang-migrate, `path` the folder of its migrations, `/migrations` by default. It encrypts unless the database's `sslMode` is `disable`. */
  public static goMigrate({ path = '/migrations' }: MigrationOptions = {}): Migration {
    const migrate = ['migrate', '-path', path, '-database', 'postgres:///']; // a URL without a place: lib/pq reads libpq's variables
    return new Migration({ command: [...migrate, 'up'] });
  }

  /** dbmate, `path` the folder of its migrations, `./db/migrations` by default. It encrypts unless the database's `sslMode` is `disable`. */
  public static dbmate({ path }: MigrationOptions = {}): Migration {
    const dbmate = ['dbmate', '--url', 'postgres:///', ...(path === undefined ? [] : ['--migrations-dir', path]), '--no-dump-schema'];
    return new Migration({ command: [...dbmate, 'migrate'] });
  }

  /** Flyway, `path` the folder of its migrations, `/flyway/sql` by default. */
  public static flyway({ path = '/flyway/sql' }: MigrationOptions = {}): Migration {
    const environment = (database: Database) => ({
      ...variables({ FLYWAY_URL: jdbcUrl(database), FLYWAY_USER: database.user }),
      FLYWAY_PASSWORD: kplus.EnvValue.fromSecretValue(database.password),
    });
    return new Migration({ command: ['flyway', `-locations=filesystem:${path}`, 'migrate'], environment });
  }

  /** Liquibase, `path` its changelog, `changelog.sql` by default. */
  public static liquibase({ path = 'changelog.sql' }: MigrationOptions = {}): Migration {
    const changelog = `--changelog-file=${path}`;
    const environment = (database: Database) => ({
      ...variables({ LIQUIBASE_COMMAND_URL: jdbcUrl(database), LIQUIBASE_COMMAND_USERNAME: database.user }),
      LIQUIBASE_COMMAND_PASSWORD: kplus.EnvValue.fromSecretValue(database.password),
    });
    return new Migration({ command: ['liquibase', 'update', changelog], environment });
  }

  /** What brings the schema up to date. */
  public readonly command: string[];

  private readonly tool: Tool;

  private constructor(tool: Tool) {
    this.command = tool.command;
    this.tool = tool;
  }

  /** Tells the tool where the database is: libpq's variables, and the tool's own. */
  public environment(database: Database): { [name: string]: kplus.EnvValue } {
    return { ...database.environment(), ...this.tool.environment?.(database) };
  }
}

/** A database in the words of Java. What Helm is to put in stays as it is. */
function jdbcUrl({ host, port, name, sslMode }: Database): string {
  const encoded = (text: string) => (text.includes('{{') ? text : encodeURIComponent(text));
  return `jdbc:postgresql://${address(host, port)}/${encoded(name)}${sslMode === undefined ? '' : `?sslmode=${encoded(sslMode)}`}`;
}
