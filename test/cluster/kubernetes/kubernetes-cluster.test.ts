import { createServer } from 'node:net';
import { KubernetesCluster } from '../../../src/cluster/kubernetes';
import { KubeObject } from '../../../src/vocabulary';
import { Answer, ApiServer, Got, resources } from './api-server';

const JOB = { apiVersion: 'batch/v1', kind: 'Job', name: 'm', namespace: 'shop' };
const MAP: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } };
const PATH = '/api/v1/namespaces/shop/configmaps';

const KINDS: Readonly<Record<string, object>> = {
  '/api/v1': resources(['ConfigMap', 'configmaps'], ['Namespace', 'namespaces', false], ['Pod', 'pods'], ['Pod', 'pods/log']),
  '/apis/batch/v1': resources(['Job', 'jobs'], ['Job', 'jobs/status']),
};
const NOT_FOUND: Answer = { status: 404, body: { kind: 'Status', reason: 'NotFound', message: 'not found' } };

let server: ApiServer;
let cluster: KubernetesCluster;

async function connect(answer: (got: Got) => Answer | undefined): Promise<void> {
  server = await ApiServer.start((got) => answer(got) ?? (KINDS[got.path] ? { body: KINDS[got.path] } : NOT_FOUND));
  cluster = KubernetesCluster.connect({ kubeconfig: server.kubeconfig() });
}

/** What was asked, but for discovery. */
function asked(): string[] {
  return server.requests.filter(({ path }) => !(path in KINDS)).map(({ method, path, query }) => [method, path, ...Object.entries(query).map((pair) => pair.join('='))].join(' '));
}

afterEach(async () => {
  cluster.close();
  await server.stop();
});

test('a cluster is called by its address, and its context names the namespace', async () => {
  await connect(() => undefined);
  expect([cluster.name, cluster.defaultNamespace]).toEqual([server.address, 'shop']);
});

test('requests carry the credentials of the kubeconfig', async () => {
  await connect(({ path }) => (path === '/version' ? { body: { gitVersion: 'v1.34.4' } } : undefined));
  expect([await cluster.version(), server.requests[0].authorization]).toEqual(['v1.34.4', 'Bearer sesame']);
});

test('kinds are asked for once, missing ones again, and subresources are no kinds', async () => {
  await connect(() => undefined);
  const kind = (apiVersion: string, name: string) => cluster.kind({ apiVersion, kind: name });
  expect([await kind('v1', 'ConfigMap'), await kind('v1', 'Namespace'), await kind('v1', 'Thing'), await kind('x.io/v1', 'Thing')]).toEqual([
    { namespaced: true, plural: 'configmaps' }, { namespaced: false, plural: 'namespaces' }, undefined, undefined,
  ]);
  expect(server.requests.map(({ path }) => path)).toEqual(['/api/v1', '/api/v1', '/apis/x.io/v1', '/apis/x.io/v1']);
});

test('an object is got by its path, and nothing where there is none', async () => {
  await connect(({ path }) => (path === `${PATH}/a` ? { body: MAP } : undefined));
  expect([await cluster.get({ ...JOB, apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }), await cluster.get(JOB)]).toEqual([MAP, undefined]);
  expect(asked()).toEqual([`GET ${PATH}/a`, 'GET /apis/batch/v1/namespaces/shop/jobs/m']);
});

test.each([
  ['the namespace itself', { name: '..' }],
  ['every object of the kind', { name: '.' }],
  ['every object of the kind', { name: '' }],
  ['all namespaces', { namespace: '..' }],
])('a name that would mean %s is never sent: %j', async (_case, part) => {
  await connect(({ path }) => (path in KINDS ? undefined : { body: MAP }));
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop', ...part };
  for (const ask of [() => cluster.get(ref), () => cluster.delete(ref, { propagation: 'background' })]) {
    await expect(ask()).rejects.toThrow('its name, namespace or apiVersion cannot stand in a path');
  }
  expect(asked()).toEqual([]);
});

test('integers of 64 bits keep all of their digits, there and back', async () => {
  await connect(({ path, method }) => (path === PATH && method === 'POST' ? (response) => {
    response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"spec":{"id":9007199254740993}}');
  } : undefined));
  const created = await cluster.create({ ...MAP, spec: { id: -9223372036854775808n } });
  expect([created.spec, server.requests.at(-1)!.text]).toEqual([{ id: 9007199254740993n }, expect.stringContaining('"spec":{"id":-9223372036854775808}')]);
});

test('an object of a kind that is not served is an error that names it', async () => {
  await connect(() => undefined);
  await expect(cluster.get({ apiVersion: 'x.io/v1', kind: 'Thing', name: 'a' })).rejects.toMatchObject({
    reason: 'unknown-kind', message: 'cannot get Thing/a: the cluster has no kind Thing in x.io/v1',
  });
});

test('a long list is read page by page, and its items say what they are', async () => {
  const item = (name: string) => ({ metadata: { name } });
  await connect(({ path, query }) => {
    if (path !== PATH) return undefined;
    const [name, rest] = query.continue ? ['b', {}] : ['a', { continue: 'more' }];
    return { body: { items: [item(name)], metadata: { resourceVersion: '9', ...rest } } };
  });
  const list = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', labels: { owner: 'helm', name: 'web' } });
  expect(list).toEqual(['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })));
  expect(asked()).toEqual([`GET ${PATH} limit=500 labelSelector=owner=helm,name=web`, `GET ${PATH} limit=500 continue=more labelSelector=owner=helm,name=web`]);
});

test('an object is created strictly', async () => {
  await connect(({ method, body }) => (method === 'POST' ? { status: 201, body } : undefined));
  expect(await cluster.create(MAP)).toEqual(MAP);
  expect(asked()).toEqual([`POST ${PATH} fieldManager=helm fieldValidation=Strict`]);
});

test.each([
  [409, 'AlreadyExists', 'already-exists'],
  [403, 'Forbidden', 'forbidden'],
  [422, 'Invalid', 'invalid'],
])('a creation that is refused (%d %s) is told with its reason', async (status, reason, meaning) => {
  await connect(({ method }) => (method === 'POST' ? { status, body: { kind: 'Status', reason, message: 'no' } } : undefined));
  await expect(cluster.create(MAP)).rejects.toMatchObject({ reason: meaning, status, message: 'cannot create ConfigMap/a in namespace shop: no' });
});

function live(resourceVersion: string, managedFields: object[] = []): KubeObject {
  return { ...MAP, metadata: { ...MAP.metadata, resourceVersion, managedFields } };
}

test.each<[string, KubeObject | undefined, Answer, string]>([
  ['created', undefined, { status: 201, body: live('5') }, 'created'],
  ['changed', live('4'), { body: live('5') }, 'changed'],
  ['unchanged', live('4'), { body: live('4') }, 'unchanged'],
])('an apply by which an object is %s says so', async (_what, before, after, change) => {
  await connect(({ method, path }) => (!path.startsWith(PATH) ? undefined : method === 'GET' ? (before ? { body: before } : NOT_FOUND) : after));
  expect((await cluster.apply(MAP, { fieldManager: 'helm' })).change).toBe(change);
  expect(asked()).toEqual([`GET ${PATH}/a`, `PATCH ${PATH}/a fieldManager=helm force=false fieldValidation=Strict`]);
  expect(server.requests.at(-1)).toMatchObject({ contentType: 'application/apply-patch+yaml', body: MAP });
});

test('fields that Helm 3 owns by updates are owned by apply before they are applied', async () => {
  const fields = { 'f:data': { 'f:x': {} } };
  const before = live('4', [{ manager: 'helm', operation: 'Update', fieldsV1: fields }]);
  await connect(({ method, path }) => (!path.startsWith(PATH) ? undefined : { body: method === 'GET' ? before : live('6') }));
  await cluster.apply(MAP, { fieldManager: 'helm', force: true });
  expect(asked()).toEqual([`GET ${PATH}/a`, `PATCH ${PATH}/a`, `PATCH ${PATH}/a fieldManager=helm force=true fieldValidation=Strict`]);
  expect(server.requests.at(-2)).toMatchObject({
    contentType: 'application/merge-patch+json',
    body: { metadata: { resourceVersion: '4', managedFields: [{ manager: 'helm', operation: 'Apply', fieldsV1: fields }] } },
  });
});

test('a deletion names its propagation and the UID that is meant; what is gone is no error', async () => {
  await connect(({ method, path }) => (method === 'DELETE' && path.endsWith('/m') ? { body: {} } : undefined));
  expect([await cluster.delete(JOB, { propagation: 'foreground', uid: 'u1' }), await cluster.delete({ ...JOB, name: 'gone' }, { propagation: 'background' })]).toEqual([true, false]);
  expect(server.requests.filter(({ method }) => method === 'DELETE').map(({ body }) => body)).toEqual([
    { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground', preconditions: { uid: 'u1' } },
    { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' },
  ]);
});

async function readLog(answer: Answer): Promise<string[]> {
  await connect(({ path }) => (path.endsWith('/log') ? answer : undefined));
  const seen: string[] = [];
  for await (const line of cluster.logs({ namespace: 'shop', pod: 'p', container: 'c', follow: true, tailLines: 5 }, new AbortController().signal)) seen.push(line);
  return seen;
}

test('a log is read line by line', async () => {
  expect(await readLog({ body: 'one\ntwo' })).toEqual(['one', 'two']);
  expect(asked()).toEqual(['GET /api/v1/namespaces/shop/pods/p/log container=c follow=true tailLines=5']);
});

test.each<[string, Answer]>([
  ['has not started', { status: 400, body: { message: 'container "c" in pod "p" is waiting to start: ContainerCreating' } }],
  ['is gone', { status: 404, body: { message: 'pods "p" not found' } }],
])('the log of a container that %s is empty', async (_what, answer) => {
  expect(await readLog(answer)).toEqual([]);
});

test('a log that may not be read is an error', async () => {
  await expect(readLog({ status: 403, body: { message: 'no' } })).rejects.toMatchObject({ reason: 'forbidden', message: 'cannot get the log of Pod/p in namespace shop: no' });
});

test('a log whose answer comes from a proxy is an error of the cluster', async () => {
  await expect(readLog({ status: 502, body: 'Bad Gateway' })).rejects.toMatchObject({ reason: 'unavailable' });
});

test('a connection that was closed while nobody used it is made anew', async () => {
  let requests = 0;
  await connect(({ path }) => {
    if (path !== `${PATH}/a`) return undefined;
    requests += 1;
    return requests === 2 ? (response) => void response.destroy() : { body: MAP };
  });
  const get = () => cluster.get({ ...JOB, apiVersion: 'v1', kind: 'ConfigMap', name: 'a' });
  expect([await get(), await get(), requests]).toEqual([MAP, MAP, 3]);
});

test('a server that cannot be reached is told by its address', async () => {
  await connect(() => undefined);
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as { readonly port: number };
  await new Promise((resolve) => closed.close(resolve));
  const address = jest.spyOn(server, 'address', 'get').mockReturnValue(`http://127.0.0.1:${port}`);
  const lost = KubernetesCluster.connect({ kubeconfig: server.kubeconfig() });
  address.mockRestore();
  await expect(lost.version()).rejects.toMatchObject({
    code: 'cluster',
    reason: 'unreachable',
    message: `cannot get the version of the server: the API server http://127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
    remedy: 'Check the address and the context of the kubeconfig, and that the API server runs.',
  });
});

test.each([
  ['7', 7],
  ['0', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ['-1', undefined],
])('an answer that asks to come back after "%s" says so', async (header, retryAfterSeconds) => {
  await connect(({ path }) =>
    path === `${PATH}/a` ? (response) => response.writeHead(429, { 'Retry-After': header }).end('Too many requests, please try again later.') : undefined);
  await expect(cluster.get({ ...JOB, apiVersion: 'v1', kind: 'ConfigMap', name: 'a' })).rejects.toMatchObject({ reason: 'unavailable', status: 429, retryAfterSeconds });
});
