import { GroupVersionKind } from '../../vocabulary';

/** What is done with objects of a kind: a permission before the cluster has said what the kind is called and whether it lives in namespaces. */
export interface Need extends GroupVersionKind {
  readonly verbs: readonly string[];
  /** A part of the object, such as `log` of a Pod. */
  readonly part?: string;
  /** As the manifest has it; absent where the release's own is meant. */
  readonly namespace?: string;
  /** Absent: whatever the objects are called. */
  readonly name?: string;
  /** What happens without it; absent where the operation cannot do without. */
  readonly otherwise?: string;
}
