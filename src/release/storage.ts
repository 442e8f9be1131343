import { gunzipSync, gzipSync } from 'node:zlib';
import { KubeObject, LifecycleError } from '../vocabulary';
import { ReleaseRecord } from './record';

/** The type of Helm's release Secrets. */
export const RECORD_SECRET_TYPE = 'helm.sh/release.v1';

/** Names that Helm puts on its Secrets itself; user labels may not use them. */
const SYSTEM_LABELS = ['name', 'owner', 'status', 'version', 'createdAt', 'modifiedAt'];

/** Secrets larger than this are refused by the API server: validation.MaxSecretSize. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** A decoded record is never larger than this; a crafted one could otherwise fill the memory. */
const MAX_DECODED_BYTES = 256 * 1024 * 1024;

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
  return gzipSync(JSON.stringify(record), { level: 9 }).toString('base64');
}

/** Reads what {@link encodeRecord} wrote, and what Helm wrote, compressed or not. */
export function decodeRecord(text: string): ReleaseRecord {
  const bytes = Buffer.from(text, 'base64');
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const record = JSON.parse((zipped ? gunzipSync(bytes, { maxOutputLength: MAX_DECODED_BYTES }) : bytes).toString('utf8')) as ReleaseRecord;
  if (typeof record !== 'object' || record === null || typeof record.version !== 'number' || typeof record.info?.status !== 'string') {
    throw new LifecycleError('cluster', 'not a release record: it has no version or no status');
  }
  return { ...record, hooks: record.hooks ?? [], manifest: record.manifest ?? '' };
}

/** The Secret of a revision. `now` stamps it; what the Secret has as labels of the user stays. */
export function recordSecret({ record, labels, resourceVersion }: StoredRecord, now: Date): KubeObject {
  const seconds = String(Math.floor(now.getTime() / 1000));
  const own = Object.fromEntries(Object.entries(labels).filter(([key]) => !SYSTEM_LABELS.includes(key)));
  const release = encodeRecord(record);
  if (release.length > MAX_RECORD_BYTES) {
    throw new LifecycleError('refused', `The record of release "${record.name}" would be ${release.length} bytes; a Secret holds at most ${MAX_RECORD_BYTES}`, {
      remedy: 'Split the release, or move large data out of its manifests.',
    });
  }
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

/** Reads the Secret of a revision. */
export function readRecordSecret(secret: KubeObject): StoredRecord {
  const data = secret.data as Record<string, string> | undefined;
  try {
    const record = decodeRecord(Buffer.from(data?.release ?? '', 'base64').toString('utf8'));
    const { labels = {}, resourceVersion } = secret.metadata;
    return { record: { ...record, namespace: record.namespace || (secret.metadata.namespace ?? '') }, labels, resourceVersion };
  } catch (cause) {
    throw new LifecycleError('cluster', `Secret ${secret.metadata.namespace}/${secret.metadata.name} holds no readable release record`, {
      remedy: 'Delete that Secret if its revision is not needed; other revisions stay usable.',
      cause,
    });
  }
}
