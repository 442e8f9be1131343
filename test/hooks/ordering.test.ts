import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct, DependencyGroup } from 'constructs';
import { HelmHook, HookEvent } from '../../src/hooks';
import { annotation, hook, newChart, weights } from './synth';

const { PRE_INSTALL, POST_INSTALL, PRE_UPGRADE, POST_UPGRADE, POST_DELETE } = HookEvent;
const AFTER = 'cdk8s-lifecycle/after';

describe('weights', () => {
  test('hooks without order keep 0', () => {
    const chart = newChart();
    hook(chart, 'a');
    hook(chart, 'b');
    expect(weights(chart)).toEqual({ 'web-a': '0', 'web-b': '0' });
  });

  test.each([
    ['after', (later: ReturnType<typeof hook>, earlier: Construct) => later.after(earlier)],
    ['node.addDependency', (later: ReturnType<typeof hook>, earlier: Construct) => later.node.addDependency(earlier)],
  ])('%s makes one hook run after another', (_, order) => {
    const chart = newChart();
    const migrate = hook(chart, 'migrate');
    const backup = hook(chart, 'backup');
    order(migrate, backup);
    expect(weights(chart)).toEqual({ 'web-backup': '0', 'web-migrate': '1' });
    expect(annotation(AFTER, chart)).toEqual({ 'web-migrate': 'Job/web-backup' });
  });

  test('the classic four follow each other', () => {
    const chart = newChart();
    const backup = hook(chart, 'backup', { on: [PRE_UPGRADE] });
    const migrate = hook(chart, 'migrate', { on: [POST_INSTALL, PRE_UPGRADE] });
    const seed = hook(chart, 'seed', { on: [POST_INSTALL] });
    const notify = hook(chart, 'notify', { on: [POST_INSTALL, POST_UPGRADE, POST_DELETE] });
    migrate.after(backup);
    seed.after(migrate);
    notify.after(seed);
    expect(weights(chart)).toEqual({ 'web-backup': '0', 'web-migrate': '1', 'web-seed': '2', 'web-notify': '3' });
  });

  test('a dependency may be declared long after the hooks', () => {
    const chart = newChart();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => hook(chart, id));
    a.after(b);
    expect(weights(chart)).toEqual({ 'web-a': '1', 'web-b': '0', 'web-c': '0' });
    b.node.addDependency(c);
    expect(weights(chart)).toEqual({ 'web-a': '2', 'web-b': '1', 'web-c': '0' });
  });

  test('a given weight stays, and the others move', () => {
    const chart = newChart();
    const backup = hook(chart, 'backup');
    const migrate = hook(chart, 'migrate', { weight: -5 });
    const check = hook(chart, 'check');
    migrate.after(backup);
    check.after(migrate);
    expect(weights(chart)).toEqual({ 'web-backup': '-6', 'web-migrate': '-5', 'web-check': '0' });
  });

  test('hooks of different events do not count for each other', () => {
    const chart = newChart();
    const setup = hook(chart, 'setup', { on: [PRE_INSTALL] });
    const seed = hook(chart, 'seed', { on: [POST_INSTALL] });
    seed.after(setup);
    expect(weights(chart)).toEqual({ 'web-setup': '0', 'web-seed': '0' });
  });
});

describe('a dependency on a construct', () => {
  test('counts for all hooks that it holds', () => {
    const chart = newChart();
    const database = new Construct(chart, 'database');
    hook(database, 'backup');
    hook(database, 'check', { weight: 3 });
    const migrate = hook(chart, 'migrate');
    migrate.node.addDependency(database);
    expect(weights(chart)).toEqual({ 'web-database-backup': '0', 'web-database-check': '3', 'web-migrate': '4' });
    expect(annotation(AFTER, chart)).toEqual({ 'web-migrate': 'Job/web-database-backup,Job/web-database-check' });
  });

  test('counts from all hooks that its source holds', () => {
    const chart = newChart();
    const backup = hook(chart, 'backup');
    const database = new Construct(chart, 'database');
    hook(database, 'migrate');
    hook(database, 'index');
    database.node.addDependency(backup);
    expect(weights(chart)).toEqual({ 'web-backup': '0', 'web-database-migrate': '1', 'web-database-index': '1' });
  });

  test('that holds the hook itself means the other hooks in it', () => {
    const chart = newChart();
    hook(chart, 'a');
    hook(chart, 'last').node.addDependency(chart);
    hook(chart, 'z');
    expect(weights(chart)).toEqual({ 'web-a': '0', 'web-last': '1', 'web-z': '0' });
  });

  test('of what holds it means the other hooks there', () => {
    const chart = newChart();
    const database = new Construct(chart, 'database');
    hook(database, 'backup');
    hook(chart, 'migrate');
    chart.node.addDependency(database);
    expect(weights(chart)).toEqual({ 'web-database-backup': '0', 'web-migrate': '1' });
  });

  test('may name a group', () => {
    const chart = newChart();
    const group = new DependencyGroup(hook(chart, 'a'), hook(chart, 'b'));
    hook(chart, 'c').node.addDependency(group);
    expect(weights(chart)).toEqual({ 'web-a': '0', 'web-b': '0', 'web-c': '1' });
  });

  test('that holds no hook orders nothing', () => {
    const chart = newChart();
    const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'busybox:1.35' }] });
    hook(chart, 'migrate').node.addDependency(web);
    expect(weights(chart)).toEqual({ 'web-migrate': '0' });
    expect(annotation(AFTER, chart)).toEqual({});
  });
});

describe('objects that HelmHook made hooks', () => {
  test.each([
    ['themselves', (object: kplus.ConfigMap) => ApiObject.of(object)],
    ['what cdk8s-plus calls them', (object: kplus.ConfigMap) => object],
  ])('take part, be it by %s', (_, asKnown) => {
    const chart = newChart();
    const scripts = new kplus.ConfigMap(chart, 'scripts');
    const backup = hook(chart, 'backup');
    const migrate = hook(chart, 'migrate');
    scripts.with(HelmHook.preUpgrade());
    asKnown(scripts).node.addDependency(backup);
    migrate.after(asKnown(scripts));
    expect(weights(chart)).toEqual({ 'web-backup': '0', 'web-scripts': '1', 'web-migrate': '2' });
    expect(annotation(AFTER, chart)).toEqual({ 'web-scripts': 'Job/web-backup', 'web-migrate': 'ConfigMap/web-scripts' });
  });

  test('take part if they were written by hand, and keep the weight they have', () => {
    const chart = newChart();
    const annotations = { 'helm.sh/hook': 'pre-upgrade', 'helm.sh/hook-weight': '7' };
    const written = new ApiObject(chart, 'written', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { annotations } });
    hook(chart, 'migrate').after(written);
    expect(weights(chart)).toEqual({ 'web-written': '7', 'web-migrate': '8' });
  });
});

describe('the annotation cdk8s-lifecycle/after', () => {
  test('lists what was declared directly, sorted', () => {
    const chart = newChart();
    const [z, b, a] = ['z', 'b', 'a'].map((id) => hook(chart, id));
    b.after(a);
    z.after(b, a);
    z.node.addDependency(b);
    expect(annotation(AFTER, chart)).toEqual({ 'web-b': 'Job/web-a', 'web-z': 'Job/web-a,Job/web-b' });
  });

  test('is empty where independence was declared', () => {
    const chart = newChart();
    hook(chart, 'alone').after();
    new kplus.ConfigMap(chart, 'settings').with(HelmHook.preUpgrade({ after: [] }));
    hook(chart, 'silent');
    expect(annotation(AFTER, chart)).toEqual({ 'web-alone': '', 'web-settings': '' });
  });

  test('names hooks of the same events only', () => {
    const chart = newChart();
    const setup = hook(chart, 'setup', { on: [PRE_INSTALL] });
    hook(chart, 'seed', { on: [POST_INSTALL] }).after(setup);
    expect(annotation(AFTER, chart)).toEqual({ 'web-seed': '' });
  });

  test('is not written where a given weight fixes the place', () => {
    const chart = newChart();
    const backup = hook(chart, 'backup', { weight: -5 });
    hook(chart, 'migrate', { weight: 0 }).after(backup);
    hook(chart, 'check').after(backup);
    expect(annotation(AFTER, chart)).toEqual({ 'web-check': 'Job/web-backup' });
  });

  test('is not written where a dependency between constructs says nothing of hooks of the same event', () => {
    const chart = newChart();
    const setup = hook(chart, 'setup', { on: [PRE_INSTALL] });
    hook(chart, 'seed', { on: [POST_INSTALL] }).node.addDependency(setup);
    expect(annotation(AFTER, chart)).toEqual({});
  });
});

describe('across charts', () => {
  function twoCharts(): [Chart, Chart] {
    const app = Testing.app();
    return [newChart('data', app), newChart('web', app)];
  }

  test.each([
    ['after', (later: ReturnType<typeof hook>, earlier: Construct) => later.after(earlier)],
    ['node.addDependency', (later: ReturnType<typeof hook>, earlier: Construct) => later.node.addDependency(earlier)],
  ])('%s orders the two hooks and no others', (_, order) => {
    const [data, web] = twoCharts();
    const backup = hook(data, 'backup');
    hook(data, 'check');
    const migrate = hook(web, 'migrate');
    hook(web, 'other');
    order(migrate, backup);
    const expected = { 'data-backup': '0', 'data-check': '0', 'web-migrate': '1', 'web-other': '0' };
    expect(weights(data, web)).toEqual(expected);
    expect(weights(data, web)).toEqual(expected);
    expect(annotation(AFTER, data, web)).toEqual({ 'web-migrate': 'Job/data-backup' });
  });

  test('a dependency of a chart on a chart orders all hooks of the two', () => {
    const [data, web] = twoCharts();
    hook(data, 'a');
    hook(data, 'b');
    hook(web, 'c');
    web.addDependency(data);
    expect(annotation(AFTER, data, web)).toEqual({ 'web-c': 'Job/data-a,Job/data-b' });
    expect(weights(data, web)).toEqual({ 'data-a': '0', 'data-b': '0', 'web-c': '1' });
  });

  test('two charts may each have a hook that runs after one of the other', () => {
    const [data, web] = twoCharts();
    const [backup, index] = [hook(data, 'backup'), hook(data, 'index')];
    const migrate = hook(web, 'migrate');
    migrate.after(backup);
    index.after(migrate);
    expect(weights(data, web)).toEqual({ 'data-backup': '0', 'web-migrate': '1', 'data-index': '2' });
  });

  test('an app is synthesized to files as it is in tests', () => {
    const app = Testing.app();
    const [data, web] = [newChart('data', app), newChart('web', app)];
    hook(web, 'migrate').node.addDependency(hook(data, 'backup'));
    hook(web, 'other');
    app.synth();
    expect(app.synthYaml().match(/hook-weight: .*/g)).toEqual(['hook-weight: "0"', 'hook-weight: "1"', 'hook-weight: "0"']);
  });
});

test('one object can be rendered on its own', () => {
  const chart = newChart();
  const migrate = hook(chart, 'migrate');
  migrate.after(hook(chart, 'backup'));
  expect(ApiObject.of(migrate).toJson().metadata.annotations['helm.sh/hook-weight']).toBe('1');
});
