import { GroupVersionKind, KubeObject, ObjectRef } from '../vocabulary';
import { Clock } from './clock';

/** What the cluster says about a kind. */
export interface KindInfo {
  readonly namespaced: boolean;
  /** Its name in paths and in the rules of roles, such as `jobs`. */
  readonly plural: string;
}

/** One thing that somebody may do, or may not. */
export interface Access {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, or one of the kind's own. */
  readonly verb: string;
  /** The API group; that of Pods and Secrets is empty. */
  readonly group: string;
  /** The plural of the kind, and what of it: `jobs`, `pods/log`. */
  readonly resource: string;
  /** Absent: in all of them, or of a kind that has none. */
  readonly namespace?: string;
  /** Absent: whatever the object is called. */
  readonly name?: string;
}

/** Which objects of a kind. */
export interface Query extends GroupVersionKind {
  /** Absent: every namespace, or a kind that has none. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Values of fields by their path, such as `type: Warning`; a server knows only some of each kind. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Which objects of a kind, and how much of them. */
export interface ListQuery extends Query {
  /** Only what they are and their metadata: a list of Secrets then says nothing of what they hold. */
  readonly metadataOnly?: true;
  /**
   * How many are enough: there may be more of them than are given.
   *
   * @default - all of them
   */
  readonly enough?: number;
}

/** An object without what it holds. */
export type ObjectHead = Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>;

/** How dependents go when an object is deleted. */
export type Propagation = 'background' | 'foreground' | 'orphan';

/** What is deleted, and how. */
export interface Deletion {
  readonly propagation: Propagation;
  /** Only the object of this UID; one that took its name since is left alone. */
  readonly uid?: string;
}

/** What is known before an object is created. */
export interface CreateOptions {
  /**
   * That nothing of its name was there lately: where an answer is lost, and something is there then, it is what was to be created.
   *
   * @default - it is looked at
   */
  readonly before?: 'nothing';
}

/** How a server-side apply treats what is there. */
export interface ApplyOptions {
  readonly fieldManager: string;
  /** Take fields that another manager owns. */
  readonly force?: boolean;
  /** Only say what would come of it: everything is checked as if it were meant, and nothing is stored. */
  readonly dryRun?: boolean;
  /**
   * What was there lately, which saves a look; where that has changed since, what is stored is the same all the same. It does not count in a dry run.
   *
   * @default - it is looked at
   */
  readonly before?: 'nothing' | ObjectHead;
}

/** What a server-side apply came to. */
export interface Applied {
  readonly object: KubeObject;
  readonly change: 'created' | 'changed' | 'unchanged';
}

/** What a watch tells: all that is there, when it begins and whenever it had to begin anew, and every change between. */
export type WatchEvent =
  | { readonly kind: 'listed'; readonly objects: readonly KubeObject[]; readonly resourceVersion: string }
  | { readonly kind: 'added' | 'modified' | 'deleted'; readonly object: KubeObject };

/** Whose log, and how much of it. */
export interface LogQuery {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Go on until the container ends. */
  readonly follow?: boolean;
  /** Only the last lines. */
  readonly tailLines?: number;
}

/**
 * A Kubernetes cluster, as far as releases need one. The engine knows nothing else of it.
 *
 * Every method rejects with a {@link ClusterError}; `test/cluster/contract.ts` says, case by case, what each must do.
 */
export interface Cluster {
  /** The time that timeouts and durations are measured in. */
  readonly clock: Clock;
  /** What the cluster is called in messages: the address of its API server. */
  readonly name: string;
  /** The version of the server, such as `v1.34.4`. */
  version(): Promise<string>;
  /** What the cluster knows of a kind; nothing where it does not serve it. */
  kind(kind: GroupVersionKind): Promise<KindInfo | undefined>;
  /** Which of these the user of this connection may not do. */
  denied(accesses: readonly Access[]): Promise<readonly Access[]>;
  /** The object, or nothing where there is none. */
  get(ref: ObjectRef): Promise<KubeObject | undefined>;
  /** The objects of a kind. */
  list(query: ListQuery): Promise<readonly KubeObject[]>;
  /** Creates an object; one of its name must not exist. */
  create(object: KubeObject, options?: CreateOptions): Promise<KubeObject>;
  /** Server-side apply: creates the object, or makes it say what is given and drops what was given before. */
  apply(object: KubeObject, options: ApplyOptions): Promise<Applied>;
  /** Replaces an object; with a resourceVersion only that version of it. */
  replace(object: KubeObject): Promise<KubeObject>;
  /** Merges a patch into an object (RFC 7396). */
  patch(ref: ObjectRef, patch: Readonly<Record<string, unknown>>): Promise<KubeObject>;
  /** Starts the deletion of an object; false where there is none. */
  delete(ref: ObjectRef, deletion: Deletion): Promise<boolean>;
  /** What is there, then every change, until the signal ends it. Connections that break are made anew. */
  watch(query: Query, signal: AbortSignal): AsyncIterable<WatchEvent>;
  /** Lines of a container's log; with `follow` until it ends. Nothing where the container has not started, or its log is gone. */
  logs(query: LogQuery, signal: AbortSignal): AsyncIterable<string>;
}
