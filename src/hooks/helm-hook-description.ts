import { Duration } from 'cdk8s';
import { DeletePolicy } from './delete-policy';
import { HookEvent } from './hook-event';
import { HookRetry } from './hook-retry';
import { MutableTags } from './mutable-tags';
import { OutputLogPolicy } from './output-log-policy';
import { RunOn } from './run-on';

/** An object as a hook, as Helm reads its annotations. */
export interface HelmHookDescription {
  /**
   * The events that it runs at. What Helm does not know is left out.
   *
   * @example
   * const events = HelmHook.of(backup)?.events;
   */
  readonly events: HookEvent[];

  /**
   * Its position among the hooks of the same event.
   *
   * @example
   * const weight = HelmHook.of(backup)?.weight;
   */
  readonly weight: number;

  /**
   * When the object is deleted.
   *
   * @example
   * const deletePolicies = HelmHook.of(backup)?.deletePolicies;
   */
  readonly deletePolicies: DeletePolicy[];

  /**
   * After which outcomes Helm prints its logs.
   *
   * @example
   * const logPolicies = HelmHook.of(backup)?.logPolicies;
   */
  readonly logPolicies: OutputLogPolicy[];

  /**
   * How long `cdk8s-lifecycle` waits for it; none where the `--timeout` of the operation counts.
   *
   * @default - none
   * @example
   * const timeout = HelmHook.of(backup)?.timeout;
   */
  readonly timeout?: Duration;

  /**
   * When `cdk8s-lifecycle` runs it once more after it failed.
   *
   * @default - never
   * @example
   * const attempts = HelmHook.of(backup)?.retry?.attempts;
   */
  readonly retry?: HookRetry;

  /**
   * What it does not do beside hooks of other releases, as the annotation has it.
   *
   * @default - it runs beside any
   * @example
   * const mutex = HelmHook.of(backup)?.mutex;
   */
  readonly mutex?: string;

  /**
   * When an upgrade runs it.
   *
   * @default - each time
   * @example
   * const runOn = HelmHook.of(seed)?.runOn;
   */
  readonly runOn?: RunOn;

  /**
   * What an image without a digest counts for, where it runs only when something has changed.
   *
   * @default - it counts as changed
   * @example
   * const mutableTags = HelmHook.of(seed)?.mutableTags;
   */
  readonly mutableTags?: MutableTags;

  /**
   * Whether its runs at post-events come in any case, also when the operation has failed before them.
   *
   * @default false
   * @example
   * const always = HelmHook.of(backup)?.always;
   */
  readonly always?: boolean;
}
