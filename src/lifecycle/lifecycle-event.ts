import { ReleaseStatus } from '../release';
import { DeletePolicyName, HookEventName, LogLine, LogSources, ObjectRef } from '../vocabulary';
import { Outcome } from './outcome';
import { PlanSummary } from './plan';
import { Verdict } from './verdict';

/** Which run of which hook an event is about. */
export interface HookIdentity {
  readonly event: HookEventName;
  readonly hook: ObjectRef;
  readonly weight: number;
}

/** Something that happened while an operation ran. */
export type LifecycleEvent = { /** When, in the cluster's time. */ readonly at: string } & (
  | { readonly kind: 'operation-started'; readonly plan: PlanSummary }
  /** Another operation holds the release; `by` says which. */
  | { readonly kind: 'lock-waiting'; readonly by: string }
  /** An operation had died in the middle of a revision; it was put right. */
  | { readonly kind: 'recovered'; readonly revision: number; readonly was: ReleaseStatus; readonly stopped: readonly string[] }
  | { readonly kind: 'namespace-created'; readonly namespace: string }
  /** A definition of a chart's crds/ folder that was missing. */
  | { readonly kind: 'definition-created'; readonly definition: ObjectRef }
  | { readonly kind: 'record-written'; readonly revision: number; readonly status: ReleaseStatus }
  | { readonly kind: 'records-deleted'; readonly revisions: readonly number[] }
  /** A run of the hook begins; `attempt` counts them from the second. `runsBecause` says why it was not passed over, where it runs only when something has changed. */
  | ({ readonly kind: 'hook-started'; readonly attempt?: number; readonly runsBecause?: string } & HookIdentity)
  /** The hook does not run, and counts as done. */
  | ({ readonly kind: 'hook-skipped'; readonly reason: string } & HookIdentity)
  /** The hook waits: for what had its name to go, or for something that keeps its Pod from running. */
  | ({ readonly kind: 'hook-waiting'; readonly reason: string; /** What to do about it. */ readonly remedy?: string } & HookIdentity)
  /** A line that the hook printed; `among` says what tells its lines apart, where more than one container prints. */
  | ({ readonly kind: 'hook-log'; readonly among?: LogSources } & LogLine & HookIdentity)
  /** An attempt failed, and the next one begins after a pause. */
  | ({
    readonly kind: 'hook-retried';
    /** Which one failed, from 1. */
    readonly attempt: number;
    /** How many there may be. */
    readonly attempts: number;
    readonly verdict: Verdict;
    readonly milliseconds: number;
    readonly pauseSeconds: number;
  } & HookIdentity)
  /** The hook is done; `milliseconds` are those of all its attempts and the pauses between them, `attempt` is the last, if it was not the first. */
  | ({ readonly kind: 'hook-finished'; readonly verdict: Verdict; readonly milliseconds: number; readonly attempt?: number } & HookIdentity)
  | ({ readonly kind: 'hook-deleted'; readonly policy: DeletePolicyName | 'uninstall' } & HookIdentity)
  | { readonly kind: 'resource-applied'; readonly resource: ObjectRef; readonly change: 'created' | 'changed' | 'unchanged' }
  | { readonly kind: 'resource-removed'; readonly resource: ObjectRef; readonly change: 'deleted' | 'kept' | 'absent' }
  | { readonly kind: 'resources-waiting'; readonly waiting: readonly { readonly resource: ObjectRef; readonly reason: string }[] }
  | { readonly kind: 'resources-ready'; readonly milliseconds: number }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'operation-finished'; readonly outcome: Outcome; readonly milliseconds: number }
);
