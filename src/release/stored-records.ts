import { KubeObject, LifecycleError } from '../vocabulary';
import { History, deployedOf, lastOf, toHistory } from './history';
import { RECORD_SECRET_TYPE, readRecordSecret, revisionInName } from './storage';

/** A Secret of a release that holds no record that can be read. */
export interface UnreadableRecord {
  /** The revision its name stands for; absent where that is no record's, as of a copy that somebody made. */
  readonly revision?: number;
  /** The status that its label tells. */
  readonly status?: string;
  readonly error: LifecycleError;
}

/** What the Secrets of a release hold. */
export interface StoredRecords {
  readonly history: History;
  readonly unreadable: readonly UnreadableRecord[];
}

/** Reads the Secrets of a release; what cannot be read is told apart, where Helm skips it without a word. */
export function readRecordSecrets(release: string, secrets: readonly KubeObject[]): StoredRecords {
  const unreadable: UnreadableRecord[] = [];
  const records = secrets.filter(({ type }) => type === RECORD_SECRET_TYPE).flatMap((secret) => {
    try {
      return [readRecordSecret(secret)];
    } catch (error) {
      if (!(error instanceof LifecycleError)) throw error;
      const { name = '', labels } = secret.metadata;
      unreadable.push({ revision: revisionInName(release, name), status: labels?.status, error });
      return [];
    }
  });
  return { history: toHistory(records), unreadable };
}

/** The unreadable revision without which nobody knows what is in the cluster: the newest, and all since the one whose resources are there. */
export function indispensable({ history, unreadable }: StoredRecords): UnreadableRecord | undefined {
  const last = lastOf(history);
  const superseded = history.filter(({ record }) => record.info.status === 'superseded').at(-1)?.record;
  const base = last?.info.status === 'uninstalled' ? last : (deployedOf(history) ?? superseded);
  return unreadable.find(({ revision, status }) => revision !== undefined && (status === 'deployed' || revision > (base?.version ?? 0)));
}
