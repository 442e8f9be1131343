import { changedFields } from '../../../src/lifecycle/plan/changed-fields';

test.each<[unknown, unknown, string[]]>([
  [{ spec: { replicas: 1 } }, { spec: { replicas: 1 } }, []],
  [{ spec: { replicas: 1 } }, { spec: { replicas: 2 } }, ['spec.replicas']],
  [{ spec: {} }, { spec: { template: { spec: { a: 1, b: 2 } } } }, ['spec.template']],
  [{ data: { a: '1', b: '2' } }, { data: { b: '3' } }, ['data.a', 'data.b']],
  [{ containers: [{ image: 'a:1' }, { image: 'b:1' }] }, { containers: [{ image: 'a:1' }, { image: 'b:2' }, { image: 'c:1' }] }, ['containers[1].image', 'containers[2]']],
  [{ metadata: { annotations: { 'example.com/sum': 'a' } } }, { metadata: { annotations: { 'example.com/sum': 'b' } } }, ['metadata.annotations["example.com/sum"]']],
  [{ args: ['a'] }, { args: { 0: 'a' } }, ['args']],
  [{ count: 9007199254740993n }, { count: 9007199254740992n }, ['count']],
  [{ a: null }, { a: 1 }, ['a']],
  [{}, JSON.parse('{ "__proto__": 1 }'), ['__proto__']],
])('between %p and %p these change: %p', (before, after, fields) => {
  expect(changedFields(before, after)).toEqual(fields);
});

test('of very many changes the first are told', () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key-${index}`, index]));
  expect(changedFields({}, many)).toHaveLength(50);
});

test('a field is looked at once in each state, however deep it lies', () => {
  let reads = 0;
  const leaf = (value: number) => Object.defineProperty({}, 'leaf', { enumerable: true, get: () => (reads += 1) && value });
  const deep = (value: number) => Array.from({ length: 30 }).reduce<object>((inside) => ({ inside }), leaf(value));
  expect(changedFields(deep(1), deep(2))).toEqual([`${'inside.'.repeat(30)}leaf`]);
  expect(reads).toBe(2);
});
