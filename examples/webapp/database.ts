import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** The database of the web app, which exists before the first release and after the last. */
export interface Database {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly user: string;
  /**
   * A Secret of the namespace with the key `password`.
   *
   * Its operator makes it, not the release: after an uninstall, when the cleanup needs it, everything of the release is gone.
   */
  readonly passwordSecret: string;
}

/** Where it is if nobody says so. */
export const DATABASE: Database = { host: 'postgres', port: 5432, name: 'webapp', user: 'webapp', passwordSecret: 'webapp-db' };

/** How PostgreSQL's own programs are told which database they work on. */
export function connectionTo(scope: Construct, { host, port, name, user, passwordSecret }: Database): Record<string, kplus.EnvValue> {
  const secret = kplus.Secret.fromSecretName(scope, 'password', passwordSecret);
  return {
    PGHOST: kplus.EnvValue.fromValue(host),
    PGPORT: kplus.EnvValue.fromValue(String(port)),
    PGDATABASE: kplus.EnvValue.fromValue(name),
    PGUSER: kplus.EnvValue.fromValue(user),
    PGPASSWORD: kplus.EnvValue.fromSecretValue({ secret, key: 'password' }),
    PGCONNECT_TIMEOUT: kplus.EnvValue.fromValue('10'),
    PGOPTIONS: kplus.EnvValue.fromValue('--search-path=webapp --client-min-messages=warning'),
  };
}
