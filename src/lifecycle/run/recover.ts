import { Cluster } from '../../cluster';
import { History, RecordedHook, ReleaseRecord, isPending, lastOf, withStatus } from '../../release';
import { JournalBook } from './journal-book';
import { Observer } from './observer';
import { RecordStore } from './record-store';
import { Operation } from './run-context';
import { SecretsInUse } from './secrets-in-use';
import { stopUnfinished } from './stop-unfinished';

/** What is needed to put right what an operation left that died. */
export interface Recovery {
  readonly cluster: Cluster;
  readonly observer: Observer;
  readonly records: RecordStore;
  readonly release: string;
  readonly namespace: string;
  /** The revision that the lock named which was taken over. */
  readonly inherited?: number;
}

/** The hooks of a record as the journal knows them: the record of one that died says that its hook runs. */
function endedHooks(record: ReleaseRecord, journal: JournalBook, completed: string): RecordedHook[] {
  return record.hooks.map(({ last_run: run, ...hook }) => {
    if (run?.phase !== 'Running') return { ...hook, last_run: run };
    const entry = journal.hooks.filter(({ hook: { kind, name } }) => kind === hook.kind && name === hook.name).at(-1);
    return { ...hook, last_run: { ...run, completed_at: entry?.completedAt ?? completed, phase: entry?.state === 'succeeded' ? 'Succeeded' : 'Failed' } };
  });
}

/**
 * Puts right what an operation of ours left when it died: its hooks are stopped, and its revision is no longer pending but failed.
 *
 * A pending revision that is not ours stays as it is; the planner refuses it.
 */
export async function* recover(recovery: Recovery, history: History): Operation {
  const { cluster, records, release, namespace, inherited } = recovery;
  const last = lastOf(history);
  if (!last) return;
  const journal = await JournalBook.open(cluster, { release, namespace, revision: last.version });
  const stopped = yield* stopUnfinished({ ...recovery, secrets: () => SecretsInUse.of(cluster, { release, namespace }, last) }, journal);
  if (!journal.exists && inherited !== last.version) return;
  const record = { ...last, hooks: endedHooks(last, journal, cluster.clock.now().toISOString()) };
  if (!isPending(last)) {
    if (last.hooks.some(({ last_run: run }) => run?.phase === 'Running')) await records.write(record);
    return;
  }
  yield { kind: 'recovered', revision: last.version, was: last.info.status, stopped };
  await records.write(withStatus(record, 'failed', `The operation died while the revision was ${last.info.status}; a later one took over`));
}
