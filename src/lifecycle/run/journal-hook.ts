import { JournaledHook, LogTail } from '../../release';
import { ObjectRef } from '../../vocabulary';
import { HookStep } from '../plan';
import { Verdict, describeVerdict } from '../verdict';
import { JournalBook } from './journal-book';
import { HookContext } from './run-context';

/** One line of the journal while its hook runs. */
export interface JournalEntry {
  created(uid: string): Promise<void>;
  /** @param tail what it printed last */
  ended(verdict: Verdict, tail?: LogTail): Promise<void>;
}

/**
 * Opens the journal of the revision that is worked on, and makes it if there is none.
 *
 * @param owner what it goes with, if not with the revision's record
 */
export async function openJournal(context: HookContext, owner?: ObjectRef): Promise<void> {
  const { cluster, plan } = context;
  context.journal = await JournalBook.open(cluster, { ...plan, owner });
  await context.journal.begin(plan.successes);
}

/** Longest verdict that is kept, in characters: it may quote what the API server said. */
const MAX_VERDICT = 1024;

/** Writes down that a hook is about to be created. An interrupted one counts as unfinished: its Pods may take a while to go. */
export async function journalHook(context: HookContext, step: HookStep, hook: ObjectRef, attempt: number): Promise<JournalEntry> {
  const { journal, cluster, secrets } = context;
  const { event, hook: { weight } } = step;
  const now = () => cluster.clock.now().toISOString();
  const place = await journal?.add({ event, hook, ...(weight === 0 ? {} : { weight }), ...(attempt > 1 ? { attempt } : {}), state: 'creating', startedAt: now() });
  const change = async (entry: Partial<JournaledHook>) => {
    if (place !== undefined) await journal?.change(place, entry);
  };
  return {
    created: (uid) => change({ uid, state: 'running' }),
    ended: (verdict, tail) => {
      const log = tail?.kept();
      const end = { verdict: secrets.mask(describeVerdict(verdict)).slice(0, MAX_VERDICT), ...(log === undefined ? {} : { log }) };
      if (verdict.kind === 'interrupted') return change({ ...end, state: 'stopping' });
      return change({ ...end, state: verdict.kind === 'succeeded' ? 'succeeded' : 'failed', completedAt: now() });
    },
  };
}
