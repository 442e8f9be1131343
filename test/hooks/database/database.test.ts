import * as kplus from 'cdk8s-plus-27';
import { Database, HookEvent, HookJob } from '../../../src/hooks';
import { newChart, synth } from '../synth';

const where = { host: 'postgres', name: 'shop', user: 'clerk' };

function environmentOf(props: { port?: number; sslMode?: string } = {}): unknown {
  const chart = newChart();
  const password = { secret: kplus.Secret.fromSecretName(chart, 'secret', 'shop-db'), key: 'password' };
  const database = Database.postgres({ ...where, ...props, password });
  new HookJob(chart, 'hook', { on: [HookEvent.TEST], image: 'tool:1', env: database.environment() });
  const job = synth(chart)['web-hook'] as { readonly spec?: { template: { spec: { containers: { env: unknown }[] } } } };
  return job.spec?.template.spec.containers[0].env;
}

test('the connection is in the variables of libpq, and the password is a reference to its Secret', () => {
  expect(environmentOf()).toEqual([
    { name: 'PGHOST', value: 'postgres' },
    { name: 'PGPORT', value: '5432' },
    { name: 'PGDATABASE', value: 'shop' },
    { name: 'PGUSER', value: 'clerk' },
    { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'shop-db', key: 'password' } } },
    { name: 'PGCONNECT_TIMEOUT', value: '10' },
  ]);
});

test('port and encryption are said where they are not the usual ones', () => {
  expect(environmentOf({ port: 6432, sslMode: 'verify-full' })).toEqual(expect.arrayContaining([
    { name: 'PGPORT', value: '6432' },
    { name: 'PGSSLMODE', value: 'verify-full' },
  ]));
});

test.each(['host', 'name', 'user'])('an empty %s is refused: libpq would take another', (property) => {
  const password = { secret: kplus.Secret.fromSecretName(newChart(), 'secret', 'shop-db'), key: 'password' };
  expect(() => Database.postgres({ ...where, [property]: '', password })).toThrow(`The database has an empty ${property}`);
});
