import { LifecycleError, ObjectRef } from '../vocabulary';
import { OperationName } from './plan';

/** What an operation came to. */
export interface Outcome {
  readonly operation: OperationName;
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  readonly status: 'succeeded' | 'failed' | 'interrupted';
  /** What the chart says to its users, if it succeeded. */
  readonly notes?: string;
  /** Why it did not succeed. */
  readonly error?: LifecycleError;
  /** What failed besides, in what runs when an operation has failed: `error` came first, and counts. */
  readonly alsoFailed?: readonly LifecycleError[];
  /** If it failed, or was interrupted, and can go on there (`--resume`): the hooks that would not run again. */
  readonly resume?: { readonly skips: readonly ObjectRef[] };
  /** What came of taking it back, where that was asked for and had to be. */
  readonly undone?: Outcome;
}
