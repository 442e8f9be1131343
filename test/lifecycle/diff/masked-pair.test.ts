import { maskedPair } from '../../../src/lifecycle/diff/masked-pair';

const mask = (text: string) => text.replaceAll('swordfish', '***').replaceAll('password1', '***');
const secret = (data: unknown, more: object = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'creds' }, data, ...more });
const map = (data: unknown) => ({ apiVersion: 'v1', kind: 'ConfigMap', data });

test.each<[string, unknown, unknown, unknown, unknown]>([
  ['a value that stays', secret({ a: 'x' }), secret({ a: 'x' }), secret({ a: '***' }), secret({ a: '***' })],
  ['a value that changes', secret({ a: 'x' }), secret({ a: 'y' }), secret({ a: '***' }), secret({ a: '*** (changed)' })],
  ['a value that comes', secret({}), secret({ a: 'y' }), secret({}), secret({ a: '***' })],
  ['a value that goes', secret({ a: 'x', b: 'z' }), secret({ b: 'z' }), secret({ a: '***', b: '***' }), secret({ b: '***' })],
  ['a Secret that comes', undefined, secret({ a: 'x' }), undefined, secret({ a: '***' })],
  ['a Secret that goes', secret({ a: 'x' }), undefined, secret({ a: '***' }), undefined],
  ['the type of a Secret', secret({}, { type: 'Opaque' }), secret({}, { type: 'tls' }), secret({}, { type: 'Opaque' }), secret({}, { type: 'tls' })],
  ['a misspelt field of a Secret', undefined, secret({}, { dtaa: { a: 'x' } }), undefined, secret({}, { dtaa: { a: '***' } })],
  ['data that becomes a text', secret({ a: 'x' }), secret('x'), secret('***'), secret('*** (changed)')],
  ['a Secret in a list', { kind: 'List', items: [secret({ a: 'x' })] }, undefined, { kind: 'List', items: [secret({ a: '***' })] }, undefined],
  ['a value in another object', map({ a: 'is swordfish' }), map({ a: 'is swordfish' }), map({ a: 'is ***' }), map({ a: 'is ***' })],
  ['one that changes there', map({ a: ['is swordfish'] }), map({ a: ['is password1'] }), map({ a: ['is ***'] }), map({ a: ['is *** (changed)'] })],
  ['one that is a key there', map({ swordfish: 1 }), map({}), map({ '***': 1 }), map({})],
  ['what is no secret', map({ a: 1, b: [true, null] }), map({ a: 2, b: [true] }), map({ a: 1, b: [true, null] }), map({ a: 2, b: [true] })],
  ['a map that becomes a text', map({ a: 'x' }), map('swordfish'), map({ a: 'x' }), map('***')],
  ['texts', 'is swordfish', 'is password1', 'is ***', 'is *** (changed)'],
])('%s', (_, before, after, shownBefore, shownAfter) => {
  expect(maskedPair({ before, after }, mask)).toEqual({ before: shownBefore, after: shownAfter });
});
