import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Database, PostgresProps } from '../../../src/hooks';
import { synth } from '../synth';

/** The database of the tests, with its password in a Secret that somebody else made. */
export function shopDatabase(chart: Chart, props: Partial<PostgresProps> = {}): Database {
  const secret = kplus.Secret.fromSecretName(chart, `secret-${props.name ?? 'shop'}`, `${props.name ?? 'shop'}-db`);
  return Database.postgres({ host: 'postgres', name: 'shop', user: 'clerk', password: { secret, key: 'password' }, ...props });
}

/** The claim that the dumps of the tests are on. */
export function dumps(chart: Chart): kplus.IPersistentVolumeClaim {
  return kplus.PersistentVolumeClaim.fromClaimName(chart, 'dumps', 'shop-dumps');
}

/** What a Job runs, as far as the tests look at it. */
export interface Container {
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly volumeMounts: { readonly name: string; readonly mountPath: string }[];
}

interface PodSpec {
  readonly containers: Container[];
  readonly volumes: unknown[];
  readonly securityContext: { readonly runAsUser?: number; readonly fsGroup?: number };
}

/** The specification of the Pod of a Job. */
export function podOf(chart: Chart, job: string): PodSpec {
  const { spec } = synth(chart)[job] as unknown as { spec: { template: { spec: PodSpec } } };
  return spec.template.spec;
}

/** The environment of a Job: a value, or where it comes from. */
export function environmentOf(chart: Chart, job: string): Record<string, unknown> {
  const env = podOf(chart, job).containers[0].env ?? [];
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

/** The environment that every connection to the database of the tests has. */
export const CONNECTION = {
  PGHOST: 'postgres',
  PGPORT: '5432',
  PGDATABASE: 'shop',
  PGUSER: 'clerk',
  PGPASSWORD: { secretKeyRef: { name: 'shop-db', key: 'password' } },
  PGCONNECT_TIMEOUT: '10',
};
