import { MUTEX, badMutex, describeMutex, readMutex } from '../../src/vocabulary';

test.each([
  ['orders-db', { namespace: 'default', name: 'orders-db' }, 'orders-db'],
  ['shared/orders-db', { namespace: 'shared', name: 'orders-db' }, 'shared/orders-db'],
  ['default/orders.db.1', { namespace: 'default', name: 'orders.db.1' }, 'orders.db.1'],
])('%j is read, and told as people write it', (text, mutex, told) => {
  expect([readMutex({ [MUTEX]: text }), describeMutex(mutex)]).toEqual([mutex, told]);
});

const RULE = 'at most 200 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';

test.each([
  ['', `"" is no name: ${RULE}`],
  ['Orders', `"Orders" is no name: ${RULE}`],
  ['orders-', `"orders-" is no name: ${RULE}`],
  ['a/b/c', `"b/c" is no name: ${RULE}`],
  ['x'.repeat(201), `"${'x'.repeat(201)}" is no name: ${RULE}`],
  ['/orders', '"" is no name of a namespace'],
  ['Shared/orders', '"Shared" is no name of a namespace'],
])('%j cannot be read', (text, why) => {
  expect(badMutex({ [MUTEX]: text })).toMatchObject([{ message: `cdk8s-lifecycle/mutex is "${text}": ${why}` }]);
});

test('a hook without the annotation runs beside any other', () => {
  expect([readMutex({}), badMutex({})]).toEqual([undefined, []]);
});
