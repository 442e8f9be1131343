import { Chart } from 'cdk8s';
import { Database } from 'cdk8s-lifecycle';
import { Secret } from 'cdk8s-plus-27';

/** The server of the guide, as its charts name it. */
export const HOST = 'webapp-postgresql';

/** A database of it. The password is in the Secret that the chart of PostgreSQL makes. */
export function database(chart: Chart, name = 'webapp'): Database {
  const secret = Secret.fromSecretName(chart, `password-of-${name}`, HOST);
  return Database.postgres({ host: HOST, name, user: 'postgres', password: { secret, key: 'postgres-password' } });
}
