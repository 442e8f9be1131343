import { Cluster } from '../../cluster';
import { JournaledHook, isUnfinished } from '../../release';
import { KubeObject, describeRef } from '../../vocabulary';
import { runState } from './job-state';
import { JournalBook } from './journal-book';
import { Observer } from './observer';
import { Happening, Operation } from './run-context';
import { saveLog } from './save-log';
import { SecretsInUse } from './secrets-in-use';
import { stopHook } from './stop-hook';
import { Together } from './together';

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

/** Who hears how one of them ended. */
interface Ending {
  readonly change: (entry: Partial<JournaledHook>) => Promise<void>;
  /** It has not succeeded. */
  readonly stopped: () => void;
}

/** Stops one of them. One that has succeeded without anybody to see it has succeeded. */
async function* stopOne({ cluster, observer, secrets }: Unfinished, entry: JournaledHook, { change, stopped }: Ending): Operation {
  const { event, hook, weight = 0 } = entry;
  const live = await objectOf(cluster, entry);
  const before = live && runState(live).kind;
  const log = entry.log ?? (yield* saveLog(cluster, secrets, { ...entry, uid: live?.metadata.uid ?? entry.uid }));
  if (before === 'running') yield { kind: 'hook-waiting', event, hook, weight, reason: 'it was left running and is being stopped' };
  if (live && (live.kind === 'Job' || before === 'running')) await stopHook({ cluster, observer }, hook, live.metadata.uid!, 'its operation was taken over', true);
  const after = before === 'running' ? await objectOf(cluster, { ...entry, uid: live?.metadata.uid }) : live;
  const state = after && runState(after).kind === 'succeeded' ? 'succeeded' : 'failed';
  if (state === 'failed') stopped();
  const verdict = state === 'succeeded' ? state : (entry.verdict ?? 'failed: its operation died, and a later one stopped it');
  // What ran is what the operation has made, although it could not write that down; what an earlier revision has left runs no more.
  const made = before === 'running' ? { uid: live!.metadata.uid } : {};
  await change({ state, completedAt: cluster.clock.now().toISOString(), verdict, ...made, ...(log === undefined ? {} : { log }) });
}

/**
 * Stops the hooks of a revision that may still run, all at once, and waits until their Pods are gone: what comes next never runs beside them.
 *
 * @returns those that have not succeeded
 */
export async function* stopUnfinished(unfinished: Unfinished, journal: JournalBook): Operation<string[]> {
  const stopped = new Map<number, string>();
  const errors: unknown[] = [];
  const stopping = new Together<number, Happening>();
  for (const [place, entry] of journal.entries()) {
    if (!isUnfinished(entry)) continue;
    const ending: Ending = { change: (change) => journal.change(place, change), stopped: () => void stopped.set(place, describeRef(entry.hook)) };
    stopping.begin(place, stopOne(unfinished, entry, ending));
  }
  while (stopping.size > 0) {
    const news = await stopping.next();
    if ('happening' in news) yield news.happening;
    if ('error' in news) errors.push(news.error);
  }
  if (errors.length > 0) throw errors[0];
  return [...stopped].sort(([one], [other]) => one - other).map(([, hook]) => hook);
}
