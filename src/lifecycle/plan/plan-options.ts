import { HookSuccess, RecordedChart, ReleaseRecord } from '../../release';
import { PlanSettings, settingsOf } from './plan-settings';

/** What can be chosen about an operation; the settings have the defaults of {@link DEFAULT_SETTINGS}. */
export interface PlanOptions extends Partial<PlanSettings> {
  readonly release: string;
  readonly namespace: string;
  /**
   * Revisions to keep; 0 for all.
   *
   * @default 10
   */
  readonly historyMax?: number;
  /**
   * Take a failed operation back: uninstall what was installed, roll back what was upgraded. It waits until resources are ready.
   *
   * @default false
   */
  readonly rollbackOnFailure?: boolean;
  /**
   * Install over what is left of a release that was uninstalled with its history kept, or whose first install failed.
   *
   * @default false
   */
  readonly replace?: boolean;
  /**
   * What `helm list` shows as the chart.
   *
   * @default - the name of the release, version 0.0.0
   */
  readonly chart?: Partial<RecordedChart['metadata']>;
  /**
   * The values that the manifests were made with, for `helm get values`.
   *
   * @default - an install records none, an upgrade what the user had said before
   */
  readonly values?: RecordedValues;
  /**
   * What the chart says to its users once it is deployed.
   *
   * @default - nothing
   */
  readonly notes?: string;
  /**
   * What the journal of the last revision knows of hooks that run only where something has changed.
   *
   * @default - nothing: each of them runs
   */
  readonly successes?: readonly HookSuccess[];
}

/** The user's values as a record keeps them: Go leaves an empty map out, and helm tells the difference (`get values`). */
export function recordedConfig({ config }: RecordedValues): Pick<ReleaseRecord, 'config'> {
  return Object.keys(config).length === 0 ? {} : { config };
}

/** Values as a record keeps them. */
export interface RecordedValues {
  /** What the user said. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the chart says where the user says nothing. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** The settings of an operation that may take itself back: it cannot be said to have succeeded before its resources are ready. */
export function recoverableSettings(options: PlanOptions): PlanSettings {
  return settingsOf(options.rollbackOnFailure ? { ...options, wait: true } : options);
}

/** The chart that a record needs for Helm to work with it; it has no templates, for ours are in TypeScript. */
export function recordedChart({ release, chart, values }: PlanOptions): RecordedChart {
  return {
    metadata: { apiVersion: 'v2', name: release, version: '0.0.0', ...chart },
    lock: null,
    templates: [],
    values: values?.defaults ?? {},
    schema: null,
    files: [],
  };
}
