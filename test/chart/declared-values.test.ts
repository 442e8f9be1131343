import { Duration } from 'cdk8s';
import { Flag, HelmChartApp, StructuredValue, declareValues, value } from '../../src';
import { declarationsOf } from '../../src/chart/value-tree';

test('values are declared in the shape of values.yaml, and have the types of what stands for them', () => {
  const app = new HelmChartApp({ name: 'web', version: '1.0.0' });
  const values = declareValues(app.values, {
    image: { tag: value.text({ defaultValue: '2.0' }) },
    replicas: value.integer({ defaultValue: 2 }),
    backup: { enabled: value.flag({ defaultValue: true }), keep: { days: value.seconds({ defaultValue: 60 }) } },
    tolerations: value.list(),
  });
  const tag: string = values.image.tag;
  const replicas: number = values.replicas;
  const enabled: Flag = values.backup.enabled;
  const days: Duration = values.backup.keep.days;
  const tolerations: StructuredValue = values.tolerations;
  const types = [String, Number, Flag, Duration, StructuredValue];
  expect([tag, replicas, enabled, days, tolerations]).toEqual(types.map((type) => expect.any(type) as unknown));
  expect(declarationsOf(app.values._nodes).map(({ path, schema }) => [path.join('.'), schema.type])).toEqual([
    ['image.tag', 'string'],
    ['replicas', 'integer'],
    ['backup.enabled', 'boolean'],
    ['backup.keep.days', 'integer'],
    ['tolerations', 'array'],
  ]);
});

test('a value that the shape does not have is a mistake of the program', () => {
  const { image } = declareValues(new HelmChartApp({ name: 'web', version: '1.0.0' }).values, { image: { tag: value.text() } });
  // @ts-expect-error there is no such value
  expect(image.tga).toBeUndefined();
});
