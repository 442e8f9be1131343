import { Cluster } from '../../cluster';
import { History, lastOf } from '../../release';
import { Resumable, Resumption } from '../plan';
import { findJournal } from './journal-book';
import { SecretScope, SecretsInUse } from './secrets-in-use';

/** What is known of the last revision, for who wants to go on with it. It only reads. */
export async function findResumption(cluster: Cluster, scope: SecretScope, history: History, operations: readonly Resumable[]): Promise<Resumption> {
  const last = lastOf(history);
  if (last?.info.status !== 'failed') return { operations, mask: (text) => text }; // there is nothing to go on with, and so nothing to tell
  const { mask } = await SecretsInUse.of(cluster, scope, last);
  const journal = await findJournal(cluster, { ...scope, revision: last.version });
  return { operations, mask, ...(journal ? { journal } : {}) };
}
