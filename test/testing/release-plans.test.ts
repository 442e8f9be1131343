import { App, Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { BackupHook, CleanupHook, MigrationHook } from '../../src';
import { ReleaseRehearsal, fails, inTurn, succeeds } from '../../src/testing';
import { mismatch } from './mismatch';

function shop(version: string): Chart {
  const image = `shop:${version}`;
  const chart = new Chart(new App(), 'shop', { disableResourceNameHashes: true });
  const backup = new BackupHook(chart, 'backup', { image, command: ['dump'] });
  const migrate = new MigrationHook(chart, 'migrate', { image, command: ['migrate'] });
  new CleanupHook(chart, 'cleanup', { image, command: ['clean'] });
  new ConfigMap(chart, 'settings', { data: { version } });
  migrate.protectedBy(backup);
  return chart;
}

async function installed(): Promise<ReleaseRehearsal> {
  const release = new ReleaseRehearsal({ release: 'shop' });
  (await release.install(shop('1'))).succeeded();
  return release;
}

test('a plan says what would run and change, and changes nothing', async () => {
  const release = new ReleaseRehearsal({ release: 'shop' });
  (await release.plans.install(shop('1'))).runs('post-install migrate').shows('+ ConfigMap/shop-settings');
  release.hasOnly().hasRevisions();
  (await release.plans.upgrade(shop('1'), { install: true })).shows('install shop');
  (await release.install(shop('1'))).succeeded();
  (await release.plans.upgrade(shop('2'))).runs('backup', 'migrate').skips().shows(/after Job\/shop-backup/).shows('~ ConfigMap/shop-settings');
  (await release.upgrade(shop('2'))).succeeded();
  (await release.plans.rollback()).runs().shows('back to what revision 1 was');
  (await release.plans.uninstall()).runs('backup', 'cleanup');
  release.hasRevisions('1 superseded', '2 deployed');
});

test('a plan that was looked at is performed', async () => {
  const release = await installed();
  const plan = await release.plans.upgrade(shop('2'));
  (await release.upgrade(shop('2'), { plan, wait: true })).succeeded().ran('backup', 'migrate');
  const back = await release.plans.rollback(1);
  (await release.rollback(1, { plan: back })).succeeded();
  (await release.uninstall({ plan: await release.plans.uninstall() })).succeeded();
});

test('a plan is not performed where the manifests or the release are others by now', async () => {
  const release = await installed();
  const plan = await release.plans.upgrade(shop('2'));
  (await release.upgrade(shop('3'), { plan })).refused('This is not what plan.json plans').ran();
  (await release.upgrade(shop('2'), { plan, hooks: false })).refused('the hooks before');
  (await release.upgrade(shop('2'))).succeeded();
  (await release.upgrade(shop('2'), { plan })).refused('when the plan was made, revision 1 was deployed; now revision 2 is deployed');
  release.hasRevisions('1 superseded', '2 deployed');
});

test('a plan of what goes on skips what has succeeded', async () => {
  const release = await installed();
  release.script('migrate', inTurn(fails(), succeeds()));
  (await release.upgrade(shop('2'))).failed();
  const plan = await release.plans.upgrade(shop('2'), { resume: true });
  plan.skips('backup').runs('migrate');
  (await release.upgrade(shop('2'), { resume: true, plan })).succeeded().ran('migrate');
});

test('what cannot be planned is told as people are told it', async () => {
  await expect(new ReleaseRehearsal({ release: 'shop' }).plans.upgrade(shop('1'))).rejects.toThrow('There is no release "shop"');
});

test('an expectation of a plan that does not hold shows the plan', async () => {
  const release = await installed();
  const plan = await release.plans.upgrade(shop('2'));
  expect(await mismatch(() => plan.runs('migrate', 'backup'))).toBe([
    'Expected the plan of upgrade shop to run migrate, backup, but it runs pre-upgrade Job/shop-backup (backup) where "migrate" was expected.',
    '',
    'The plan:',
    ...plan.report.map((line) => `  ${line}`),
  ].join('\n'));
  expect(await mismatch(() => plan.runs('backup', 'migrate', 'cleanup'))).toContain('but it does not run "cleanup".');
  expect(await mismatch(() => plan.runs('backup'))).toContain('but it runs pre-upgrade Job/shop-migrate (migrate), too.');
  expect(await mismatch(() => plan.skips('backup'))).toContain('to skip backup, but it does not skip "backup".');
  expect(await mismatch(() => plan.shows(/cleaned/))).toContain('to show /cleaned/, but it does not.');
});
