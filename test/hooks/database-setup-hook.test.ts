import { DatabaseSetupHook, HookEvent } from '../../src/hooks';
import { DATABASE_SETUP } from '../../src/hooks/scripts/database-setup';
import { shell } from '../../src/hooks/shell';
import { environmentOf, podOf, shopDatabase } from './database/hooks';
import { newChart, synth } from './synth';

test('it works as the admin, and knows what to make: both passwords are references', () => {
  const chart = newChart();
  const admin = shopDatabase(chart, { name: 'postgres', user: 'root', clientImage: 'registry/postgres:17', clientUser: 70 });
  new DatabaseSetupHook(chart, 'hook', { database: shopDatabase(chart), admin });
  const { containers: [{ image, command }], securityContext } = podOf(chart, 'web-hook');
  expect([image, command, securityContext.runAsUser]).toEqual(['registry/postgres:17', shell(DATABASE_SETUP), 70]);
  expect(environmentOf(chart, 'web-hook')).toEqual({
    PGHOST: 'postgres',
    PGPORT: '5432',
    PGDATABASE: 'postgres',
    PGUSER: 'root',
    PGPASSWORD: { secretKeyRef: { name: 'postgres-db', key: 'password' } },
    PGCONNECT_TIMEOUT: '10',
    NEW_DATABASE: 'shop',
    NEW_ROLE: 'clerk',
    NEW_PASSWORD: { secretKeyRef: { name: 'shop-db', key: 'password' } },
  });
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({ 'helm.sh/hook': 'post-install', 'helm.sh/hook-delete-policy': 'before-hook-creation' });
});

test('it runs at other events where it is told to', () => {
  const chart = newChart();
  new DatabaseSetupHook(chart, 'hook', { database: shopDatabase(chart), admin: shopDatabase(chart, { name: 'postgres' }), on: [HookEvent.PRE_INSTALL] });
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install' });
});

test('an admin of another server is refused', () => {
  const chart = newChart();
  const admin = shopDatabase(chart, { name: 'postgres', host: 'elsewhere' });
  expect(() => new DatabaseSetupHook(chart, 'hook', { database: shopDatabase(chart), admin })).toThrow(
    'web/hook is to make a database at postgres:5432, and its admin is at elsewhere:5432. Make them one server.',
  );
});
