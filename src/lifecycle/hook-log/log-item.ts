import { JournaledHook } from '../../release';
import { HookEventName, LogLine, LogSources, ObjectRef } from '../../vocabulary';

/** Whose logs are read. */
export interface LogsRequest {
  readonly release: string;
  readonly namespace: string;
  /**
   * Of which revision.
   *
   * @default - the one that is worked on, else the last
   */
  readonly revision?: number;
  /**
   * Of which hook: `NAME`, `Kind/NAME` or `event/NAME`.
   *
   * @default - all of them
   */
  readonly hook?: string;
}

/** One run of a hook, as far as it has come. */
export interface HookRunState {
  readonly event: HookEventName;
  readonly hook: ObjectRef;
  /** Which attempt, of a hook that was run once more; absent for the first. */
  readonly attempt?: number;
  readonly state: JournaledHook['state'];
  /** How it ended: `failed: container "main" exited 1`. */
  readonly verdict?: string;
  readonly startedAt: string;
  readonly completedAt?: string;
}

/** A line that a hook printed. */
export interface HookLine extends LogLine {
  readonly event: HookEventName;
  readonly hook: ObjectRef;
  /** What tells the lines of the hook apart. */
  readonly among?: LogSources;
  /** That lines of other hooks come between those of the hook, which ran side by side with it; absent where none do. */
  readonly beside?: true;
}

/** What reading logs brings to light. */
export type LogItem =
  /** A run of a hook, whose lines follow; of one that is still running once more when it has ended. */
  | ({ readonly kind: 'hook' } & HookRunState)
  | ({ readonly kind: 'line' } & HookLine)
  /** What the reader should know of what he reads. */
  | { readonly kind: 'note'; readonly message: string };
