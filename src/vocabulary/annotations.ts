/** Makes an object a hook; its value is a comma-separated list of events. */
export const HOOK = 'helm.sh/hook';

/** Position among the hooks of the same event, an integer in a string. */
export const HOOK_WEIGHT = 'helm.sh/hook-weight';

/** When Helm deletes the hook object, a comma-separated list of delete policies. */
export const HOOK_DELETE_POLICY = 'helm.sh/hook-delete-policy';

/** After which outcome Helm prints the logs of a hook, a comma-separated list. */
export const HOOK_OUTPUT_LOG_POLICY = 'helm.sh/hook-output-log-policy';

/** `keep` leaves the object in the cluster when the release no longer holds it. */
export const RESOURCE_POLICY = 'helm.sh/resource-policy';

/** The release a live object belongs to. */
export const RELEASE_NAME = 'meta.helm.sh/release-name';

/** The namespace of the release a live object belongs to. */
export const RELEASE_NAMESPACE = 'meta.helm.sh/release-namespace';

/** The label, and its value, that Helm puts on every object of a release. */
export const MANAGED_BY = 'app.kubernetes.io/managed-by';
export const MANAGED_BY_HELM = 'Helm';

/** Prefix of every annotation of ours; Helm ignores them. */
export const OURS = 'cdk8s-lifecycle/';

/** The hooks that run before this one, a comma-separated list of `Kind/name`. */
export const AFTER = `${OURS}after`;

/** How long the runner waits for a hook, a Go duration such as `90s`; without it the timeout of the operation counts. */
export const TIMEOUT = `${OURS}timeout`;

/** When the runner runs a hook that failed once more: `attempts=3,backoff=2s,on=1|75`. */
export const RETRY = `${OURS}retry`;

/** What hooks of several releases must not do at the same time: `orders-db`, or with the namespace of its Lease `shared/orders-db`. */
export const MUTEX = `${OURS}mutex`;

/** `change` on a hook that an upgrade passes over where nothing that it uses has changed since it succeeded last. */
export const RUN_ON = `${OURS}run-on`;

/** `trust` on such a hook: an image is taken for the same as long as its tag is. */
export const MUTABLE_TAGS = `${OURS}mutable-tags`;

/** The hook that takes back what this one has done when its revision is rolled back, as `Kind/name`. */
export const DOWN = `${OURS}down`;

/** `true` on a hook whose changes no rollback can take back. */
export const IRREVERSIBLE = `${OURS}irreversible`;

/** On a hook that puts a dump back: the hook before which the dump was taken, as `Kind/name`. */
export const RESTORES = `${OURS}restores`;

/** `true` on a hook of a post-event that runs also when its operation has failed before it. */
export const ALWAYS = `${OURS}always`;

/** Why the runner stopped a Job before it ended by itself. */
export const STOPPED = `${OURS}stopped`;

/** The rules of lint that the object may break, each with the reason: `rule: reason; other: reason`. */
export const LINT_IGNORE = `${OURS}lint-ignore`;
