import { Hook, Journal, JournaledHook, PassedHook } from '../../release';
import { HookStep, Skip, runsAlways } from './plan';

/** What ends by itself, and leaves nothing that others need while they run. */
const RUNNING = ['Job', 'Pod'];

function isRunning({ ref }: Hook): boolean {
  return RUNNING.includes(ref.kind);
}

/** What a revision has done so far of its hooks. */
type Done = Pick<Journal, 'hooks' | 'passed'>;

/** Whether an entry of the journal is of a step. The journal says where an object is, the manifest only if it is not where the release is. */
function isOf({ event, hook: { ref } }: HookStep, entry: JournaledHook | PassedHook): boolean {
  return entry.event === event && isSame(entry.hook, ref);
}

/** The last run of a step, if it has succeeded. */
function successOf(step: HookStep, { hooks }: Done): JournaledHook | undefined {
  if (runsAlways(step)) return undefined; // it may have run because the attempt failed, and this one has an end of its own
  const run = hooks.filter((each) => isOf(step, each)).at(-1);
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

function passedOver({ runsBecause: _reason, ...step }: HookStep, skip: Skip): HookStep {
  return { ...step, skip };
}

/**
 * The steps of an event, those marked that an earlier attempt at the revision has done.
 *
 * Jobs and Pods that have succeeded never run twice. Any other object is there for those that run after it: where it is not there any more, because a delete
 * policy has removed it after the failure, it is made again; but not if none of them is left.
 */
export function skipDone(steps: readonly HookStep[], journal: Done): HookStep[] {
  const marked: HookStep[] = [];
  let isNeeded = false;
  for (const step of [...steps].reverse()) {
    const done = successOf(step, journal);
    const isDone = done !== undefined && isCertain(step, done);
    if (!runsAlways(step) && journal.passed?.some((each) => isOf(step, each))) {
      marked.unshift(passedOver(step, { reason: 'nothing that it uses had changed in an earlier attempt' }));
    } else if (!isDone) {
      isNeeded = true;
      marked.unshift(step);
    } else if (isRunning(step.hook)) {
      marked.unshift(passedOver(step, { reason: 'it has succeeded in an earlier attempt' }));
    } else if (!isNeeded && step.hook.deletePolicies.includes('hook-succeeded')) {
      marked.unshift(passedOver(step, { reason: 'the hooks that need it have succeeded in an earlier attempt' }));
    } else {
      marked.unshift(done.uid === undefined ? step : passedOver(step, { reason: 'an earlier attempt has made it', uid: done.uid }));
    }
  }
  return marked;
}
