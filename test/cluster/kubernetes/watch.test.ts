import { ServerResponse } from 'node:http';
import { Query, WatchEvent, systemClock } from '../../../src/cluster';
import { newKubeConfig } from '../../../src/cluster/kubernetes/client-node';
import { Transport } from '../../../src/cluster/kubernetes/transport';
import { Page, selectors, watch } from '../../../src/cluster/kubernetes/watch';
import { KubeObject } from '../../../src/vocabulary';
import { Answer, ApiServer } from './api-server';

const QUERY = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop' };
let server: ApiServer | undefined;
let transport: Transport | undefined;
let pauses: number[];

beforeEach(() => {
  pauses = [];
  jest.spyOn(Math, 'random').mockReturnValue(1);
  jest.spyOn(systemClock, 'sleep').mockImplementation(async (milliseconds) => void pauses.push(milliseconds));
});

afterEach(async () => {
  jest.restoreAllMocks();
  transport?.close();
  await server?.stop();
  server = undefined;
});

function configMap(name: string, resourceVersion: number): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, resourceVersion: String(resourceVersion) } };
}

const event = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`;

/** An answer that sends lines, then ends, breaks or stays open. */
function stream(then: 'ends' | 'breaks' | 'stays', ...lines: readonly string[]): Answer {
  return (response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    const last = () => (then === 'ends' ? response.end() : then === 'breaks' ? response.destroy() : undefined);
    if (lines.length === 0) last();
    else response.write(lines.join(''), () => setImmediate(last));
  };
}

interface Watching {
  readonly told: readonly string[];
  /** The resourceVersion that each connection began from. */
  readonly from: readonly string[];
  readonly lists: number;
}

/** Watches until so many events were told; the server gives its answers in turn. */
async function watching(count: number, pages: readonly Page[], answers: readonly Answer[]): Promise<Watching> {
  const waiting = [...answers];
  server = await ApiServer.start(() => waiting.shift() ?? stream('stays'));
  const config = newKubeConfig();
  config.loadFromClusterAndUser({ name: 'x', server: server.address, skipTLSVerify: true }, { name: 'x' });
  transport = new Transport(config);
  const left = [...pages];
  const end = new AbortController();
  const told: string[] = [];
  const tell = (each: WatchEvent) =>
    each.kind === 'listed' ? `listed ${each.objects.map(({ metadata }) => metadata.name)} at ${each.resourceVersion}` : `${each.kind} ${each.object.metadata.name}`;
  const source = { transport, path: '/api/v1/namespaces/shop/configmaps', list: async () => left.shift()! };
  for await (const each of watch(source, QUERY, end.signal)) {
    told.push(tell(each));
    if (told.length === count) end.abort();
  }
  return { told, from: server.requests.map(({ query }) => query.resourceVersion), lists: pages.length - left.length };
}

const page = (resourceVersion: number, ...objects: readonly KubeObject[]): Page => ({ objects, resourceVersion: String(resourceVersion) });

test('a watch lists, then tells every change', async () => {
  const { told } = await watching(4, [page(5, configMap('a', 3))], [
    stream('stays', event('ADDED', configMap('b', 6)), event('MODIFIED', configMap('a', 7)), event('DELETED', configMap('b', 8))),
  ]);
  expect(told).toEqual(['listed a at 5', 'added b', 'modified a', 'deleted b']);
  expect(server!.requests[0]).toMatchObject({
    method: 'GET',
    path: '/api/v1/namespaces/shop/configmaps',
    query: { watch: 'true', resourceVersion: '5', allowWatchBookmarks: 'true', timeoutSeconds: '290' },
  });
});

test('a watch that the server ends goes on from the last version, without a pause and without a list', async () => {
  const { told, from, lists } = await watching(3, [page(5)], [
    stream('ends', event('ADDED', configMap('a', 6))), stream('stays', event('ADDED', configMap('b', 7))),
  ]);
  expect([told, from, lists, pauses]).toEqual([['listed  at 5', 'added a', 'added b'], ['5', '6'], 1, []]);
});

test('a watch whose connection breaks goes on from the last version, after a pause', async () => {
  const { told, from, lists } = await watching(3, [page(5)], [
    stream('breaks', event('ADDED', configMap('a', 6))), stream('stays', event('ADDED', configMap('b', 7))),
  ]);
  expect([told, from, lists, pauses]).toEqual([['listed  at 5', 'added a', 'added b'], ['5', '6'], 1, [100]]);
});

test('a bookmark moves the version on and is not told', async () => {
  const { told, from } = await watching(2, [page(5)], [
    stream('ends', event('BOOKMARK', configMap('', 50))), stream('stays', event('ADDED', configMap('a', 51))),
  ]);
  expect([told, from]).toEqual([['listed  at 5', 'added a'], ['5', '50']]);
});

test.each<[string, Answer]>([
  ['an answer', { status: 410, body: { kind: 'Status', code: 410, message: 'too old resource version' } }],
  ['an event', stream('stays', event('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' }))],
])('a version that is too old is told by %s, and begins anew with a list', async (_how, expired) => {
  const { told, from } = await watching(3, [page(5), page(90, configMap('a', 80))], [expired, stream('stays', event('ADDED', configMap('b', 91)))]);
  expect([told, from, pauses]).toEqual([['listed  at 5', 'listed a at 90', 'added b'], ['5', '90'], []]);
});

test.each([403, 401, 404, 422])('a refusal (%d) ends the watch at once', async (status) => {
  await expect(watching(2, [page(5)], [{ status, body: { message: 'no' } }])).rejects.toMatchObject({
    status, message: 'cannot watch objects of kind ConfigMap in namespace shop: no',
  });
  expect(pauses).toEqual([]);
});

test('a server that has trouble is asked again, with longer pauses', async () => {
  const trouble = { status: 503, body: { message: 'starting' } };
  const { told } = await watching(2, [page(5)], [trouble, { status: 502, body: 'Bad Gateway' }, trouble, stream('stays', event('ADDED', configMap('a', 6)))]);
  expect([told, pauses]).toEqual([['listed  at 5', 'added a'], [100, 200, 400]]);
});

test('a server that ends each watch at once is not asked without end', async () => {
  const { told } = await watching(2, [page(5)], [stream('ends'), stream('ends'), stream('stays', event('ADDED', configMap('a', 6)))]);
  expect([told, pauses.length]).toEqual([['listed  at 5', 'added a'], 2]);
});

test('an event that comes in pieces is read whole', async () => {
  const text = event('ADDED', { ...configMap('a', 6), data: { x: 'ü'.repeat(100_000) } });
  const { told } = await watching(2, [page(5)], [stream('stays', text.slice(0, 70_000), text.slice(70_000))]);
  expect(told).toEqual(['listed  at 5', 'added a']);
});

test('a signal that is aborted from the start ends the watch before it begins', async () => {
  const list = jest.fn<Promise<Page>, []>();
  const events = watch({ transport: undefined as unknown as Transport, path: '', list }, QUERY, AbortSignal.abort());
  expect([(await events.next()).done, list.mock.calls.length]).toEqual([true, 0]);
});

test.each<[Pick<Query, 'labels' | 'fields'>, string | undefined, string | undefined]>([
  [{}, undefined, undefined],
  [{ labels: {}, fields: {} }, undefined, undefined],
  [{ labels: { 'a': 'b', 'c.io/d': 'e' } }, 'a=b,c.io/d=e', undefined],
  [{ fields: { 'type': 'Warning', 'involvedObject.kind': 'Job' } }, undefined, 'type=Warning,involvedObject.kind=Job'],
])('%j selects by labels %p and fields %p', (chosen, labelSelector, fieldSelector) => {
  expect(selectors({ ...QUERY, ...chosen })).toEqual({ labelSelector, fieldSelector });
});
