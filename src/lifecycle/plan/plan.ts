import { Hook, HookSuccess, Resource, ReleaseRecord } from '../../release';
import { HookEventName, ObjectRef, isPostEvent } from '../../vocabulary';
import { PlanSettings } from './plan-settings';

/** What can be done to a release. */
export type OperationName = 'install' | 'upgrade' | 'rollback' | 'uninstall' | 'test';

/** Why a hook does not run although its event comes. */
export interface Skip {
  /** As part of a sentence: `it has succeeded in an earlier attempt`. */
  readonly reason: string;
  /** The object that has to be there for it, by its UID; where it is gone, the hook runs. */
  readonly uid?: string;
  /** Given where it does not run because nothing has changed. */
  readonly unchanged?: Unchanged;
}

/** A hook that does what it did when it succeeded last, as far as the manifests say. */
export interface Unchanged {
  /** The revision in which it succeeded. */
  readonly since: number;
  /** The ConfigMaps and Secrets that are looked at when its turn comes: where one of them is not what it was, the hook runs. */
  readonly inputs: readonly ObjectRef[];
}

/** One run of one hook. */
export interface HookStep {
  readonly event: HookEventName;
  readonly hook: Hook;
  /** Absent where it runs. */
  readonly skip?: Skip;
  /** Why it runs, as part of a sentence, where it would be passed over if nothing had changed: `its image shop:2.4.0 has no digest`. */
  readonly runsBecause?: string;
  /**
   * The hooks that it waits for, by their places in the list.
   *
   * @default - the one before it
   */
  readonly waitsFor?: readonly number[];
}

/** Whether a hook runs in any case, also when the operation has failed before it. */
export function runsAlways({ event, hook }: HookStep): boolean {
  return hook.always === true && isPostEvent(event);
}

/** What happens to a resource that the new revision holds. */
export interface ApplyStep {
  readonly action: 'create' | 'change' | 'none';
  readonly resource: Resource;
  /** The fields that change, without their values; absent where none of the manifests does. */
  readonly fields?: readonly string[];
}

/** What happens to a resource that the new revision no longer holds. */
export interface RemoveStep {
  readonly action: 'delete' | 'keep';
  readonly resource: Resource;
}

/** What takes a failed operation back. */
export type Undo = { readonly operation: 'uninstall' } | { readonly operation: 'rollback'; readonly to: number };

/** Which operation on which release, and how it is done: what a plan and its summary have in common. */
export interface PlanHead {
  readonly operation: OperationName;
  /** The only event whose hooks run, where somebody else manages the resources of the release: no record of Helm's tells of it then. */
  readonly event?: HookEventName;
  readonly release: string;
  readonly namespace: string;
  /** The revision that the operation writes; an uninstall ends it, a test runs in it. */
  readonly revision: number;
  /** The revision is there already: an earlier attempt at it has failed, and this one goes on with it. */
  readonly resumes?: true;
  /** The revision whose resources are in the cluster. */
  readonly from?: number;
  /** The revision that a rollback goes back to. */
  readonly to?: number;
  /** The revision that is deployed now, and stays so if the operation fails. */
  readonly deployed?: number;
  /** What follows by itself if the operation fails. */
  readonly onFailure?: Undo;
  readonly settings: PlanSettings;
  /** What it does not do though somebody may count on it. */
  readonly warnings?: readonly string[];
}

/** What an operation does, in this order: `definitions`, `before`, `apply`, `remove`, `after`; and `afterFailure` where one of these fails. */
export interface PlanSteps extends PlanHead {
  /** Definitions of a chart's crds/ folder: created where they are missing, before the revision is recorded; never changed, never deleted. */
  readonly definitions: readonly Resource[];
  /** Hooks of the pre-event; of a test all of them. */
  readonly before: readonly HookStep[];
  readonly apply: readonly ApplyStep[];
  readonly remove: readonly RemoveStep[];
  /** Hooks of the post-event. */
  readonly after: readonly HookStep[];
  /** Hooks that run only if the operation fails; then those of `after` follow that run in any case. */
  readonly afterFailure: readonly HookStep[];
  /**
   * What is known of the last successes of hooks that run only where something has changed.
   *
   * @default - what the journal of the revision says, if there is one already
   */
  readonly successes?: readonly HookSuccess[];
}

/** The lists of hooks of a plan, or of its summary. */
type HookLists<T> = Readonly<Record<'before' | 'after' | 'afterFailure', readonly T[]>>;

/** Every run of a hook that an operation has, also those that only a failure brings. */
export function everyHook<T>({ before, after, afterFailure }: HookLists<T>): T[] {
  return [...before, ...after, ...afterFailure];
}

/** An operation as a value, before it happens: what the preview prints is what the run does. */
export interface Plan extends PlanSteps {
  /** The record of the revision as the operation starts with it. */
  readonly record: ReleaseRecord;
  /** Revisions that become superseded when the operation succeeds: the deployed ones, and the one that an upgrade started from. */
  readonly supersede: readonly number[];
  /** Records that are deleted: to make room for the new one, or all of them at the end of an uninstall. */
  readonly forget: readonly number[];
}
