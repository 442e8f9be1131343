import { RecordedChart } from '../../release';

/** What can be chosen about an operation. */
export interface PlanOptions {
  readonly release: string;
  readonly namespace: string;
  /** @default false */
  readonly createNamespace?: boolean;
  /**
   * Wait until the resources are ready before the post-hooks run.
   *
   * @default false
   */
  readonly wait?: boolean;
  /**
   * How long each single wait may take.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;
  /**
   * Revisions to keep; 0 for all.
   *
   * @default 10
   */
  readonly historyMax?: number;
  /**
   * What `helm list` shows as the chart.
   *
   * @default - the name of the release, version 0.0.0
   */
  readonly chart?: Partial<RecordedChart['metadata']>;
}

/** The chart that a record needs for Helm to work with it; it has no templates, for ours are in TypeScript. */
export function recordedChart({ release, chart }: PlanOptions): RecordedChart {
  return {
    metadata: { apiVersion: 'v2', name: release, version: '0.0.0', ...chart },
    lock: null,
    templates: [],
    values: {},
    schema: null,
    files: [],
  };
}
