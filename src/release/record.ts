import { DeletePolicyName, HookEventName, OutputLogPolicyName } from '../vocabulary';

/** What a revision is in the middle of, or has come to: pkg/release/common/status.go. */
export type ReleaseStatus =
  | 'unknown'
  | 'deployed'
  | 'uninstalled'
  | 'superseded'
  | 'failed'
  | 'uninstalling'
  | 'pending-install'
  | 'pending-upgrade'
  | 'pending-rollback';

/** How far the last run of a hook came. */
export type HookPhase = '' | 'Unknown' | 'Running' | 'Succeeded' | 'Failed';

/** A hook as Helm's record holds it. */
export interface RecordedHook {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly manifest: string;
  readonly events: readonly HookEventName[];
  readonly weight?: number;
  readonly delete_policies?: readonly DeletePolicyName[];
  readonly output_log_policies?: readonly OutputLogPolicyName[];
  readonly last_run: { readonly started_at?: string; readonly completed_at?: string; readonly phase: HookPhase };
}

/** The chart a record names. Helm dereferences it, so there is always one, however small. */
export interface RecordedChart {
  readonly metadata: {
    readonly apiVersion: string;
    readonly name: string;
    readonly version: string;
    readonly appVersion?: string;
    readonly [field: string]: unknown;
  };
  readonly lock: unknown;
  readonly templates: readonly unknown[];
  readonly values: unknown;
  readonly schema: unknown;
  readonly files: readonly unknown[];
}

/** One revision of a release, field by field as Helm stores it (pkg/release/v1). */
export interface ReleaseRecord {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  readonly info: {
    readonly first_deployed?: string;
    readonly last_deployed?: string;
    readonly deleted?: string;
    readonly description?: string;
    readonly status: ReleaseStatus;
    readonly notes?: string;
  };
  readonly chart: RecordedChart;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly manifest: string;
  readonly hooks: readonly RecordedHook[];
  /** How the resources were applied; absent means client-side, as Helm 3 does. */
  readonly apply_method?: 'ssa' | 'csa';
}

/** Whether another operation is, or was when it died, in the middle of the revision. */
export function isPending({ info }: ReleaseRecord): boolean {
  return info.status.startsWith('pending-');
}

/** The record with another status. */
export function withStatus(record: ReleaseRecord, status: ReleaseStatus, description?: string): ReleaseRecord {
  return { ...record, info: { ...record.info, status, ...(description === undefined ? {} : { description }) } };
}
