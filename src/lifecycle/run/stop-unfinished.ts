import { Cluster } from '../../cluster';
import { JournaledHook, isUnfinished } from '../../release';
import { KubeObject, describeRef } from '../../vocabulary';
import { runState } from './job-state';
import { JournalBook } from './journal-book';
import { Observer } from './observer';
import { Operation } from './run-context';
import { saveLog } from './save-log';
import { SecretsInUse } from './secrets-in-use';
import { stopHook } from './stop-hook';

/** What is needed to stop what an operation left that died. */
export interface Unfinished {
  readonly cluster: Cluster;
  readonly observer: Observer;
  /** What must not be kept of the logs. */
  readonly secrets: () => Promise<SecretsInUse>;
}

/** The object of a hook. Between a crash and the UID there is only the name; what has it then is the hook's object all the same. */
async function objectOf(cluster: Cluster, { hook, uid }: JournaledHook): Promise<KubeObject | undefined> {
  const live = await cluster.get(hook);
  return uid === undefined || live?.metadata.uid === uid ? live : undefined;
}

/**
 * Stops the hooks of a revision that may still run, and waits until their Pods are gone: what comes next never runs beside them.
 *
 * One that has succeeded without anybody to see it has succeeded.
 *
 * @returns those that did not
 */
export async function* stopUnfinished({ cluster, observer, secrets }: Unfinished, journal: JournalBook): Operation<string[]> {
  const stopped: string[] = [];
  for (const [place, entry] of journal.entries()) {
    if (!isUnfinished(entry)) continue;
    const { event, hook } = entry;
    const live = await objectOf(cluster, entry);
    const before = live && runState(live).kind;
    const log = entry.log ?? (yield* saveLog(cluster, secrets, { ...entry, uid: live?.metadata.uid ?? entry.uid }));
    if (before === 'running') yield { kind: 'hook-waiting', event, hook, weight: 0, reason: 'it was left running and is being stopped' };
    if (live && (live.kind === 'Job' || before === 'running')) await stopHook({ cluster, observer }, hook, live.metadata.uid!, 'its operation was taken over', true);
    const after = before === 'running' ? await objectOf(cluster, { ...entry, uid: live?.metadata.uid }) : live;
    const state = after && runState(after).kind === 'succeeded' ? 'succeeded' : 'failed';
    if (state === 'failed') stopped.push(describeRef(hook));
    const verdict = state === 'succeeded' ? state : (entry.verdict ?? 'failed: its operation died, and a later one stopped it');
    await journal.change(place, { state, completedAt: cluster.clock.now().toISOString(), verdict, ...(log === undefined ? {} : { log }) });
  }
  return stopped;
}
