import { statusError } from '../../../src/cluster/kubernetes/status-error';

const REQUEST = { verb: 'get', target: 'Job/m in namespace shop' };

test.each([
  [400, undefined, 'invalid'],
  [401, 'Unauthorized', 'unauthorized'],
  [403, 'Forbidden', 'forbidden'],
  [404, 'NotFound', 'not-found'],
  [409, 'AlreadyExists', 'already-exists'],
  [409, 'Conflict', 'conflict'],
  [409, undefined, 'conflict'],
  [410, 'Expired', 'not-found'],
  [413, 'RequestEntityTooLarge', 'invalid'],
  [422, 'Invalid', 'invalid'],
  [429, 'TooManyRequests', 'unavailable'],
  [500, 'InternalError', 'unavailable'],
  [502, undefined, 'unavailable'],
  [503, 'ServiceUnavailable', 'unavailable'],
  [504, 'Timeout', 'unavailable'],
  [418, undefined, 'other'],
])('an answer of %d (%s) means %s', (status, reason, meaning) => {
  expect(statusError(REQUEST, status, { message: 'no', reason })).toMatchObject({ reason: meaning, status, message: 'cannot get Job/m in namespace shop: no' });
});

test('a quota that two used at once may be asked again, other conflicts may not', () => {
  const conflict = (kind: string) => statusError(REQUEST, 409, { reason: 'Conflict', details: { kind } }).reason;
  expect([conflict('resourcequotas'), conflict('jobs')]).toEqual(['unavailable', 'conflict']);
});

test('a forbidden verb says what to grant', () => {
  expect(statusError(REQUEST, 403, {}).remedy).toBe('Grant "get" on it to the user of this kubeconfig.');
});

test.each([
  [{}, 'the API server answered 502'],
  ['', 'the API server answered 502'],
  ['Bad Gateway', 'Bad Gateway'],
  [null, 'null'],
  ['<html>'.repeat(1000), '<html>'.repeat(100).slice(0, 500)],
])('an answer that is no status is told as it is: %#', (body, message) => {
  expect(statusError(REQUEST, 502, body).message).toBe(`cannot get Job/m in namespace shop: ${message}`);
});
