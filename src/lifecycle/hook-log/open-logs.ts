import { Cluster } from '../../cluster';
import { History, Journal, ReleaseRecord, lastOf, recordedContent, revisionOf } from '../../release';
import { closest } from '../../vocabulary';
import { RefusedError } from '../plan';
import { findJournal } from '../run/journal-book';
import { RecordStore } from '../run/record-store';
import { SecretsInUse } from '../run/secrets-in-use';
import { checkChoice } from './hook-choice';
import { LogsRequest } from './log-item';

/** A revision whose logs can be read. */
export interface OpenLogs {
  readonly record: ReleaseRecord;
  readonly journal: Journal;
  readonly secrets: SecretsInUse;
  /** What to warn of. */
  readonly warnings: readonly string[];
}

async function noRelease(cluster: Cluster, { release, namespace }: LogsRequest): Promise<RefusedError> {
  const secrets = await cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace, labels: { owner: 'helm' } });
  const guess = closest(release, [...new Set(secrets.flatMap(({ metadata }) => metadata.labels?.name ?? []))]);
  return new RefusedError(
    `There is no release "${release}" in namespace ${namespace}`,
    guess === undefined ? 'Name the right namespace with -n.' : `Did you mean "${guess}"? Or name the right namespace with -n.`,
  );
}

function recordOf(history: History, { release, revision }: LogsRequest): ReleaseRecord {
  const record = revision === undefined ? lastOf(history)! : revisionOf(history, revision);
  if (record) return record;
  const revisions = history.map(({ record: { version } }) => version).join(', ');
  throw new RefusedError(`Release "${release}" has no revision ${revision}`, `Its revisions are ${revisions}.`);
}

/**
 * Finds what the logs of a revision are read from.
 *
 * @throws RefusedError where there is no such release, revision or hook, or the revision is one of helm's
 */
export async function openLogs(cluster: Cluster, request: LogsRequest): Promise<OpenLogs> {
  const { release, namespace, hook } = request;
  const history = await new RecordStore(cluster, release, namespace).history();
  if (history.length === 0) throw await noRelease(cluster, request);
  const record = recordOf(history, request);
  const journal = await findJournal(cluster, { release, namespace, revision: record.version });
  if (!journal) {
    throw new RefusedError(
      `Revision ${record.version} of release "${release}" has no journal: it was recorded by helm, which keeps no logs`,
      'What is still in the cluster is shown by: kubectl logs job/NAME',
    );
  }
  if (hook !== undefined) checkChoice(hook, record, journal.hooks);
  const secrets = new SecretsInUse(cluster, { release, namespace });
  const { hooks, resources } = recordedContent(record);
  secrets.learn([...hooks, ...resources].map(({ object }) => object));
  return { record, journal, secrets, warnings: await secrets.read() };
}
