import { Hook, JournaledHook } from '../../release';
import { HookStep, runsAlways } from './plan';

/** What ends by itself, and leaves nothing that others need while they run. */
const RUNNING = ['Job', 'Pod'];

function isRunning({ ref }: Hook): boolean {
  return RUNNING.includes(ref.kind);
}

/** The last run of a step, if it has succeeded. The journal says where an object is, the manifest only if it is not where the release is. */
function successOf(step: HookStep, journal: readonly JournaledHook[]): JournaledHook | undefined {
  if (runsAlways(step)) return undefined; // it may have run because the attempt failed, and this one has an end of its own
  const { event, hook: { ref } } = step;
  const run = journal.filter((each) => each.event === event && isSame(each.hook, ref)).at(-1);
  return run?.state === 'succeeded' ? run : undefined;
}

function isSame(live: JournaledHook['hook'], { kind, name, namespace }: Hook['ref']): boolean {
  return live.kind === kind && live.name === name && (namespace === undefined || namespace === live.namespace);
}

/**
 * Whether a run is known to have been this hook's. One that died between its POST and the UID is known by its name alone, and only where that was free before
 * is it not what an earlier revision has left.
 */
function isCertain({ hook }: HookStep, { uid }: JournaledHook): boolean {
  return uid !== undefined || hook.deletePolicies.includes('before-hook-creation');
}

/**
 * The steps of an event, those marked that an earlier attempt at the revision has done.
 *
 * Jobs and Pods that have succeeded never run twice. Any other object is there for those that run after it: where it is not there any more, because a delete
 * policy has removed it after the failure, it is made again; but not if none of them is left.
 */
export function skipDone(steps: readonly HookStep[], journal: readonly JournaledHook[]): HookStep[] {
  const marked: HookStep[] = [];
  let isNeeded = false;
  for (const step of [...steps].reverse()) {
    const done = successOf(step, journal);
    const isDone = done !== undefined && isCertain(step, done);
    if (!isDone) {
      isNeeded = true;
      marked.unshift(step);
    } else if (isRunning(step.hook)) {
      marked.unshift({ ...step, skip: { reason: 'it has succeeded in an earlier attempt' } });
    } else if (!isNeeded && step.hook.deletePolicies.includes('hook-succeeded')) {
      marked.unshift({ ...step, skip: { reason: 'the hooks that need it have succeeded in an earlier attempt' } });
    } else {
      marked.unshift(done.uid === undefined ? step : { ...step, skip: { reason: 'an earlier attempt has made it', uid: done.uid } });
    }
  }
  return marked;
}
