import { App, Chart } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-27';
import { BackupHook, CleanupHook, HelmChartApp, MigrationHook, OnlyIf, ReleaseChart } from '../../src';
import { Hooks } from '../../src/testing';
import { KubeObject } from '../../src/vocabulary';
import { configMap, job } from '../release/manifests';
import { mismatch } from './mismatch';

const image = 'shop:2.0';

function shop(): Chart {
  const chart = new Chart(new App(), 'shop', { disableResourceNameHashes: true });
  const backup = new BackupHook(chart, 'backup', { image, command: ['dump'] });
  const migrate = new MigrationHook(chart, 'migrate', { image, command: ['migrate'] });
  new CleanupHook(chart, 'cleanup', { image, command: ['clean'] });
  new PersistentVolumeClaim(chart, 'dumps', {});
  migrate.protectedBy(backup);
  return chart;
}

function yaml(...objects: readonly KubeObject[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

test('every expectation that holds leads to the next', () => {
  const hooks = Hooks.fromChart(shop()).at('pre-upgrade').inOrder('backup', 'migrate').exactly('backup', 'migrate').count(2).withPolicy('before-hook-creation');
  expect(hooks.names).toEqual(['shop-backup', 'shop-migrate']);
  expect(hooks.named('migrate').withWeight(1).matching({ kind: 'Job', spec: { backoffLimit: 0 } }).names).toEqual(['shop-migrate']);
});

test.each([['shop-backup', 'shop-migrate'], ['Job/shop-backup', 'Job/shop-migrate'], ['backup', 'migrate'], ['backup', 'shop-migrate']])('hooks are known as %s and %s', (backup, migrate) => {
  expect(Hooks.fromChart(shop()).at('pre-upgrade').inOrder(backup, migrate).hooks).toHaveLength(2);
});

test('hooks are those of every chart of an app', async () => {
  const app = new App();
  for (const name of ['a', 'b']) new MigrationHook(new Chart(app, name, { disableResourceNameHashes: true }), 'migrate', { image, command: ['migrate'] });
  expect(Hooks.fromChart(app).at('pre-upgrade').exactly('a-migrate', 'b-migrate').what).toBe('pre-upgrade hooks of the app');
  expect(await mismatch(() => Hooks.fromChart(app).at('pre-upgrade').inOrder('migrate'))).toMatch(
    'but "migrate" is more than one: Job/a-migrate (migrate), Job/b-migrate (migrate). Name the one that you mean.',
  );
});

function withValues(): { readonly app: HelmChartApp; readonly chart: Chart } {
  const app = new HelmChartApp({ name: 'shop', version: '1.0.0' });
  const chart = new ReleaseChart(app, 'web', { disableResourceNameHashes: true });
  const weight = app.values.integer('migration.weight', { defaultValue: 7 });
  new MigrationHook(chart, 'migrate', { image, command: ['migrate'], weight });
  const backup = new BackupHook(chart, 'backup', { image, command: ['dump'] });
  backup.with(OnlyIf.of(app.values.flag('backup.enabled', { defaultValue: false })));
  return { app, chart };
}

test.each(['app', 'chart'] as const)('the hooks of a chart with values are those of its defaults, or of the values that are given (%s)', (what) => {
  const source = withValues()[what];
  expect(Hooks.fromChart(source).at('pre-upgrade').exactly('migrate').withWeight(7).names).toEqual(['release-name-web-migrate']);
  Hooks.fromChart(source, { backup: { enabled: true }, migration: { weight: 3 } }).at('pre-upgrade').exactly('backup', 'migrate').named('migrate').withWeight(3);
});

test('hooks of YAML run by weight, then by name, and events that nothing runs at have none', () => {
  const hooks = Hooks.fromManifests(yaml(job('b', { on: 'pre-install' }), job('c', { on: 'pre-install', weight: -1 }), job('a', { on: 'pre-install' }), configMap('plain')));
  expect([hooks.count(3).at('pre-install').names, hooks.at('post-delete').count(0).exactly().names]).toEqual([['c', 'a', 'b'], []]);
});

test('what Helm would lose is refused, as by the engine', () => {
  expect(() => Hooks.fromManifests(yaml(job('a', { on: 'pre-instal' })))).toThrow('Did you mean "pre-install"?');
});

test('the stack begins where the expectation stands', () => {
  function thisVeryTest(): void {
    Hooks.fromChart(shop()).at('pre-upgrade').inOrder('migrate', 'backup');
  }
  let stack = '';
  try {
    thisVeryTest();
  } catch (error) {
    stack = (error as Error).stack!;
  }
  expect(/^ +at (\w+)/m.exec(stack)![1]).toBe('thisVeryTest');
});

const AT_UPGRADE = `

The pre-upgrade hooks of chart shop:
  weight 0  Job/shop-backup (backup)    pre-upgrade, pre-delete; before-hook-creation
  weight 1  Job/shop-migrate (migrate)  post-install, pre-upgrade; before-hook-creation`;

const at = () => Hooks.fromChart(shop()).at('pre-upgrade');

test.each<readonly [string, () => unknown, string]>([
  ['the wrong order', () => at().inOrder('migrate', 'backup'),
    `Expected the pre-upgrade hooks of chart shop in the order migrate, backup, but "backup" runs before "migrate".${AT_UPGRADE}`],
  ['one hook twice', () => at().inOrder('backup', 'backup'),
    `Expected the pre-upgrade hooks of chart shop in the order backup, backup, but "backup" runs once.${AT_UPGRADE}`],
  ['a name that is nearly one', () => at().inOrder('bakcup', 'migrate'),
    `Expected the pre-upgrade hooks of chart shop in the order bakcup, migrate, but there is no hook "bakcup". Did you mean "backup"?${AT_UPGRADE}`],
  ['a hook of another event', () => at().inOrder('backup', 'cleanup'),
    `Expected the pre-upgrade hooks of chart shop in the order backup, cleanup, but "cleanup" runs at post-delete.${AT_UPGRADE}`],
  ['a hook too many', () => at().exactly('backup'),
    `Expected the pre-upgrade hooks of chart shop to be exactly backup, but Job/shop-migrate (migrate) runs, too.${AT_UPGRADE}`],
  ['hooks where none are expected', () => at().exactly(),
    `Expected the pre-upgrade hooks of chart shop to be exactly none, but Job/shop-backup (backup) runs, too.${AT_UPGRADE}`],
  ['all hooks in another order', () => at().exactly('migrate', 'backup'),
    `Expected the pre-upgrade hooks of chart shop to be exactly migrate, backup, but Job/shop-backup (backup) runs where "migrate" was expected.${AT_UPGRADE}`],
  ['one that is missing among all', () => at().exactly('backup', 'migrate', 'cleanup'),
    `Expected the pre-upgrade hooks of chart shop to be exactly backup, migrate, cleanup, but "cleanup" runs at post-delete.${AT_UPGRADE}`],
  ['one hook twice among all', () => at().exactly('backup', 'migrate', 'migrate'),
    `Expected the pre-upgrade hooks of chart shop to be exactly backup, migrate, migrate, but "migrate" runs once.${AT_UPGRADE}`],
  ['another number', () => at().count(1),
    `Expected 1 pre-upgrade hooks of chart shop, but there are 2.${AT_UPGRADE}`],
  ['a number of none', () => Hooks.fromChart(shop()).at('test').count(1),
    'Expected 1 test hooks of chart shop, but there are 0.'],
  ['a policy that one has not', () => at().withPolicy('before-hook-creation', 'hook-succeeded'),
    `Expected every one of the pre-upgrade hooks of chart shop with delete policy hook-succeeded, but Job/shop-backup (backup) has before-hook-creation.${AT_UPGRADE}`],
  ['a policy of no hook', () => Hooks.fromChart(shop()).at('test').withPolicy('hook-failed'),
    'Expected test hooks of chart shop with delete policy hook-failed, but there are none.'],
  ['another weight', () => at().withWeight(0),
    `Expected every one of the pre-upgrade hooks of chart shop with weight 0, but Job/shop-migrate (migrate) has 1.${AT_UPGRADE}`],
  ['a name that nothing has', () => at().named('restore'),
    `Expected a hook "restore" among the pre-upgrade hooks of chart shop, but there is none.${AT_UPGRADE}`],
  ['a field that is different', () => at().matching({ spec: { template: { spec: { containers: [{ image: 'shop:3.0' }] } } } }),
    `Expected every one of the pre-upgrade hooks of chart shop with the fields given, but Job/shop-backup (backup) differs: spec.template.spec.containers[0].image is "shop:2.0", not "shop:3.0".${AT_UPGRADE}`],
  ['a field of the only hook', () => at().named('migrate').matching({ spec: { backoffLimit: 3 } }),
    `Expected Job/shop-migrate (migrate) with the fields given, but it differs: spec.backoffLimit is 0, not 3.

The hooks "migrate" among the pre-upgrade hooks of chart shop:
  weight 1  Job/shop-migrate (migrate)  post-install, pre-upgrade; before-hook-creation`],
  ['an event that there is not', () => Hooks.fromChart(shop()).at('pre-upgrde' as never),
    'There is no event "pre-upgrde". Did you mean "pre-upgrade"?\n\nThe events: pre-install, post-install, pre-upgrade, post-upgrade, pre-rollback, post-rollback, pre-delete, post-delete, test, '
    + 'pre-rollback-from-source, post-rollback-from-source, on-failure'],
])('%s is told with all that there is', async (_, expectation, message) => {
  expect(await mismatch(expectation)).toBe(message);
});

test('a chart that brings charts of others along is for helm to render', () => {
  const app = new HelmChartApp({ name: 'shop', version: '1.0.0' });
  app.subchart('postgresql', { version: '16.x.x', repository: 'https://charts.example.com' });
  expect(() => Hooks.fromChart(app)).toThrow('Chart shop brings charts of others along, which only helm can render: take what helm template prints');
});
