import { isClusterError } from '../../cluster';
import { JournaledHook } from '../../release';
import { ObjectRef } from '../../vocabulary';
import { InterruptedError } from './errors';
import { JournalBook } from './journal-book';
import { HookContext, Operation } from './run-context';

/** What runs goes with the release. */
const RUNNING = ['Job', 'Pod'];

/** What holds data, or other objects, never goes with a hook. */
const NEVER = ['PersistentVolumeClaim', 'PersistentVolume', 'CustomResourceDefinition', 'Namespace'];

/** What hooks have made, and why it goes. */
export interface Leftovers extends Pick<HookContext, 'cluster' | 'plan' | 'interrupt'> {
  /** The revisions of the release. */
  readonly revisions: readonly number[];
  /** What their journals belong to, if not to their records. */
  readonly owner?: ObjectRef;
  /** Hooks that have failed keep their objects, whatever they were for: their logs are needed. */
  readonly keepsFailed: boolean;
}

/** Every object that a hook of any revision has made, once; but for a hook that has just failed: its log is needed. */
async function made({ cluster, plan, revisions, owner, keepsFailed }: Leftovers): Promise<JournaledHook[]> {
  const entries = new Map<string, JournaledHook>();
  for (const revision of revisions) {
    const journal = await JournalBook.open(cluster, { ...plan, revision, owner });
    for (const hook of journal.hooks) {
      const failedNow = hook.state !== 'succeeded' && (keepsFailed || hook.event.endsWith('-delete'));
      if (hook.uid !== undefined && !failedNow) entries.set(hook.uid, hook);
    }
  }
  return [...entries.values()];
}

/**
 * Deletes what hooks have left of a release that is gone: the very objects that the journals know, by their UIDs.
 *
 * Helm leaves them for ever. Other kinds than Jobs and Pods go only on request.
 */
export async function* deleteHookObjects(leftovers: Leftovers): Operation {
  const { cluster, plan, interrupt } = leftovers;
  const goes = ({ hook: { kind } }: JournaledHook) => RUNNING.includes(kind) || (plan.settings.deleteHookObjects && !NEVER.includes(kind));
  for (const { event, hook, uid, weight = 0 } of (await made(leftovers)).filter(goes)) {
    if (interrupt.aborted) throw new InterruptedError();
    try {
      const was = await cluster.delete(hook, { propagation: 'background', uid });
      if (was) yield { kind: 'hook-deleted', event, hook, weight, policy: 'uninstall' };
    } catch (error) {
      if (!isClusterError(error) || error.reason === 'unreachable') throw error;
      if (error.reason === 'conflict') continue; // another object has the name by now
      yield { kind: 'warning', message: `What a hook has made stays: ${error.message}` };
    }
  }
}
