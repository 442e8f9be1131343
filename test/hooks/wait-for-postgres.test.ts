import { HelmChartApp } from '../../src/chart';
import { Database, MigrationHook, WaitFor } from '../../src/hooks';
import { TRY_POSTGRES } from '../../src/hooks/scripts/try-postgres';
import { CONNECTION, shopDatabase } from './database/hooks';
import { newChart, synth } from './synth';

interface InitContainer {
  readonly name: string;
  readonly image: string;
  readonly command: string[];
  readonly env: { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly securityContext: object;
}

test('a hook waits for its database in the image of the clients, with the password by reference', () => {
  const chart = newChart();
  const database = shopDatabase(chart);
  new MigrationHook(chart, 'hook', { image: 'shop:1', database, waitFor: [WaitFor.postgres(database)] });
  const { spec } = synth(chart)['web-hook'] as unknown as { spec: { template: { spec: { initContainers: InitContainer[] } } } };
  const [{ name, image, command, env, securityContext }] = spec.template.spec.initContainers;
  expect([name, image]).toEqual(['wait-for-postgres-shop', 'docker.io/library/postgres:16']);
  expect(command[2]).toContain(TRY_POSTGRES.split('\n').at(-3));
  expect(Object.fromEntries(env.map((each) => [each.name, each.value ?? each.valueFrom]))).toEqual({
    ...CONNECTION, WHAT: 'shop at postgres:5432', TIMEOUT: '120', INTERVAL: '2',
  });
  expect(securityContext).toMatchObject({ runAsUser: 999, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } });
});

test('the container is called after what the value of a chart stands as: not every name of a database is one of a container', () => {
  const { values } = new HelmChartApp({ name: 'web', version: '1.0.0' });
  const name = values.text('database.name', { defaultValue: 'the_shop' });
  const host = values.text('database.host');
  const chart = newChart();
  const { password } = shopDatabase(chart);
  const waitFor = [WaitFor.postgres(Database.postgres({ host, name, user: 'shop', password })), WaitFor.tcp(host, 80)];
  const { job } = new MigrationHook(chart, 'hook', { image: 'shop:1', waitFor });
  expect(job.initContainers.map((container) => container.name)).toEqual(['wait-for-postgres-the-shop', 'wait-for-database-host-80']);
});
