import { ReleaseRecord } from './record';
import { StoredRecord } from './storage';

/** The revisions of a release, oldest first. */
export type History = readonly StoredRecord[];

/** Sorts revisions, oldest first. */
export function toHistory(records: readonly StoredRecord[]): History {
  return [...records].sort((a, b) => a.record.version - b.record.version);
}

/** The newest revision. */
export function lastOf(history: History): ReleaseRecord | undefined {
  return history.at(-1)?.record;
}

/** The newest deployed revision. */
export function deployedOf(history: History): ReleaseRecord | undefined {
  return history.filter(({ record }) => record.info.status === 'deployed').at(-1)?.record;
}

/** The revision of a number. */
export function revisionOf(history: History, revision: number): ReleaseRecord | undefined {
  return history.find(({ record }) => record.version === revision)?.record;
}

/**
 * Revisions to delete so that one more fits into `max`: the oldest, but never the newest deployed one (pkg/storage, removeLeastRecent).
 *
 * @param max 0 for no limit
 */
export function surplusOf(history: History, max: number): History {
  if (max <= 0) return [];
  const deployed = deployedOf(history)?.version;
  return history.filter(({ record }) => record.version !== deployed).slice(0, Math.max(0, history.length - (max - 1)));
}
