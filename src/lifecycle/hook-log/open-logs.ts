import { Cluster } from '../../cluster';
import { History, Journal, ReleaseClaim, ReleaseRecord, lastOf, recordedContent, revisionOf } from '../../release';
import { closest } from '../../vocabulary';
import { RefusedError } from '../plan';
import { claimRef, findClaim } from '../run/claim-book';
import { findJournal, journalsOf } from '../run/journal-book';
import { RecordStore } from '../run/record-store';
import { SecretsInUse } from '../run/secrets-in-use';
import { checkChoice } from './hook-choice';
import { LogsRequest } from './log-item';

/** A revision whose logs can be read. */
export interface OpenLogs {
  readonly revision: number;
  readonly journal: Journal;
  /**
   * Where lines come from. What is secret in the Pods of a release without a record, nobody can tell any more: only what the journal kept is masked.
   */
  readonly from: 'pods' | 'journal';
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

function noRevision(release: string, revision: number | undefined, known: readonly number[]): RefusedError {
  return new RefusedError(`Release "${release}" has no revision ${revision}`, `Its revisions are ${known.join(', ')}.`);
}

function recordOf(history: History, { release, revision }: LogsRequest): ReleaseRecord {
  const record = revision === undefined ? lastOf(history)! : revisionOf(history, revision);
  if (record) return record;
  throw noRevision(release, revision, history.map(({ record: { version } }) => version));
}

/** The logs of a release whose resources somebody else manages. */
async function openClaimed(cluster: Cluster, claim: ReleaseClaim, { release, namespace, hook, ...request }: LogsRequest): Promise<OpenLogs> {
  const revision = request.revision ?? claim.revision;
  const journal = await findJournal(cluster, { release, namespace, revision, owner: claimRef({ release, namespace }) });
  if (!journal) throw noRevision(release, revision, await journalsOf(cluster, { release, namespace }));
  if (hook !== undefined) checkChoice(hook, { release, revision, hooks: [] }, journal.hooks);
  return { revision, journal, from: 'journal', secrets: new SecretsInUse(cluster, { release, namespace }), warnings: [] };
}

/**
 * Finds what the logs of a revision are read from.
 *
 * @throws RefusedError where there is no such release, revision or hook, or the revision is one of helm's
 */
export async function openLogs(cluster: Cluster, request: LogsRequest): Promise<OpenLogs> {
  const { release, namespace, hook } = request;
  const claim = await findClaim(cluster, request);
  if (claim) return openClaimed(cluster, claim, request);
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
  if (hook !== undefined) checkChoice(hook, { release, revision: record.version, hooks: record.hooks }, journal.hooks);
  const secrets = new SecretsInUse(cluster, { release, namespace });
  const { hooks, resources } = recordedContent(record);
  secrets.learn([...hooks, ...resources].map(({ object }) => object));
  return { revision: record.version, journal, from: 'pods', secrets, warnings: await secrets.read() };
}
