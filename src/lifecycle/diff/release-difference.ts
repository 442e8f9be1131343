import { ObjectRef } from '../../vocabulary';
import { OperationName } from '../plan';

/** What an operation would make of one object. The values of Secrets are masked, and a change among them is told as such. */
export interface ObjectDifference {
  readonly object: ObjectRef;
  /** `kept`: the release no longer holds it, and its resource policy keeps it in the cluster. */
  readonly change: 'created' | 'changed' | 'unchanged' | 'deleted' | 'kept';
  /** The live object as YAML, without what the server writes into every object; absent where there is none. */
  readonly before?: string;
  /** What the server would make of it; absent where it goes. */
  readonly after?: string;
  /** Why the operation would fail on it. Where the server would not say what it makes of the manifest, `before` and `after` are the fields that manifests state. */
  readonly refusal?: string;
}

/** What becomes of a hook of the release: its manifest, compared with that of the last revision. */
export interface HookDifference {
  readonly hook: ObjectRef;
  readonly change: 'added' | 'changed' | 'unchanged' | 'removed';
  readonly before?: string;
  readonly after?: string;
}

/** What an operation would change, object by object. */
export interface ReleaseDifference {
  readonly operation: OperationName;
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  /** The revision whose resources are in the cluster. */
  readonly from?: number;
  /** In the order in which they would be applied, then those that would be removed. */
  readonly resources: readonly ObjectDifference[];
  readonly hooks: readonly HookDifference[];
  /** What could not be found out. */
  readonly warnings: readonly string[];
}

/** Whether anything would change, or fail. */
export function isDifferent({ resources, hooks }: ReleaseDifference): boolean {
  const changes = resources.some(({ change, refusal }) => refusal !== undefined || !['unchanged', 'kept'].includes(change));
  return changes || hooks.some(({ change }) => change !== 'unchanged');
}
