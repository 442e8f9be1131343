import { Cluster } from '../../cluster';
import { History, JournaledHook, RecordedHook, ReleaseRecord, isPending, isUnfinished, lastOf, withStatus } from '../../release';
import { KubeObject, describeRef } from '../../vocabulary';
import { runState } from './job-state';
import { JournalBook } from './journal-book';
import { Observer } from './observer';
import { RecordStore } from './record-store';
import { Operation } from './run-context';
import { saveLog } from './save-log';
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

/** The object of a hook. Between a crash and the UID there is only the name; what has it then is the hook's object all the same. */
async function objectOf({ cluster }: Recovery, { hook, uid }: JournaledHook): Promise<KubeObject | undefined> {
  const live = await cluster.get(hook);
  return uid === undefined || live?.metadata.uid === uid ? live : undefined;
}

/**
 * Stops the hooks of the last revision that may still run, and waits until their Pods are gone: what comes next never runs beside them.
 *
 * One that has succeeded without anybody to see it has succeeded.
 *
 * @returns those that did not
 */
async function* stopUnfinished(recovery: Recovery, journal: JournalBook, record: ReleaseRecord): Operation<string[]> {
  const { cluster, observer } = recovery;
  const stopped: string[] = [];
  for (const [place, entry] of journal.hooks.entries()) {
    if (!isUnfinished(entry)) continue;
    const { event, hook } = entry;
    const live = await objectOf(recovery, entry);
    const before = live && runState(live).kind;
    const log = entry.log ?? (yield* saveLog(recovery, record, { ...entry, uid: live?.metadata.uid ?? entry.uid }));
    if (before === 'running') yield { kind: 'hook-waiting', event, hook, weight: 0, reason: 'it was left running and is being stopped' };
    if (live && (live.kind === 'Job' || before === 'running')) await stopHook({ cluster, observer }, hook, live.metadata.uid!, 'its operation was taken over', true);
    const after = before === 'running' ? await objectOf(recovery, { ...entry, uid: live?.metadata.uid }) : live;
    const state = after && runState(after).kind === 'succeeded' ? 'succeeded' : 'failed';
    if (state === 'failed') stopped.push(describeRef(hook));
    const verdict = state === 'succeeded' ? state : (entry.verdict ?? 'failed: its operation died, and a later one stopped it');
    await journal.change(place, { state, completedAt: cluster.clock.now().toISOString(), verdict, ...(log === undefined ? {} : { log }) });
  }
  return stopped;
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
  const stopped = yield* stopUnfinished(recovery, journal, last);
  if (!journal.exists && inherited !== last.version) return;
  const record = { ...last, hooks: endedHooks(last, journal, cluster.clock.now().toISOString()) };
  if (!isPending(last)) {
    if (last.hooks.some(({ last_run: run }) => run?.phase === 'Running')) await records.write(record);
    return;
  }
  yield { kind: 'recovered', revision: last.version, was: last.info.status, stopped };
  await records.write(withStatus(record, 'failed', `The operation died while the revision was ${last.info.status}; a later one took over`));
}
