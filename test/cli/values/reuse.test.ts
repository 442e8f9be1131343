import { Before, NextValues, Reuse, nextValues, recordedValues } from '../../../src/cli/values/reuse';
import { Values } from '../../../src/vocabulary';

const BEFORE: Before = { chart: { values: { replicas: 2, image: { name: 'web', tag: '1' }, old: true } }, config: { image: { tag: '2' }, extra: 1 } };

test.each<[string, Reuse, Values, NextValues]>([
  ['says nothing', 'auto', {}, { values: { image: { tag: '2' }, extra: 1 } }],
  ['says something', 'auto', { replicas: 3 }, { values: { replicas: 3 } }],
  ['says nothing', 'reset', {}, { values: {} }],
  ['says something', 'reset', { replicas: 3 }, { values: { replicas: 3 } }],
  ['says something', 'reset-then-reuse', { replicas: 3 }, { values: { replicas: 3, image: { tag: '2' }, extra: 1 } }],
  ['says something', 'reuse', { replicas: 3 }, {
    values: { replicas: 3, image: { tag: '2' }, extra: 1 },
    defaults: { replicas: 2, image: { name: 'web', tag: '2' }, old: true, extra: 1 },
  }],
])('a user who %s, with %s, %j', (_says, reuse, given, expected) => {
  expect(nextValues(given, BEFORE, reuse)).toEqual(expected);
});

test.each<Reuse>(['auto', 'reset', 'reuse', 'reset-then-reuse'])('the first revision has nothing to reuse (%s)', (reuse) => {
  expect(nextValues({ a: 1 }, undefined, reuse)).toEqual({ values: { a: 1 } });
});

test('a record that has neither values nor config saw none', () => {
  expect(recordedValues({ chart: { values: null } })).toEqual({});
});
