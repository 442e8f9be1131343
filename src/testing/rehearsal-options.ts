import { PlanOptions } from '../lifecycle';
import { HookOutcome } from './hook-outcome';
import { Moment } from './moment';
import { RehearsedPlan } from './rehearsed-plan';
import type { ReleaseRehearsal } from './release-rehearsal';

/** What a rehearsal starts with. */
export interface RehearsalProps {
  /**
   * The name of the release.
   *
   * @default 'web'
   */
  readonly release?: string;

  /**
   * The namespace of the release. It is there, unless an operation is to make it (`createNamespace`).
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * What happens in hooks, and in Jobs and Pods among the resources, by name: that of the object, `Kind/name`, or the construct of the chart.
   *
   * @default - each succeeds after a second
   */
  readonly outcomes?: Readonly<Record<string, HookOutcome>>;

  /**
   * Names of workloads that never become ready.
   *
   * @default - every workload is ready after two seconds
   */
  readonly neverReady?: readonly string[];

  /**
   * Another release whose cluster this one shares: two that wait for one mutex, or one that needs what the other has made.
   *
   * Operations on both may run at once: `Promise.all([shop.upgrade(…), reports.upgrade(…)])`.
   *
   * @default - it has a cluster of its own
   */
  readonly beside?: ReleaseRehearsal;

  /**
   * What the clock shows at the beginning.
   *
   * @default 2026-01-01T00:00:00Z
   */
  readonly start?: Date;
}

/** How a plan is performed, and what befalls its runner. */
export interface RunnerOptions {
  /**
   * The plan that somebody has looked at: the operation does exactly that, or is refused, as with `--plan FILE`. The options have to be those it was made with.
   *
   * @default - whatever is to be done by then
   */
  readonly plan?: RehearsedPlan;

  /**
   * When the runner dies, as by `kill -9`: it says and does nothing more, and its lock stays until it expires (15 s).
   *
   * @default - it lives
   */
  readonly killed?: Moment;

  /**
   * When the runner is told to stop, as by Ctrl-C.
   *
   * @default - it is not
   */
  readonly interrupted?: Moment;

  /**
   * A hook fails at once where something keeps it from running that waiting cannot change.
   *
   * @default true
   */
  readonly failFast?: boolean;

  /**
   * How long to wait for a release that another operation holds, in seconds.
   *
   * @default 0
   */
  readonly lockTimeoutSeconds?: number;
}

/** How an operation is rehearsed; the options of its plan are those of the runner. */
export interface OperationOptions extends RunnerOptions, Omit<Partial<PlanOptions>, 'release' | 'namespace' | 'values'> {}

/** An install that is rehearsed. */
export interface InstallOptions extends OperationOptions {
  /**
   * What the user says to a `HelmChartApp`, as in a values.yaml. They are recorded, too.
   *
   * @default - nothing, so that the defaults of the chart count
   */
  readonly values?: Readonly<Record<string, unknown>>;

  /**
   * Go on with the last revision, which failed, where it failed: hooks that have succeeded do not run again. The manifests must be those of that revision.
   *
   * @default false
   */
  readonly resume?: boolean;
}

/** An upgrade that is rehearsed. */
export interface UpgradeOptions extends InstallOptions {
  /**
   * Install the release where there is none.
   *
   * @default false
   */
  readonly install?: boolean;
}
