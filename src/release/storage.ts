import { gzipSync } from 'node:zlib';
import { KubeObject, LifecycleError, toJson } from '../vocabulary';
import { MalformedRecord, decodeRecord } from './decode-record';
import { ReleaseRecord } from './record';

/** The type of Helm's release Secrets. */
export const RECORD_SECRET_TYPE = 'helm.sh/release.v1';

/** Names that Helm puts on its Secrets itself; user labels may not use them. */
const SYSTEM_LABELS = ['name', 'owner', 'status', 'version', 'createdAt', 'modifiedAt'];

/** Secrets larger than this are refused by the API server: validation.MaxSecretSize. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** What the times of its hooks and the reason of a failure add to a record while an operation runs, in bytes; generously. */
const RUN_RESERVE = 16 * 1024;

/** A revision as it lies in the cluster. */
export interface StoredRecord {
  readonly record: ReleaseRecord;
  readonly labels: Readonly<Record<string, string>>;
  readonly resourceVersion?: string;
}

/** The name of the Secret that holds a revision. */
export function recordName(release: string, revision: number): string {
  return `sh.helm.release.v1.${release}.v${revision}`;
}

/** The labels that find every revision of a release. */
export function recordLabels(release: string): Record<string, string> {
  return { name: release, owner: 'helm' };
}

/** Helm's text form of a record: base64 of gzipped JSON. */
export function encodeRecord(record: ReleaseRecord): string {
  return gzipSync(toJson(record), { level: 9 }).toString('base64');
}

function encoded(record: ReleaseRecord, reserve: number): string {
  const text = encodeRecord(record);
  const room = MAX_RECORD_BYTES - reserve;
  if (text.length <= room) return text;
  throw new LifecycleError('refused', `The record of release "${record.name}" would be ${text.length} bytes; a Secret has room for ${room}`, {
    remedy: 'Split the release, or move large data out of its manifests.',
  });
}

/**
 * Whether a revision can be recorded, now and when it says how its hooks ran.
 *
 * @throws LifecycleError where it is too large
 */
export function checkRecordSize(record: ReleaseRecord): void {
  encoded(record, RUN_RESERVE);
}

/** The Secret of a revision. `now` stamps it; what the Secret has as labels of the user stays. */
export function recordSecret({ record, labels, resourceVersion }: StoredRecord, now: Date): KubeObject {
  const seconds = String(Math.floor(now.getTime() / 1000));
  const own = Object.fromEntries(Object.entries(labels).filter(([key]) => !SYSTEM_LABELS.includes(key)));
  const release = encoded(record, 0);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: recordName(record.name, record.version),
      namespace: record.namespace,
      labels: {
        ...own,
        ...recordLabels(record.name),
        status: record.info.status,
        version: String(record.version),
        [resourceVersion === undefined ? 'createdAt' : 'modifiedAt']: seconds,
      },
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
    type: RECORD_SECRET_TYPE,
    data: { release: Buffer.from(release).toString('base64') },
  };
}

/** The revision that the name of a Secret stands for; none where it is not the name of a record. */
export function revisionInName(release: string, name: string): number | undefined {
  const revision = Number(name.slice(recordName(release, 0).length - 1));
  return Number.isSafeInteger(revision) && revision > 0 && recordName(release, revision) === name ? revision : undefined;
}

/**
 * Reads the Secret of a revision.
 *
 * @throws LifecycleError that names the Secret, and nothing else
 */
export function readRecordSecret({ metadata, data }: KubeObject): StoredRecord {
  const { name = '', namespace = '', labels = {}, resourceVersion } = metadata;
  try {
    const release = (data as Readonly<Record<string, unknown>> | null | undefined)?.release;
    const record = decodeRecord(Buffer.from(typeof release === 'string' ? release : '', 'base64').toString('utf8'));
    if (recordName(record.name, record.version) !== name) throw new MalformedRecord(`it holds revision ${record.version} of release "${record.name}"`);
    return { record: { ...record, namespace: record.namespace || namespace }, labels, resourceVersion };
  } catch (cause) {
    if (!(cause instanceof MalformedRecord)) throw cause;
    throw new LifecycleError('cluster', `Secret ${namespace}/${name} holds no readable release record: ${cause.message}`, {
      remedy: `Restore that Secret from a backup; or, if nobody needs its revision, delete it: kubectl delete secret ${name} -n ${namespace}`,
      cause,
    });
  }
}
