import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HookEvent, MigrationHook } from '../../src/hooks';
import { late } from '../../src/pulumi/late';
import { objectsMade, releaseObjects } from '../../src/pulumi/release-objects';
import { putUnder } from '../../src/tokens';

function configMap(scope: Construct, id: string, metadata?: object): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {} } as never);
}

/** What each object comes after, in the order in which cdk8s writes them. */
function after(app: App): Record<string, string[]> {
  return Object.fromEntries(releaseObjects(app).map((each) => [each.path, each.after.map(({ path }) => path)]));
}

test('objects come in the order in which cdk8s writes them, as it writes them', () => {
  const app = new App();
  const chart = new Chart(app, 'web', { namespace: 'shop', labels: { app: 'web' } });
  const first = configMap(chart, 'first');
  first.addDependency(configMap(chart, 'second', { name: 'b' }));
  expect(releaseObjects(app)).toEqual([
    { path: 'web/second', object: chart.toJson()[0], after: [] },
    { path: 'web/first', object: chart.toJson()[1], after: [expect.objectContaining({ path: 'web/second' })] },
  ]);
});

describe('dependencies between constructs are those between their objects', () => {
  test('of constructs that hold several', () => {
    const app = new App();
    const chart = new Chart(app, 'c');
    const [one, two] = [new Construct(chart, 'one'), new Construct(chart, 'two')];
    ['a', 'b'].forEach((id) => configMap(one, id));
    ['a', 'b'].forEach((id) => configMap(two, id));
    one.node.addDependency(two);
    expect(after(app)).toEqual({ 'c/two/a': [], 'c/two/b': [], 'c/one/a': ['c/two/a', 'c/two/b'], 'c/one/b': ['c/two/a', 'c/two/b'] });
  });

  test('of charts, and of no more than was said: cdk8s puts all of a chart after all of another for the sake of two objects', () => {
    const app = new App();
    const [web, db] = [new Chart(app, 'web'), new Chart(app, 'db')];
    configMap(web, 'a').addDependency(configMap(db, 'a'));
    configMap(web, 'b');
    configMap(db, 'b');
    expect(after(app)).toEqual({ 'db/a': [], 'db/b': [], 'web/a': ['db/a'], 'web/b': [] });
    const other = new App();
    const [last, early] = [new Chart(other, 'late'), new Chart(other, 'early')];
    configMap(last, 'a');
    configMap(early, 'a');
    configMap(early, 'b');
    last.addDependency(early);
    expect(after(other)).toEqual({ 'early/a': [], 'early/b': [], 'late/a': ['early/a', 'early/b'] });
  });

  test('of a chart in a chart, whose parent does not wait for it', () => {
    const app = new App();
    const parent = new Chart(app, 'p');
    configMap(parent, 'a');
    configMap(new Chart(parent, 'inner'), 'b');
    expect(after(app)).toEqual({ 'p/inner/b': [], 'p/a': [] });
  });

  test('of a construct and what holds it: on all but itself', () => {
    const app = new App();
    const chart = new Chart(app, 'c');
    const a = configMap(chart, 'a');
    configMap(chart, 'b');
    chart.node.addDependency(a);
    expect(after(app)).toEqual({ 'c/a': [], 'c/b': ['c/a'] });
  });

  test('also between hooks and the rest', () => {
    const app = new App();
    const chart = new Chart(app, 'c');
    const hook = new MigrationHook(chart, 'migrate', { image: 'registry.example.com/web:1.0.0', command: ['migrate'], on: [HookEvent.PRE_INSTALL] });
    hook.node.addDependency(configMap(chart, 'a'));
    const objects = releaseObjects(app);
    expect(objects.find(({ path }) => path.startsWith('c/migrate'))!.after).toEqual([objects.find(({ path }) => path === 'c/a')]);
  });
});

test('what cdk8s finds wrong is said as it says it', () => {
  const app = new App();
  const chart = new Chart(app, 'c');
  const [a, b] = [configMap(chart, 'a'), configMap(chart, 'b')];
  a.addDependency(b);
  b.addDependency(a);
  expect(() => releaseObjects(app)).toThrow(/Dependency cycle detected/);
});

describe('late values', () => {
  const host = () => late.string(pulumi.output('h'), 'db host');

  test('in the id of a construct that names its object are refused', () => {
    const app = new App();
    configMap(new Construct(new Chart(app, 'c'), `of-${host()}`), 'a');
    expect(() => releaseObjects(app)).toThrow('c/of-{{ db host }}/a: db host stands in the id of a construct, which has to be known now. Put it into the name: metadata.name');
  });

  test('in an id that names nothing are shown as what they are called', () => {
    const app = new App();
    configMap(new Construct(new Chart(app, 'c'), `of-${host()}`), 'a', { name: 'a' });
    expect(releaseObjects(app).map(({ path }) => path)).toEqual(['c/of-{{ db host }}/a']);
  });
});

test('errors of constructs say what late values are called', () => {
  const port = (name?: string) => late.number(pulumi.output(80), name);
  const make = (scope: Construct) => {
    const deployment = new Deployment(new Chart(scope, 'c'), 'api', { containers: [{ image: 'web:1', portNumber: port() }] });
    deployment.exposeViaService({ ports: [{ port: port('the port of the proxy') }] });
  };
  const where = /c-api-[0-9a-f]+/;
  expect(() => objectsMade(make)).toThrow(where);
  expect(() => objectsMade(make)).toThrow('via a service: Port the port of the proxy is not exposed by any container. The number is known later');
  const invalid = (scope: Construct) => new Chart(scope, 'c').node.addValidation({ validate: () => [`${late.string(pulumi.output('h'), 'db host')} is no host`] });
  expect(() => objectsMade(invalid)).toThrow('[c] db host is no host');
});

test('what is there only if a value of a Helm chart is true is refused', () => {
  const app = new App();
  putUnder(configMap(new Chart(app, 'c'), 'a'), { label: 'metrics.enabled', source: {} });
  expect(() => releaseObjects(app)).toThrow('c/a: it is there only if metrics.enabled, a value of a Helm chart, which nobody knows here');
});
