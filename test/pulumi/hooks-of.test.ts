import { contentOf, hooksOf } from '../../src/pulumi/hooks-of';
import { configMap, job } from '../release/manifests';

test('objects are read as Helm reads manifests: hooks apart from resources', () => {
  const { hooks, resources } = contentOf([configMap('a'), job('migrate', { on: 'pre-upgrade', weight: 5 })], 'shop');
  expect([hooks.map(({ ref, weight }) => [ref.name, weight]), resources.map(({ ref }) => ref.name)]).toEqual([[['migrate', 5]], ['a']]);
});

test('nothing is a release without hooks', () => {
  expect([contentOf([], 'shop'), hooksOf([], 'shop')]).toEqual([{ definitions: [], hooks: [], resources: [] }, []]);
});

test('an object whose texts look like separators is one object', () => {
  expect(hooksOf([job('a', { on: 'pre-install' }, { note: 'one\n---\nkind: Secret' })], 'shop')).toHaveLength(1);
});

test('a mistake is said by the name of the object', () => {
  const read = () => contentOf([configMap('a'), job('migrate', { on: 'pre-upgrade', weight: 'heavy' })], 'shop', (index) => ['chart/a', 'chart/migrate'][index]);
  expect(read).toThrow(/chart\/migrate.*heavy/s);
});
