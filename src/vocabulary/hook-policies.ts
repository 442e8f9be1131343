/** When Helm deletes the object of a hook. */
export const DELETE_POLICIES = ['before-hook-creation', 'hook-succeeded', 'hook-failed'] as const;

/** One of Helm's delete policies. */
export type DeletePolicyName = (typeof DELETE_POLICIES)[number];

/** What Helm does with a hook that names no policy: pkg/action/hooks.go, hookSetDeletePolicy. */
export const DEFAULT_DELETE_POLICIES: readonly DeletePolicyName[] = ['before-hook-creation'];

/** After which outcomes Helm prints the logs of a hook. */
export const OUTPUT_LOG_POLICIES = ['hook-succeeded', 'hook-failed'] as const;

/** One of Helm's log policies. */
export type OutputLogPolicyName = (typeof OUTPUT_LOG_POLICIES)[number];
