import { HookEventName, describeRef, readAfter } from '../../vocabulary';
import { HookStep, Plan, everyHook } from './plan';
import { waitsForOf } from './steps';

/**
 * Why a hook waits for those that it waits for: its `weight` is higher, its `name` comes later, it was `declared`, or the one before it runs `alone`, because
 * nothing was declared of that one.
 */
export type WaitReason = 'weight' | 'name' | 'declared' | 'alone';

/** Why each of the steps waits for those that it waits for; nothing for the first of an event. */
export function waitReasonsOf(steps: readonly HookStep[]): (WaitReason | undefined)[] {
  const waitsFor = waitsForOf(steps);
  return steps.map(({ event, hook }, place) => {
    if (place === 0 || steps[place - 1].event !== event) return undefined;
    const after = readAfter(hook.object.metadata.annotations ?? {});
    if (after === undefined) return hook.weight > steps[place - 1].hook.weight ? 'weight' : 'name';
    const isDeclared = waitsFor[place].every((each) => steps[each].event === event && after.includes(describeRef(steps[each].hook.ref)));
    return isDeclared ? 'declared' : 'alone';
  });
}

/** A hook of the release that does not run in an operation. */
export interface IdleHook {
  readonly kind: string;
  readonly name: string;
  readonly events: readonly HookEventName[];
}

/** What of a plan tells which hooks it has to do with. */
type Planned = Pick<Plan, 'operation' | 'settings' | 'record' | 'before' | 'after' | 'afterFailure'>;

/** The hooks of the revision that do not run in an operation on it. A test is about some hooks, and so says nothing of others. */
export function idleHooksOf({ operation, settings, record, ...steps }: Planned): IdleHook[] {
  if (operation === 'test' || !settings.hooks) return [];
  const running = new Set(everyHook(steps).map(({ hook }) => hook.text));
  return record.hooks.filter(({ manifest }) => !running.has(manifest)).map(({ kind, name, events }) => ({ kind, name, events }));
}
