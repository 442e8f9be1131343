import { ReleaseRehearsal, fails, succeeds } from '../../src/testing';
import { configMap, file, job, withMetadata } from '../release/manifests';

function migrating(name: string, version: string): string {
  const migrate = job(name, { on: 'pre-upgrade' });
  const { annotations } = migrate.metadata;
  const held = withMetadata(migrate, { annotations: { ...annotations, 'cdk8s-lifecycle/mutex': 'shared/orders-db' } });
  return file('app.yaml', configMap(`${name}-settings`, { version }), held).text;
}

async function both(namespace = 'reports'): Promise<readonly [ReleaseRehearsal, ReleaseRehearsal]> {
  const shop = new ReleaseRehearsal({ release: 'shop', namespace: 'shop', outcomes: {} });
  const reports = new ReleaseRehearsal({ release: 'reports', namespace, beside: shop });
  await shop.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shared' } });
  (await shop.install(migrating('migrate-shop', '1'))).succeeded();
  (await reports.install(migrating('migrate-reports', '1'))).succeeded();
  return [shop, reports];
}

test('two releases that share a mutex wait for each other, and each has outcomes of its own', async () => {
  const [shop, reports] = await both();
  shop.script('migrate-shop', succeeds({ after: '30s' }));
  reports.script('migrate-reports', fails({ exitCode: 3 }));
  const [first, second] = await Promise.all([shop.upgrade(migrating('migrate-shop', '2')), reports.upgrade(migrating('migrate-reports', '2'))]);
  first.succeeded().ran('migrate-shop');
  second.failed('exited 3').ran('migrate-reports').reported('for Job/migrate-shop of shop/shop');
  expect(second.milliseconds).toBeGreaterThan(30_000);
  shop.hasRevisions('1 superseded', '2 deployed');
  reports.hasRevisions('1 deployed', '2 failed');
});

test('each release sees what is in its namespace, and two of one namespace see what both have made', async () => {
  const [shop, reports] = await both();
  shop.hasOnly('migrate-shop-settings', 'Namespace/shared');
  reports.hasOnly('migrate-reports-settings', 'Namespace/shared');
  const [one] = await both('shop');
  one.hasOnly('migrate-shop-settings', 'migrate-reports-settings', 'Namespace/shared');
});

test('what belongs to the cluster is said once', () => {
  const shop = new ReleaseRehearsal({ release: 'shop' });
  expect(() => new ReleaseRehearsal({ beside: shop, neverReady: ['web'] })).toThrow('start and neverReady belong to the cluster');
});

test('an operation is reported in every format that the command line writes', async () => {
  const shop = new ReleaseRehearsal({ release: 'shop', outcomes: { migrate: fails({ exitCode: 3 }) } });
  const failed = await shop.install(file('app.yaml', configMap('a'), job('migrate', { on: 'pre-install' })).text);
  expect(failed.reportAs('junit')).toContain('name="Job/migrate"');
  const events = failed.reportAs('json').trim().split('\n').map((line) => JSON.parse(line) as { kind: string });
  expect(events.map(({ kind }) => kind)).toEqual(failed.events.map(({ kind }) => kind));
  expect(failed.reportAs('html')).toContain('exited 3');
  const refused = await shop.rollback();
  expect(refused.refused().reportAs('junit')).toContain(refused.error!.message.split('\n')[0].replaceAll('"', '&quot;'));
});
