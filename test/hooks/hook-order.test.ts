import { ApiObject, App, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HelmHook, HookEvent } from '../../src/hooks';
import { hook, mistakes, newChart } from './synth';

const { PRE_INSTALL, POST_INSTALL, PRE_UPGRADE } = HookEvent;

test('a circle is refused, and names who is in it', () => {
  const chart = newChart();
  const [migrate, backup, check] = ['migrate', 'backup', 'check'].map((id) => hook(chart, id));
  migrate.after(backup);
  backup.after(check);
  check.after(migrate);
  expect(mistakes(chart)).toEqual([
    '[web/migrate] no order fits: web/migrate after web/backup after web/check after web/migrate. Remove one of these dependencies.',
  ]);
});

test('a circle of dependencies between constructs is refused before cdk8s finds it', () => {
  const chart = newChart();
  const [migrate, backup] = ['migrate', 'backup'].map((id) => hook(chart, id));
  migrate.node.addDependency(backup);
  backup.node.addDependency(migrate);
  expect(mistakes(chart)).toEqual(['[web/migrate] no order fits: web/migrate after web/backup after web/migrate. Remove one of these dependencies.']);
});

test('a circle across charts is refused, in every chart and in the app', () => {
  const app = Testing.app();
  const [data, web] = [newChart('data', app), newChart('web', app)];
  const [backup, migrate] = [hook(data, 'backup'), hook(web, 'migrate')];
  migrate.after(backup);
  backup.after(migrate);
  const expected = '[data/backup] no order fits: data/backup after web/migrate after data/backup. Remove one of these dependencies.';
  expect(mistakes(data)).toEqual([expected]);
  expect(mistakes(web)).toEqual([expected]);
  expect(() => app.synth()).toThrow(expected);
  expect(() => app.synthYaml()).toThrow(expected);
});

test('weights that contradict the order are refused', () => {
  const chart = newChart();
  const backup = hook(chart, 'backup', { weight: 0 });
  hook(chart, 'migrate', { weight: -5 }).after(backup);
  expect(mistakes(chart)).toEqual([
    '[web/migrate] web/migrate (weight -5) is to run after web/backup (weight 0), but lower weights run first. Remove one of the weights, or change it.',
  ]);
});

test('weights without room for what is to run between them are refused', () => {
  const chart = newChart();
  const [backup, copy, migrate] = [hook(chart, 'backup', { weight: 0 }), hook(chart, 'copy'), hook(chart, 'migrate', { weight: 1 })];
  migrate.after(copy);
  copy.after(backup);
  expect(mistakes(chart)).toEqual([
    '[web/migrate] web/migrate (weight 1) is to run after web/backup (weight 0), with room for web/copy between them, but lower weights run first. Remove one of the weights, or change it.',
  ]);
});

test('a contradiction with an object that was written by hand is told by the hook', () => {
  const chart = newChart();
  const annotations = { 'helm.sh/hook': 'pre-upgrade' };
  const written = new ApiObject(chart, 'written', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { annotations } });
  written.addDependency(hook(chart, 'backup', { weight: 3 }));
  expect(mistakes(chart)).toEqual([
    '[web/backup] web/written (weight 0) is to run after web/backup (weight 3), but lower weights run first. Remove one of the weights, or change it.',
  ]);
});

const WHY = 'Helm orders hooks among themselves; against resources, only the event counts.';

test('a hook cannot run after what holds no hook', () => {
  const chart = newChart();
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'busybox:1.35' }] });
  hook(chart, 'migrate').after(web);
  expect(mistakes(chart)).toEqual([`[web/migrate] web/migrate is to run after web/web, which holds no other hook. ${WHY}`]);
});

test('a hook cannot run after itself', () => {
  const chart = newChart();
  const migrate = hook(chart, 'migrate');
  migrate.after(migrate);
  expect(mistakes(chart)).toEqual([`[web/migrate] web/migrate is to run after web/migrate, which holds no other hook. ${WHY}`]);
});

const never: readonly (readonly [string, (later: ReturnType<typeof hook>, earlier: Construct) => void])[] = [
  ['after', (later, earlier) => later.after(earlier)],
  ['node.addDependency', (later, earlier) => later.node.addDependency(earlier)],
];

test.each(never)('%s is refused where the events make it impossible', (_, order) => {
  const chart = newChart();
  order(hook(chart, 'migrate', { on: [PRE_INSTALL, PRE_UPGRADE] }), hook(chart, 'seed', { on: [POST_INSTALL] }));
  expect(mistakes(chart)).toEqual([
    '[web/migrate] web/migrate is to run after web/seed, but never can: one runs at pre-install, pre-upgrade, the other at post-install.',
  ]);
});

test('what is said of many hooks holds for those it can', () => {
  const chart = newChart();
  const late = new Construct(chart, 'late');
  hook(late, 'seed', { on: [POST_INSTALL] });
  hook(chart, 'check').node.addDependency(new Construct(chart, 'empty'));
  const early = new Construct(chart, 'early');
  hook(early, 'a', { on: [PRE_INSTALL] });
  hook(early, 'b', { on: [PRE_UPGRADE] });
  early.node.addDependency(late);
  expect(mistakes(chart)).toEqual([]);
});

test('an object on its own tells why it has no weight', () => {
  const chart = newChart();
  const settings = new kplus.ConfigMap(chart, 'settings');
  const migrate = hook(chart, 'migrate');
  settings.with(HelmHook.preUpgrade({ after: [migrate] }));
  migrate.after(settings);
  expect(() => ApiObject.of(migrate).toJson()).toThrow('no order fits: web/settings after web/migrate after web/settings');
});

test('an app that was mended is synthesized', () => {
  const app = new App({ outdir: Testing.app().outdir });
  const chart = newChart('web', app);
  const [a, b] = [hook(chart, 'a'), hook(chart, 'b')];
  a.after(b);
  b.node.addDependency(a);
  expect(() => app.synth()).toThrow('no order fits');
  chart.node.tryRemoveChild('b');
  expect(mistakes(chart)).toEqual([`[web/a] web/a is to run after web/b, which holds no other hook. ${WHY}`]);
});
