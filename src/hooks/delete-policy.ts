/** When the object of a hook is deleted. Helm does not delete hooks with their release. */
export enum DeletePolicy {
  /** Before the hook runs again; until then its object and logs stay. */
  BEFORE_HOOK_CREATION = 'before-hook-creation',

  /** When all hooks of the event have succeeded. */
  HOOK_SUCCEEDED = 'hook-succeeded',

  /** When the hook has failed; what it logged is lost with it. */
  HOOK_FAILED = 'hook-failed',
}
