import { AroundEvent } from '../lifecycle';
import { HookEventName, KubeObject, ObjectRef } from '../vocabulary';

/** The form of the state that this version writes; brackets of a newer one are refused. */
export const STATE_SCHEMA = 1;

/** The two ends of a release: what is created first and deleted last, and what is created last and deleted first. */
export type Side = 'opening' | 'closing';

/** Which cluster, as whom. */
export interface BracketConnection {
  /** Contents of a kubeconfig, or the path of one. */
  readonly kubeconfig?: string;
  /** A context of the kubeconfig. */
  readonly context?: string;
}

/** How the hooks of a release are run. */
export interface BracketSettings {
  /** How long a hook is waited for that does not say so itself, in seconds. */
  readonly timeoutSeconds: number;
  readonly createNamespace: boolean;
  readonly takeOwnership: boolean;
  /** Whether a return to what was deployed before is a rollback. */
  readonly rollback: 'detect' | 'never';
}

/** What the program says of a bracket. */
export interface BracketInputs {
  readonly side: Side;
  readonly release: string;
  readonly namespace: string;
  /** The URN of the bracket itself: where its messages belong. The SDK lets no input be called `urn`. */
  readonly self: string;
  /** The URN of the component, which is whose release it is. */
  readonly holder: string;
  /** What says whether anything has changed: the release and its hooks, condensed. */
  readonly digest: string;
  /** The manifests of the hooks. */
  readonly hooks: readonly KubeObject[];
  /** The hooks by name, in their order, for people to read. */
  readonly plan: Readonly<Partial<Record<HookEventName, readonly string[]>>>;
  /** The resources of the release, by name. */
  readonly resources: readonly ObjectRef[];
  /** Values that no log may show. */
  readonly secretValues: readonly string[];
  /** A change of it runs the hooks again. */
  readonly trigger?: unknown;
  readonly connection: BracketConnection;
  readonly settings: BracketSettings;
  /** Of the closing: the opening that it belongs to. */
  readonly opening?: string;
  /** Of the closing: the run that it ends. */
  readonly openRun?: string;
  /** Of the closing: the event with which that run began. */
  readonly openEvent?: AroundEvent;
  /** Whether this is a preview; never kept. */
  readonly dryRun?: boolean;
}

/** How a hook ended that has run. */
export interface RanHook {
  /** The event, such as `pre-install`. */
  readonly event: HookEventName;
  /** The kind and the name of the hook's object. */
  readonly hook: string;
  /** `succeeded`, `failed`, `timed-out`, `stuck` or `interrupted`. */
  readonly verdict: string;
  /** How long it took, in seconds. */
  readonly seconds: number;
}

/** What is kept of a bracket. */
export interface BracketState extends BracketInputs {
  readonly schemaVersion: number;
  /** The run of its hooks that was the last. */
  readonly runId: string;
  /** The event of that run. */
  readonly event: AroundEvent;
  /** The event whose hooks have yet to succeed; the next update runs them. */
  readonly pending?: AroundEvent;
  /** How many changes there were. */
  readonly revision: number;
  /** What was deployed before, oldest first. */
  readonly history: readonly string[];
  /** The hooks of the last run, in order. */
  readonly ran: readonly RanHook[];
}
