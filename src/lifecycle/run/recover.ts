import { Cluster } from '../../cluster';
import { History, RecordedHook, isPending, isUnfinished, lastOf, withStatus } from '../../release';
import { describeRef } from '../../vocabulary';
import { jobState } from './job-state';
import { JournalBook } from './journal-book';
import { Observer } from './observer';
import { RecordStore } from './record-store';
import { Operation } from './run-context';
import { stopHook } from './stop-hook';

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

/** Stops the hooks of the last revision that may still run, and waits until their Pods are gone: what comes next never runs beside them. */
async function* stopUnfinished({ cluster, observer }: Recovery, journal: JournalBook): Operation {
  for (const [place, entry] of journal.hooks.entries()) {
    if (!isUnfinished(entry)) continue;
    const { event, hook } = entry;
    const live = await cluster.get(hook);
    // Between a crash and the UID there is only the name; what runs under it then is the hook's object all the same.
    const uid = entry.uid ?? live?.metadata.uid;
    if (live && uid !== undefined && live.metadata.uid === uid && (live.kind !== 'Job' || jobState(live).kind === 'running')) {
      yield { kind: 'hook-waiting', event, hook, weight: 0, reason: 'it was left running and is being stopped' };
    }
    if (uid !== undefined) await stopHook({ cluster, observer }, hook, uid, 'its operation was taken over', true);
    await journal.change(place, { state: 'failed', completedAt: cluster.clock.now().toISOString() });
  }
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
  const stopped = journal.hooks.filter(isUnfinished).map(({ hook }) => describeRef(hook));
  yield* stopUnfinished(recovery, journal);
  if (!isPending(last) || !(journal.exists || inherited === last.version)) return;
  yield { kind: 'recovered', revision: last.version, was: last.info.status, stopped };
  const completed = cluster.clock.now().toISOString();
  const ended = ({ last_run: run, ...hook }: RecordedHook): RecordedHook =>
    run?.phase === 'Running' ? { ...hook, last_run: { ...run, completed_at: completed, phase: 'Failed' } } : { ...hook, last_run: run };
  const record = { ...last, hooks: last.hooks.map(ended) };
  await records.write(withStatus(record, 'failed', `The operation died while the revision was ${last.info.status}; a later one took over`));
}
