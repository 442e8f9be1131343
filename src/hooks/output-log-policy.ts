/** After which outcome the logs of a hook are printed, by Helm 3.18 and later. */
export enum OutputLogPolicy {
  /** When all hooks of the event have succeeded. */
  HOOK_SUCCEEDED = 'hook-succeeded',

  /** When the hook has failed. */
  HOOK_FAILED = 'hook-failed',
}
