import { ApiObject, Duration } from 'cdk8s';
import { IConstruct, IMixin } from 'constructs';
import { declareHook } from './declare-hook';
import { defined } from './defined';
import { DeletePolicy } from './delete-policy';
import { describeHook } from './describe-hook';
import { HelmHookDescription } from './helm-hook-description';
import { HookEvent } from './hook-event';
import { HookRetry } from './hook-retry';
import { MutableTags } from './mutable-tags';
import { OutputLogPolicy } from './output-log-policy';
import { RunOn } from './run-on';

/** How an object behaves as a hook. */
export interface HelmHookOptions {
  /**
   * Position among the hooks of the same event, a whole number: lower runs first, equal weights run by name.
   *
   * @default - follows the dependencies between hooks; 0 without any
   * @example
   * configMap.with(HelmHook.preUpgrade({ weight: 5 }));
   */
  readonly weight?: number;

  /**
   * When the object is deleted. `BEFORE_HOOK_CREATION` must be among them, or the hook could run only once.
   *
   * @default [DeletePolicy.BEFORE_HOOK_CREATION]
   * @example
   * configMap.with(HelmHook.preUpgrade({ deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED] }));
   */
  readonly deletePolicies?: DeletePolicy[];

  /**
   * After which outcomes Helm prints the logs, of a Job or a Pod.
   *
   * @default - never
   * @example
   * new kplus.Job(chart, 'reindex', { containers: [{ image: 'search:2.4.0' }] })
   *   .with(HelmHook.postUpgrade({ logPolicies: [OutputLogPolicy.HOOK_FAILED] }));
   */
  readonly logPolicies?: OutputLogPolicy[];

  /**
   * How long `cdk8s-lifecycle` waits for a Job or a Pod before it stops it; other kinds are done when they are created. Helm knows nothing of it.
   *
   * @default - the `--timeout` of the operation, 5 minutes if not given
   * @example
   * new kplus.Job(chart, 'reindex', { containers: [{ image: 'search:2.4.0' }] })
   *   .with(HelmHook.postUpgrade({ timeout: Duration.minutes(20) }));
   */
  readonly timeout?: Duration;

  /**
   * When `cdk8s-lifecycle` runs a Job or a Pod once more after it failed. Helm ignores it.
   *
   * @default - never
   * @example
   * new kplus.Job(chart, 'reindex', { containers: [{ image: 'search:2.4.0' }] })
   *   .with(HelmHook.postUpgrade({ retry: { attempts: 3 } }));
   */
  readonly retry?: HookRetry;

  /**
   * What hooks of several releases must not do at the same time, in whatever namespaces they are: `cdk8s-lifecycle` runs one of them after the other. Helm ignores it.
   *
   * A name, or `NAMESPACE/NAME` for a Lease elsewhere than in namespace `default`.
   *
   * @default - it runs beside any hook of another release
   * @example
   * new kplus.Job(chart, 'reindex', { containers: [{ image: 'search:2.4.0' }] })
   *   .with(HelmHook.postUpgrade({ mutex: 'search-index' }));
   */
  readonly mutex?: string;

  /**
   * When an upgrade with `cdk8s-lifecycle` runs the hook: `RunOn.CHANGE` passes over it where its spec, and the ConfigMaps and Secrets that it refers to, are what
   * they were when it succeeded last. Helm ignores it. It is for Jobs and Pods.
   *
   * An image without a digest counts as changed; see `mutableTags`.
   *
   * @default - each time
   * @example
   * new kplus.Job(chart, 'reindex', { containers: [{ image: 'search@sha256:7173b809ca12ec5dee4506cd86be934c4596dd234ee82c0662eac04a8c2c71dc' }] })
   *   .with(HelmHook.postUpgrade({ runOn: RunOn.CHANGE }));
   */
  readonly runOn?: RunOn;

  /**
   * What an image without a digest counts for where `runOn` is `RunOn.CHANGE`: `MutableTags.TRUST` takes the same tag for the same image.
   *
   * @default - it counts as changed, for nobody can know what its tag names by now
   * @example
   * new kplus.Job(chart, 'reindex', { containers: [{ image: 'search:2.4.0' }] })
   *   .with(HelmHook.postUpgrade({ runOn: RunOn.CHANGE, mutableTags: MutableTags.TRUST }));
   */
  readonly mutableTags?: MutableTags;

  /**
   * Whether its runs at post-events come in any case, also when the operation has failed before them, or was interrupted, such as to take a maintenance page
   * down. It must have such an event. Helm ignores it, and runs the hook only where nothing has failed.
   *
   * @default false
   * @example
   * configMap.with(HelmHook.postUpgrade({ always: true }));
   */
  readonly always?: boolean;

  /**
   * Hooks that run before this one, or constructs that hold them; an empty list declares that it depends on none.
   *
   * @default - what `node.addDependency` says
   * @example
   * configMap.with(HelmHook.preUpgrade({ after: [backup] }));
   */
  readonly after?: IConstruct[];
}

/**
 * Makes any object a hook: it is then created at an event of the release, not with its resources.
 *
 * What a hook needs before the resources exist (a ServiceAccount, a ConfigMap) must be a hook too, and run earlier. In Python `with` is spelled `with_`.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { HelmHook } from 'cdk8s-lifecycle';
 * import { ServiceAccount } from 'cdk8s-plus-27';
 *
 * declare const chart: Chart;
 * new ServiceAccount(chart, 'migrator').with(HelmHook.preInstall({ weight: -5 }));
 */
export class HelmHook implements IMixin {
  /**
   * A hook of one or more events.
   *
   * @example
   * configMap.with(HelmHook.on([HookEvent.PRE_INSTALL, HookEvent.PRE_UPGRADE]));
   */
  public static on(events: HookEvent[], options: HelmHookOptions = {}): HelmHook {
    return new HelmHook(events, options);
  }

  /**
   * A hook that runs before any resource of a new release is created.
   *
   * @example
   * configMap.with(HelmHook.preInstall());
   */
  public static preInstall(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.PRE_INSTALL], options);
  }

  /**
   * A hook that runs after the resources of a new release were created.
   *
   * @example
   * configMap.with(HelmHook.postInstall());
   */
  public static postInstall(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.POST_INSTALL], options);
  }

  /**
   * A hook that runs before an upgrade changes any resource.
   *
   * @example
   * configMap.with(HelmHook.preUpgrade());
   */
  public static preUpgrade(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.PRE_UPGRADE], options);
  }

  /**
   * A hook that runs after an upgrade changed the resources.
   *
   * @example
   * configMap.with(HelmHook.postUpgrade());
   */
  public static postUpgrade(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.POST_UPGRADE], options);
  }

  /**
   * A hook that runs before a rollback changes any resource.
   *
   * @example
   * configMap.with(HelmHook.preRollback());
   */
  public static preRollback(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.PRE_ROLLBACK], options);
  }

  /**
   * A hook that runs after a rollback changed the resources.
   *
   * @example
   * configMap.with(HelmHook.postRollback());
   */
  public static postRollback(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.POST_ROLLBACK], options);
  }

  /**
   * A hook that runs before a rollback changes any resource, as the revision that is left declared it; only `cdk8s-lifecycle` runs it, Helm drops it.
   *
   * @example
   * configMap.with(HelmHook.preRollbackFromSource());
   */
  public static preRollbackFromSource(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.PRE_ROLLBACK_FROM_SOURCE], options);
  }

  /**
   * A hook that runs after a rollback changed the resources, as the revision that was left declared it; only `cdk8s-lifecycle` runs it, Helm drops it.
   *
   * @example
   * configMap.with(HelmHook.postRollbackFromSource());
   */
  public static postRollbackFromSource(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.POST_ROLLBACK_FROM_SOURCE], options);
  }

  /**
   * A hook that runs before the resources of a release are deleted.
   *
   * @example
   * configMap.with(HelmHook.preDelete());
   */
  public static preDelete(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.PRE_DELETE], options);
  }

  /**
   * A hook that runs after the resources of a release were deleted.
   *
   * @example
   * configMap.with(HelmHook.postDelete());
   */
  public static postDelete(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.POST_DELETE], options);
  }

  /**
   * A hook that runs when somebody asks for the tests of a release.
   *
   * @example
   * configMap.with(HelmHook.test());
   */
  public static test(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.TEST], options);
  }

  /**
   * A hook that runs when an install, an upgrade, a rollback or an uninstall has failed; only `cdk8s-lifecycle` runs it, Helm drops it.
   *
   * @example
   * configMap.with(HelmHook.onFailure());
   */
  public static onFailure(options?: HelmHookOptions): HelmHook {
    return HelmHook.on([HookEvent.ON_FAILURE], options);
  }

  /**
   * What hook an object is, be it declared here or written by hand; nothing for one that is no hook.
   *
   * @param construct an ApiObject, or a construct with one, such as a ConfigMap of cdk8s-plus or a HookJob
   * @example
   * configMap.with(HelmHook.preInstall());
   * const events = HelmHook.of(configMap)?.events; // [HookEvent.PRE_INSTALL]
   */
  public static of(construct: IConstruct): HelmHookDescription | undefined {
    return describeHook(ApiObject.of(construct));
  }

  private readonly events: HookEvent[];
  private readonly options: HelmHookOptions;

  private constructor(events: HookEvent[], options: HelmHookOptions) {
    this.events = [...events];
    this.options = options;
  }

  /** Whether a construct is an object of the manifest. */
  public supports(construct: IConstruct): boolean {
    return ApiObject.isApiObject(construct);
  }

  /** Makes an object a hook, once. */
  public applyTo(construct: IConstruct): void {
    declareHook(construct as ApiObject, {
      deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION],
      ...defined(this.options),
      events: this.events,
    });
  }
}
