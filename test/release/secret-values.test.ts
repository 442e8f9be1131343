import { secretValues } from '../../src/release';
import { configMap, object } from './manifests';

const values = (fields: Readonly<Record<string, unknown>>) => secretValues(object('v1', 'Secret', 's', fields)).map((value) => Buffer.from(value).toString());

test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
  ['data', { data: { a: 'c3dvcmRmaXNo', b: 'Zmlz\n  aA==\n' } }, ['swordfish', 'fish']],
  ['stringData', { stringData: { a: 'swordfish' } }, ['swordfish']],
  ['data that somebody wrote in clear', { data: { a: 'no base64!' } }, [expect.any(String) as string, 'no base64!']],
  ['numbers and whatever else is no string', { stringData: { pin: 123456, no: null, deep: { yes: [true] } } }, ['123456', 'true']],
  ['nothing', {}, []],
])('the values of a Secret: %s', (_case, fields, expected) => {
  expect(values(fields)).toEqual(expected);
});

test('other objects have none', () => {
  expect([...secretValues(configMap('c', { a: 'swordfish' })), ...secretValues(object('example.com/v1', 'Secret', 's', { data: { a: 'c3dvcmRmaXNo' } }))]).toEqual([]);
});
