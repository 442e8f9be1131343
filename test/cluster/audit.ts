import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { testCluster } from './cluster';
import { kubectl } from './kubectl';
import { waitUntil } from './wait';

/** A request that the API server has answered. */
export interface AuditRecord {
  /** When it was answered, to the microsecond. */
  readonly time: string;
  /** When it came. */
  readonly received: string;
  readonly verb: string;
  readonly user: string;
  readonly userAgent: string;
  /** Plural, such as `jobs`; empty for paths that are no resource. */
  readonly resource: string;
  readonly namespace?: string;
  /** Missing where the server makes it up. */
  readonly name?: string;
  readonly subresource?: string;
  readonly uri: string;
  readonly code: number;
  /** The body of a write. */
  readonly requestObject?: unknown;
}

/** Which requests to look at. */
export interface AuditQuery {
  /** Only those answered at this moment or later. */
  readonly since?: Date | string;
  readonly namespace?: string;
  readonly user?: string;
  /** Only those of clients whose name starts so, such as `Helm/`. */
  readonly userAgent?: string;
}

interface AuditEvent {
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
  readonly requestURI: string;
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly userAgent?: string;
  readonly objectRef?: { readonly resource?: string; readonly namespace?: string; readonly name?: string; readonly subresource?: string };
  readonly responseStatus?: { readonly code?: number };
  readonly requestObject?: unknown;
}

/**
 * What was asked of the API server, in the order it was answered; complete up to the moment of the call.
 *
 * @throws an error if the cluster has no audit log
 */
export async function auditTrail(query: AuditQuery = {}): Promise<AuditRecord[]> {
  const { auditLog } = await testCluster();
  if (!auditLog) throw new Error('This cluster has no audit log to read: name it in CDK8S_LIFECYCLE_AUDIT_LOG');
  await catchUp(auditLog);
  const since = query.since ? new Date(query.since).toISOString().slice(0, -1) : ''; // without the Z, milliseconds compare with microseconds
  return readLines(auditLog, since)
    .filter((line) => !query.namespace || line.includes(query.namespace)) // most lines need not be parsed
    .map((line) => toRecord(line))
    .filter((record) => record.time >= since && !record.uri.startsWith(MARKER))
    .filter((record) => !query.namespace || record.namespace === query.namespace)
    .filter((record) => !query.user || record.user === query.user)
    .filter((record) => !query.userAgent || record.userAgent.startsWith(query.userAgent))
    .sort((a, b) => compare(a.time, b.time));
}

const MARKER = '/api?marker=';

/** A request is recorded after its client has the answer. A request of our own, made later, marks the place up to which the log is complete. */
async function catchUp(auditLog: string): Promise<void> {
  const marker = `${MARKER}${randomUUID()}`;
  await kubectl(['get', '--raw', marker]);
  await waitUntil(`${auditLog} records the requests of this test`, () => endOf(auditLog, CHUNK).includes(marker), { seconds: 10 });
}

/** How much of the log is read at a time; after hours of tests it is longer than a string may be. */
const CHUNK = 16 * 1024 * 1024;

/** The last bytes of a file. */
function endOf(file: string, bytes: number): Buffer {
  const { size } = statSync(file);
  const buffer = Buffer.alloc(Math.min(bytes, size));
  const descriptor = openSync(file, 'r');
  try {
    const read = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.subarray(0, read);
  } finally {
    closeSync(descriptor);
  }
}

/** The lines of the log, from the end back to what is surely older than what is asked for. */
function readLines(auditLog: string, since: string): string[] {
  for (let bytes = CHUNK; ; bytes *= 2) {
    const text = endOf(auditLog, bytes).toString('utf8');
    const whole = bytes >= statSync(auditLog).size;
    const first = whole ? 0 : text.indexOf('\n') + 1; // the first line may be cut off
    const oldest = /"stageTimestamp":"([^"]+)"/.exec(text.slice(first, first + 100_000))?.[1] ?? '';
    // Lines are written nearly in order: a few seconds of margin.
    if (whole || (since !== '' && Date.parse(oldest) < Date.parse(since) - 10_000)) {
      return text.slice(first, text.lastIndexOf('\n')).split('\n').filter(Boolean); // the last line may be half written
    }
  }
}

/** A line of the log. */
export function toRecord(line: string): AuditRecord {
  const { objectRef = {}, user, responseStatus, ...event } = JSON.parse(line) as AuditEvent;
  return {
    time: event.stageTimestamp,
    received: event.requestReceivedTimestamp,
    verb: event.verb,
    user: user.username,
    userAgent: event.userAgent ?? '',
    resource: objectRef.resource ?? '',
    namespace: objectRef.namespace,
    name: objectRef.name,
    subresource: objectRef.subresource,
    uri: event.requestURI,
    code: responseStatus?.code ?? 0,
    requestObject: event.requestObject,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
