import {
  Annotations, DeletePolicyName, HookEventName, KubeObject, Mutex, ObjectRef, OutputLogPolicyName, RetryPolicy, RunOnPolicy, compareBytes, readAlways,
  readMutex, readRetry, readRunOn, readTimeout,
} from '../vocabulary';

/** A manifest that Helm runs at events of a release instead of keeping it as a resource. */
export interface Hook {
  /** Which object; its namespace as written, absent where the release's own is meant. */
  readonly ref: ObjectRef;
  readonly object: KubeObject;
  /** The document as it was written. */
  readonly text: string;
  /** The file it came from. */
  readonly path: string;
  readonly events: readonly HookEventName[];
  readonly weight: number;
  readonly deletePolicies: readonly DeletePolicyName[];
  readonly outputLogPolicies: readonly OutputLogPolicyName[];
  /** How long it is waited for; absent where the timeout of the operation counts. */
  readonly timeoutSeconds?: number;
  /** When it is run once more after it failed; absent where it never is. */
  readonly retry?: RetryPolicy;
  /** What it must not do beside hooks of other releases; absent where it may run beside any. */
  readonly mutex?: Mutex;
  /** When an upgrade runs it; absent where each does. */
  readonly runOn?: RunOnPolicy;
  /** Its runs at post-events come in any case, also when the operation has failed before. */
  readonly always?: true;
}

/** What annotations of ours say of a hook; what cannot be read says nothing. */
export function oursOf(annotations: Annotations = {}): Pick<Hook, 'timeoutSeconds' | 'retry' | 'mutex' | 'runOn' | 'always'> {
  const timeoutSeconds = readTimeout(annotations);
  const retry = readRetry(annotations);
  const mutex = readMutex(annotations);
  const runOn = readRunOn(annotations);
  return {
    ...(timeoutSeconds ? { timeoutSeconds } : {}),
    ...(retry && 'attempts' in retry ? { retry } : {}),
    ...(mutex && 'name' in mutex ? { mutex } : {}),
    ...(runOn && 'on' in runOn ? { runOn } : {}),
    ...(readAlways(annotations) ? { always: true } : {}),
  };
}

/**
 * Hooks of one event in the order Helm runs them: weight, then name.
 *
 * Helm's docs say that the kind comes second; its code does not: pkg/action/hooks.go, hookByWeight.
 */
export function executionOrder<T extends Hook>(hooks: readonly T[], event: HookEventName): T[] {
  return hooks
    .flatMap((hook) => hook.events.filter((each) => each === event).map(() => hook))
    .sort((a, b) => a.weight - b.weight || compareBytes(a.ref.name, b.ref.name));
}
