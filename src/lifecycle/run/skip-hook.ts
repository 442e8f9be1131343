import { HookStep } from '../plan';
import { HookContext, Operation, locate } from './run-context';

/** Passes over a hook that does not run; one whose object has to be there for it runs where that is gone, or about to go. */
export async function* skipped(context: HookContext, { event, hook, skip }: HookStep): Operation<boolean> {
  if (!skip || skip.unchanged) return false; // whether anything has changed is known at its turn: see only-when-changed.ts
  const { ref, weight } = hook;
  if (skip.uid !== undefined) {
    const live = await context.cluster.get(await locate(context, ref));
    if (live?.metadata.uid !== skip.uid || live.metadata.deletionTimestamp !== undefined) return false;
  }
  yield { kind: 'hook-skipped', event, hook: ref, weight, reason: skip.reason };
  return true;
}
