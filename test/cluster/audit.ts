import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
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
  return readLines(auditLog)
    .filter((line) => !query.namespace || line.includes(query.namespace)) // most lines need not be parsed
    .map((line) => toRecord(JSON.parse(line) as AuditEvent))
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
  await waitUntil(`${auditLog} records the requests of this test`, () => readFileSync(auditLog, 'utf8').includes(marker), { seconds: 10 });
}

function readLines(auditLog: string): string[] {
  const text = readFileSync(auditLog, 'utf8');
  return text.slice(0, text.lastIndexOf('\n')).split('\n').filter(Boolean); // the last line may be half written
}

function toRecord({ objectRef = {}, user, responseStatus, ...event }: AuditEvent): AuditRecord {
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
