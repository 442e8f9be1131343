import * as kplus from 'cdk8s-plus-27';
import { sampleText } from '../../tokens';
import { variables } from '../variables';

/** Where a PostgreSQL database is, and as whom to work on it. */
export interface PostgresProps {
  /**
   * Name or address of the server.
   *
   * @example
   * Database.postgres({ host: 'postgres.data.svc', name: 'shop', user: 'shop', password: { secret: secret, key: 'password' } });
   */
  readonly host: string;

  /**
   * Port of the server.
   *
   * @default 5432
   * @example
   * Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: { secret: secret, key: 'password' }, port: 6432 });
   */
  readonly port?: number;

  /**
   * Name of the database.
   *
   * @example
   * Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: { secret: secret, key: 'password' } });
   */
  readonly name: string;

  /**
   * The role that logs in.
   *
   * @example
   * Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: { secret: secret, key: 'password' } });
   */
  readonly user: string;

  /**
   * The key of a Secret that holds the role's password.
   *
   * Where the release makes the Secret, hooks that run before an install or after an uninstall do not find it: it must then be a hook itself, or be made by
   * somebody else (`Secret.fromSecretName`).
   *
   * @example
   * const login = kplus.Secret.fromSecretName(chart, 'shop-db', 'shop-db');
   * Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: { secret: login, key: 'password' } });
   */
  readonly password: kplus.SecretValue;

  /**
   * How the connection is encrypted, in libpq's words: `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`.
   *
   * @default - libpq's own: `prefer`
   * @example
   * Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: { secret: secret, key: 'password' }, sslMode: 'require' });
   */
  readonly sslMode?: string;

  /**
   * The image with psql, pg_dump and pg_restore, all of version 14 or newer. It must not be older than the server.
   *
   * @default 'docker.io/library/postgres:16'
   * @example
   * const login = { secret: secret, key: 'password' };
   * Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: login, clientImage: 'docker.io/library/postgres:17' });
   */
  readonly clientImage?: string;

  /**
   * Numeric id of the user that these programs run as in that image.
   *
   * @default 999
   * @example
   * const login = { secret: secret, key: 'password' };
   * Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: login, clientImage: 'docker.io/library/postgres:17-alpine', clientUser: 70 });
   */
  readonly clientUser?: number;
}

/**
 * A database that several hooks work on. It is no object of the chart: it says where the database is, and where its password is found.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { BackupHook, Database } from 'cdk8s-lifecycle';
 * import { PersistentVolumeClaim, Secret } from 'cdk8s-plus-27';
 *
 * declare const chart: Chart;
 * const login = Secret.fromSecretName(chart, 'shop-db', 'shop-db');
 * const postgres = Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: { secret: login, key: 'password' } });
 * new BackupHook(chart, 'backup', { database: postgres, destination: PersistentVolumeClaim.fromClaimName(chart, 'dumps', 'shop-dumps') });
 */
export class Database {
  /**
   * A PostgreSQL database.
   *
   * @example
   * Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: { secret: secret, key: 'password' } });
   */
  public static postgres(props: PostgresProps): Database {
    return new Database(props);
  }

  /** Name or address of the server. */
  public readonly host: string;

  /** Port of the server. */
  public readonly port: number;

  /** Name of the database. */
  public readonly name: string;

  /** The role that logs in. */
  public readonly user: string;

  /** The key of a Secret that holds the role's password. */
  public readonly password: kplus.SecretValue;

  /** How the connection is encrypted; without it, as libpq does by default. */
  public readonly sslMode?: string;

  /** The image with psql, pg_dump and pg_restore. */
  public readonly clientImage: string;

  /** Numeric id of the user that these programs run as. */
  public readonly clientUser: number;

  private constructor({ host, port, name, user, password, sslMode, clientImage, clientUser }: PostgresProps) {
    for (const [what, value] of Object.entries({ host, name, user })) {
      if (sampleText(value) === '') throw new Error(`The database has an empty ${what}, for which libpq would take another. Give it one.`);
    }
    this.host = host;
    this.port = port ?? 5432;
    this.name = name;
    this.user = user;
    this.password = password;
    this.sslMode = sslMode;
    this.clientImage = clientImage ?? 'docker.io/library/postgres:16';
    this.clientUser = clientUser ?? 999;
  }

  /**
   * The connection in the environment variables of libpq, which psql, pg_dump and most drivers read: `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER`, `PGPASSWORD`,
   * `PGSSLMODE` and `PGCONNECT_TIMEOUT` (10 s). The password is a reference to its Secret.
   *
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop:2.4.0', env: postgres.environment() });
   */
  public environment(): { [name: string]: kplus.EnvValue } {
    return {
      ...variables({ PGHOST: this.host, PGPORT: this.port, PGDATABASE: this.name, PGUSER: this.user }),
      PGPASSWORD: kplus.EnvValue.fromSecretValue(this.password),
      ...variables({ PGCONNECT_TIMEOUT: 10, PGSSLMODE: this.sslMode }),
    };
  }
}
