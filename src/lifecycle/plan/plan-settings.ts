/** How an operation is done, whatever it does. */
export interface PlanSettings {
  /** Make the namespace of the release if it is missing. */
  readonly createNamespace: boolean;
  /** Run hooks; without it they are only recorded. */
  readonly hooks: boolean;
  /** Wait until the resources are ready (after an uninstall: gone) before the post-hooks run. */
  readonly wait: boolean;
  /** Wait for the Jobs among the resources to end, too. */
  readonly waitForJobs: boolean;
  /** How long each single wait may take: a hook, a deletion, the resources. */
  readonly timeoutSeconds: number;
  /** How many hooks may run at once where their declared order allows it; 1 for one after the other. */
  readonly parallelism: number;
  /** Take over objects that exist and do not belong to the release. */
  readonly takeOwnership: boolean;
  /** Take fields that another field manager owns. */
  readonly forceConflicts: boolean;
  /** Roll back though hooks that say of themselves that they are irreversible have run since. */
  readonly acceptDataLoss: boolean;
  /** After a failure delete the resources that the operation has created. */
  readonly cleanupOnFail: boolean;
  /** How the dependents of deleted resources go. */
  readonly cascade: 'background' | 'foreground' | 'orphan';
  /** At the end of an uninstall keep the records, as `uninstalled`. */
  readonly keepHistory: boolean;
  /** At the end of an uninstall delete whatever hooks have made, not only their Jobs and Pods. */
  readonly deleteHookObjects: boolean;
}

/** What holds where nothing is chosen: what Helm does. */
export const DEFAULT_SETTINGS: PlanSettings = {
  createNamespace: false,
  hooks: true,
  wait: false,
  waitForJobs: false,
  timeoutSeconds: 300,
  parallelism: 8,
  takeOwnership: false,
  forceConflicts: false,
  acceptDataLoss: false,
  cleanupOnFail: false,
  cascade: 'background',
  keepHistory: false,
  deleteHookObjects: false,
};

/** The settings among the options, completed by the defaults. */
export function settingsOf(options: Partial<PlanSettings>): PlanSettings {
  const chosen = Object.keys(DEFAULT_SETTINGS).map((key) => [key, options[key as keyof PlanSettings] ?? DEFAULT_SETTINGS[key as keyof PlanSettings]]);
  return Object.fromEntries(chosen) as PlanSettings;
}
