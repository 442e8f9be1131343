import { Hook, Resource, ReleaseRecord } from '../../release';
import { HookEventName } from '../../vocabulary';

/** What can be done to a release. */
export type OperationName = 'install' | 'upgrade' | 'rollback' | 'uninstall';

/** One run of one hook. */
export interface HookStep {
  readonly event: HookEventName;
  readonly hook: Hook;
}

/** What happens to a resource that the new revision holds. */
export interface ApplyStep {
  readonly action: 'create' | 'change' | 'none';
  readonly resource: Resource;
}

/** What happens to a resource that the new revision no longer holds. */
export interface RemoveStep {
  readonly action: 'delete' | 'keep';
  readonly resource: Resource;
}

/**
 * An operation as a value, before it happens: what the preview prints is what the run does.
 *
 * The steps are in their order: `before`, `apply`, `remove`, `after`.
 */
export interface Plan {
  readonly operation: OperationName;
  readonly release: string;
  readonly namespace: string;
  readonly createNamespace: boolean;
  /** The revision that the operation writes; an uninstall ends it. */
  readonly revision: number;
  /** The revision whose resources are in the cluster. */
  readonly from?: number;
  /** The revision that a rollback goes back to. */
  readonly to?: number;
  /** Hooks of the pre-event. */
  readonly before: readonly HookStep[];
  readonly apply: readonly ApplyStep[];
  readonly remove: readonly RemoveStep[];
  /** Hooks of the post-event. */
  readonly after: readonly HookStep[];
  /** The record of the revision as the operation starts with it. */
  readonly record: ReleaseRecord;
  /** The revision that is deployed now, and stays so if the operation fails. */
  readonly deployed?: number;
  /** Revisions that become superseded when the operation succeeds: the deployed ones, and the one that an upgrade started from. */
  readonly supersede: readonly number[];
  /** Records that are deleted: to make room for the new one, or all of them at the end of an uninstall. */
  readonly forget: readonly number[];
  /** Wait until the resources are ready before the post-hooks run. */
  readonly wait: boolean;
  /** How long each single wait may take: a hook, a deletion, the resources. */
  readonly timeoutSeconds: number;
}
