import { KubeObject } from '../../vocabulary';
import { pauseAfter } from '../backoff';
import { systemClock } from '../clock';
import { Query, WatchEvent } from '../cluster';
import { ClusterError, isClusterError } from '../cluster-error';
import { describeQuery } from '../describe-target';
import { lines } from './lines';
import { readAnswer, statusError } from './status-error';
import { Transport } from './transport';

/** The server ends a watch after this time, and sends a bookmark every minute before: silence of 90 s is a dead connection. */
const WATCH_SECONDS = 290;
const IDLE_TIMEOUT = 90_000;

/** A server that cannot be reached is tried again for this long, in milliseconds. */
const PATIENCE = 60_000;

/** No line of a watch is cut: an object may be as large as etcd takes it. */
const MAX_EVENT = Number.MAX_SAFE_INTEGER;

/** A page of a list. */
export interface Page {
  readonly objects: readonly KubeObject[];
  readonly resourceVersion: string;
}

interface RawEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject & { readonly code?: number; readonly message?: string };
}

const KINDS = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const;

/** Whether trying again may help. */
function isPassing(error: unknown): boolean {
  return isClusterError(error, 'unreachable', 'unavailable') || !(error instanceof ClusterError);
}

/** What a watch needs of its cluster. */
export interface WatchSource {
  readonly transport: Transport;
  readonly path: string;
  readonly list: () => Promise<Page>;
}

/** Tells the changes since a version; ends when the server ends it, throws where the version is too old. */
async function* changes(
  source: WatchSource,
  query: Query,
  from: string,
  signal: AbortSignal,
  seen: (version: string) => void,
): AsyncGenerator<WatchEvent, void> {
  const request = { verb: 'watch', target: describeQuery(query) };
  const response = await source.transport.send({
    ...request,
    method: 'GET',
    path: source.path,
    query: { watch: 'true', resourceVersion: from, allowWatchBookmarks: 'true', timeoutSeconds: String(WATCH_SECONDS), ...selectors(query) },
    signal,
    idleTimeout: IDLE_TIMEOUT,
  });
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    const text: string[] = [];
    for await (const line of lines(response)) text.push(line);
    throw statusError(request, status, readAnswer(text.join('\n')));
  }
  for await (const line of lines(response, MAX_EVENT)) {
    const { type, object } = JSON.parse(line) as RawEvent;
    if (type === 'ERROR') throw statusError(request, object.code ?? 500, object);
    seen(object.metadata.resourceVersion!);
    if (type !== 'BOOKMARK') yield { kind: KINDS[type], object };
  }
}

/** `a=b,c=d` */
function selector(wanted: Readonly<Record<string, string>> = {}): string | undefined {
  const pairs = Object.entries(wanted).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? pairs.join(',') : undefined;
}

/** The parameters that choose objects by labels and fields. */
export function selectors({ labels, fields }: Query): Readonly<Record<string, string | undefined>> {
  return { labelSelector: selector(labels), fieldSelector: selector(fields) };
}

/** Lists, then watches; begins anew where a connection breaks, and with a list where the version it had is too old (410 Gone). */
export async function* watch(source: WatchSource, query: Query, signal: AbortSignal): AsyncGenerator<WatchEvent, void> {
  let version: string | undefined;
  let failingSince: number | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (version === undefined) {
        const page = await source.list();
        version = page.resourceVersion;
        yield { kind: 'listed', ...page };
      }
      const from = version;
      for await (const event of changes(source, query, version, signal, (seen) => (version = seen))) {
        [failingSince, failures] = [undefined, 0];
        yield event;
      }
      if (version === from) await systemClock.sleep(pauseAfter(1), signal); // a proxy may end every watch at once
    } catch (error) {
      if (signal.aborted) return;
      if (isClusterError(error) && error.status === 410) {
        version = undefined;
        continue;
      }
      failingSince ??= Date.now();
      if (!isPassing(error) || Date.now() - failingSince > PATIENCE) throw error;
      failures += 1;
      await systemClock.sleep(pauseAfter(failures), signal);
    }
  }
}
