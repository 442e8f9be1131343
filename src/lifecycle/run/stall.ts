import { ObjectRef, describeRef } from '../../vocabulary';
import { HookIdentity } from '../lifecycle-event';
import { Around } from './around';
import { Missing, STALL_CAUSES } from './stall-causes';
import { Symptom } from './stall-symptoms';

/** What keeps a hook from running, and what can be done about it. */
export interface Stall {
  readonly reason: string;
  readonly remedy?: string;
  /** It cannot get better unless the manifests or the image change, so there is nothing to wait for. */
  readonly hopeless: boolean;
}

/** Whose hook it is. */
export interface StallContext extends Around {
  readonly hook: HookIdentity;
}

/** Nobody will make the object in time: it is a resource of the release that is applied after the hook, or was deleted before it. */
function comesTooLate({ kind, name }: Missing, { applied, removed, isOver, hook }: StallContext): Stall | undefined {
  const is = (ref: ObjectRef) => ref.kind === kind && ref.name === name;
  const asHook = `Make it a hook of ${hook.event} with a lower weight.`;
  const what = describeRef({ kind, name });
  if (isOver && applied.some(is)) {
    return { reason: `${what} does not exist: it is a resource of the release, and was not applied before the failure`, remedy: asHook, hopeless: true };
  }
  if (hook.event.startsWith('pre-') && applied.some(is)) {
    return { reason: `${what} does not exist: it is a resource of the release, applied only after this hook`, remedy: asHook, hopeless: true };
  }
  if (hook.event.startsWith('post-') && removed.some(is)) {
    return { reason: `${what} does not exist any more: the release deleted it before this hook`, remedy: asHook, hopeless: true };
  }
  return undefined;
}

/** What a symptom means; every symptom means something. */
export function diagnose(symptom: Symptom, context: StallContext): Stall {
  for (const { at, sign, hopeless, reason, remedy, missing } of STALL_CAUSES) {
    if (at !== symptom.at) continue;
    const match = sign.exec(symptom.text);
    if (!match) continue;
    const late = missing && comesTooLate(missing(match, symptom), context);
    return late ?? { reason: reason(match, symptom), remedy: typeof remedy === 'function' ? remedy(match, symptom) : remedy, hopeless };
  }
  throw new Error(`no cause fits ${symptom.at}: ${symptom.text}`); // the last row of each place fits everything
}

/**
 * What keeps a hook from running: the worst of each Pod, and hopeless only if all of them are.
 *
 * @param symptoms those of each Pod that has not ended, or of the attempt to make one
 */
export function stallOf(symptoms: readonly (readonly Symptom[])[], context: StallContext): Stall | undefined {
  const worst = symptoms.map((ofOne) => {
    const stalls = ofOne.map((symptom) => diagnose(symptom, context));
    return stalls.find(({ hopeless }) => hopeless) ?? stalls.at(0);
  });
  const first = worst.find((stall) => stall !== undefined);
  return first && { ...first, hopeless: worst.every((stall) => stall?.hopeless) };
}
