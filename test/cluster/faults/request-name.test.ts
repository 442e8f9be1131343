import { requestName } from './request-name';

const record = (status: string) => JSON.stringify({ metadata: { name: 'sh.helm.release.v1.web.v2', labels: { status } } });

test.each([
  ['GET', '/apis/batch/v1', '', '', 'discover batch/v1'],
  ['GET', '/api/v1', '', '', 'discover v1'],
  ['GET', '/version', '', '', 'get /version'],
  ['GET', '/api/v1/namespaces/shop', '', '', 'get namespaces'],
  ['GET', '/apis/batch/v1/namespaces/shop/jobs?limit=500', '', '', 'list jobs'],
  ['GET', '/apis/batch/v1/namespaces/shop/jobs?watch=true', '', '', 'watch jobs'],
  ['GET', '/apis/batch/v1/namespaces/shop/jobs/migrate', '', '', 'get jobs'],
  ['POST', '/apis/batch/v1/namespaces/shop/jobs', 'application/json', '{}', 'create jobs'],
  ['PATCH', '/api/v1/namespaces/shop/configmaps/a', 'application/apply-patch+yaml', '{}', 'apply configmaps'],
  ['PATCH', '/apis/batch/v1/namespaces/shop/jobs/a', 'application/merge-patch+json', '{}', 'patch jobs'],
  ['POST', '/api/v1/namespaces/shop/secrets', 'application/json', record('pending-upgrade'), 'create record pending-upgrade'],
  ['PUT', '/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v2', 'application/json', record('deployed'), 'update record deployed'],
  ['PUT', '/api/v1/namespaces/shop/secrets/cdk8s-lifecycle.v1.web.v2', 'application/json', '{}', 'update journal'],
  ['DELETE', '/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v2', 'application/json', '{}', 'delete record'],
])('%s %s %s %s is called %s', (method, path, contentType, body, name) => {
  expect(requestName(method, path, contentType, body)).toBe(name);
});
