import { ApiObject, Chart, Testing } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { DeclaredDependencies } from '../../src/hooks/declared-dependencies';

const path = ({ node }: IConstruct) => node.path;

/** Two charts of two objects each, and what is known of their dependencies. */
function app() {
  const root = Testing.app();
  const onRead = jest.fn();
  const dependencies = new DeclaredDependencies(root, onRead);
  const charts = ['x', 'y'].map((id) => new Chart(root, id));
  const [x1, x2, y1, y2] = charts.flatMap((chart) => ['1', '2'].map((id) => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' })));
  const list = () => dependencies.list().map(({ source, target }) => `${path(source)} after ${path(target)}`);
  return { root, charts, x1, x2, y1, y2, list, onRead };
}

type Fixture = ReturnType<typeof app>;

const declared: readonly (readonly [string, (fixture: Fixture) => void, string[]])[] = [
  ['nothing', () => undefined, []],
  ['objects of one chart', ({ x1, x2 }) => x1.addDependency(x2), ['x/1 after x/2']],
  ['objects of two charts', ({ x1, y1 }) => x1.addDependency(y1), ['x/1 after y/1']],
  ['charts', ({ charts: [x, y] }) => x.addDependency(y), ['x after y']],
  ['charts, and objects of them', ({ charts: [x, y], x1, y2 }) => (x.addDependency(y), x1.addDependency(y2)), ['x after y', 'x/1 after y/2']],
  ['an object and a chart', ({ charts: [, y], x1 }) => x1.addDependency(y), ['x/1 after y']],
  [
    'constructs that hold objects',
    ({ charts: [x, y] }) => {
      const [source, target] = [new Construct(x, 'source'), new Construct(y, 'target')];
      for (const scope of [source, target]) new ApiObject(scope, 'object', { apiVersion: 'v1', kind: 'Secret' });
      source.node.addDependency(target);
    },
    ['x/source after y/target'],
  ],
];

const synths: readonly (readonly [string, (fixture: Fixture) => void])[] = [
  ['before any synth', () => undefined],
  ['after one chart was synthesized', ({ charts: [x] }) => void Testing.synth(x)],
  ['after both charts were synthesized', ({ charts }) => charts.forEach((chart) => Testing.synth(chart))],
  ['after the app was synthesized, twice', ({ root }) => (root.synth(), root.synth())],
  ['after the app was synthesized to text', ({ root }) => void root.synthYaml()],
];

describe.each(synths)('%s', (_, synthesize) => {
  test.each(declared)('what people declared is known: %s', (__, declare, expected) => {
    const fixture = app();
    declare(fixture);
    synthesize(fixture);
    expect(fixture.list()).toEqual(expected);
  });

  test('what is declared later is known too', () => {
    const fixture = app();
    fixture.x1.addDependency(fixture.y1);
    synthesize(fixture);
    fixture.y1.addDependency(fixture.y2);
    expect(fixture.list()).toEqual(['x/1 after y/1', 'y/1 after y/2']);
  });
});

test('a chart in a chart is no dependency', () => {
  const { charts: [x], list } = app();
  new ApiObject(new Chart(x, 'inner'), 'object', { apiVersion: 'v1', kind: 'Secret' });
  Testing.synth(x);
  Testing.synth(x);
  expect(list()).toEqual([]);
});

test('whoever reads the dependencies of the app is noticed', () => {
  const { root, charts: [x], onRead } = app();
  expect(root.node.dependencies).toEqual([]);
  expect(onRead).toHaveBeenCalledTimes(1);
  Testing.synth(x);
  expect(onRead.mock.calls.length).toBeGreaterThan(1);
});
