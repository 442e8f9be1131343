import { Chart } from 'cdk8s';
import { EnvValue, Secret } from 'cdk8s-plus-27';

/** The database of the guide, as its charts name it. */
export const HOST = 'webapp-postgresql';
export const NAME = 'webapp';

/** Its password, in the Secret that the chart of PostgreSQL makes. */
export function password(chart: Chart): EnvValue {
  return EnvValue.fromSecretValue({ secret: Secret.fromSecretName(chart, 'password', HOST), key: 'postgres-password' });
}
