import { ApiObjectMetadata, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { DeletePolicy } from './delete-policy';
import { HookRetry } from './hook-retry';
import { HookToleration } from './hook-toleration';
import { MutableTags } from './mutable-tags';
import { OutputLogPolicy } from './output-log-policy';
import { RunOn } from './run-on';
import { WaitFor } from './wait-for';

/** What every hook that runs a container can be told. */
export interface ContainerHookProps {
  /**
   * Arguments of the command.
   *
   * @default - those of the image, or none where `command` is given
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop:2.4.0', command: ['seed'], args: ['--locale', 'en'] });
   */
  readonly args?: string[];

  /**
   * Environment variables.
   *
   * @default - none
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', env: { DATABASE_URL: secret.envValue('url') } });
   */
  readonly env?: { [name: string]: kplus.EnvValue };

  /**
   * ConfigMaps and Secrets whose every key becomes an environment variable.
   *
   * @default - none
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', envFrom: [kplus.Env.fromSecret(secret)] });
   */
  readonly envFrom?: kplus.EnvFrom[];

  /**
   * Position among the hooks of the same event, a whole number: lower runs first, equal weights run by name.
   *
   * A hook with a weight keeps its place in Helm's order, whatever else could run beside it.
   *
   * @default - follows the dependencies between hooks; 0 without any
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop:2.4.0', weight: 5 });
   */
  readonly weight?: number;

  /**
   * When the object is deleted. `BEFORE_HOOK_CREATION` must be among them, or the hook could run only once.
   *
   * @default - before it is created again; a hook that runs after the release is gone also when it succeeded
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED] });
   */
  readonly deletePolicies?: DeletePolicy[];

  /**
   * After which outcomes Helm prints the logs.
   *
   * @default - when the hook has failed; those of `CacheWarmHook` and `NotificationHook` also when it has not
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', logPolicies: [OutputLogPolicy.HOOK_SUCCEEDED, OutputLogPolicy.HOOK_FAILED] });
   */
  readonly logPolicies?: OutputLogPolicy[];

  /**
   * How long the hook may run, all its attempts together, before Kubernetes stops it.
   *
   * Keep it below Helm's own `--timeout` (5 minutes if not given), or the Job outlives the release that waits for it. `cdk8s-lifecycle` waits for a hook that
   * may run longer than 5 minutes until Kubernetes has stopped it: the annotation `cdk8s-lifecycle/timeout` says so.
   *
   * @default Duration.minutes(4)
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', timeout: Duration.minutes(20) }); // helm upgrade --timeout 25m
   */
  readonly timeout?: Duration;

  /**
   * When `cdk8s-lifecycle` runs the whole hook once more after it failed. Helm ignores it.
   *
   * Each attempt has all of `timeout`, and begins when the Pods of the one before are gone. For attempts that Helm makes, too, see `retries` of a `HookJob`.
   *
   * @default - never
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', retry: { attempts: 3, backoff: Duration.seconds(2), onExitCodes: [75] } });
   */
  readonly retry?: HookRetry;

  /**
   * What hooks of several releases must not do at the same time, in whatever namespaces they are: `cdk8s-lifecycle` runs one of them after the other. Helm ignores it.
   *
   * A name, or `NAMESPACE/NAME` for a Lease elsewhere than in namespace `default`.
   *
   * @default - it runs beside any hook of another release
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', mutex: 'orders-db' });
   */
  readonly mutex?: string;

  /**
   * When an upgrade with `cdk8s-lifecycle` runs the hook: `RunOn.CHANGE` passes over it where its spec, and the ConfigMaps and Secrets that it refers to, are what
   * they were when it succeeded last. Helm ignores it. An install, a rollback and a test run it in any case.
   *
   * An image without a digest counts as changed; see `mutableTags`.
   *
   * @default - each time
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop@sha256:7173b809ca12ec5dee4506cd86be934c4596dd234ee82c0662eac04a8c2c71dc', on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE], runOn: RunOn.CHANGE });
   */
  readonly runOn?: RunOn;

  /**
   * What an image without a digest counts for where `runOn` is `RunOn.CHANGE`: `MutableTags.TRUST` takes the same tag for the same image.
   *
   * @default - it counts as changed, for nobody can know what its tag names by now
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop:2.4.0', on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE], runOn: RunOn.CHANGE, mutableTags: MutableTags.TRUST });
   */
  readonly mutableTags?: MutableTags;

  /**
   * Whether its runs at post-events come in any case, also when the operation has failed before them, or was interrupted, such as to take a maintenance page
   * down. It must have such an event. Helm ignores it, and runs the hook only where nothing has failed.
   *
   * @default false
   * @example
   * new CleanupHook(chart, 'page-down', { image: 'shop:2.4.0', on: [HookEvent.POST_UPGRADE], always: true });
   */
  readonly always?: boolean;

  /**
   * Numeric id of the user that the process runs as, who also owns the volumes (`fsGroup`).
   *
   * Hooks do not run as root: an image whose own user is root, or has a name instead of a number, needs one.
   *
   * @default - the user of the image, which is 100 in that of curl and 999 in that of PostgreSQL's programs
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', user: 1000 });
   */
  readonly user?: number;

  /**
   * The identity towards the Kubernetes API. Its token is mounted.
   *
   * @default - the namespace's default, and no token
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'migrator', 'migrator') });
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * What the hook requests and may use. A resource that is named here replaces the default of that resource.
   *
   * @default - requests 50m CPU and 64Mi memory, limited to 512Mi memory; where only curl runs 10m, 16Mi and 64Mi
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', resources: { memory: { request: Size.mebibytes(256), limit: Size.gibibytes(1) } } });
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * Volumes and where they are mounted. The root file system cannot be written, `/tmp` can.
   *
   * @default - none but an empty `/tmp`
   * @example
   * const scratch = kplus.Volume.fromEmptyDir(chart, 'scratch', 'scratch', { sizeLimit: Size.gibibytes(2) });
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', volumes: [{ path: '/scratch', volume: scratch }] });
   */
  readonly volumes?: kplus.VolumeMount[];

  /**
   * What to wait for before the command begins, one after the other. The time counts towards `timeout`.
   *
   * @default - nothing
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', waitFor: [WaitFor.postgres(postgres)] });
   */
  readonly waitFor?: WaitFor[];

  /**
   * Labels and annotations of the Pod, such as those that keep a sidecar out of it.
   *
   * @default - none
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', podMetadata: { labels: { 'sidecar.istio.io/inject': 'false' } } });
   */
  readonly podMetadata?: ApiObjectMetadata;

  /**
   * Labels that a node must have for the Pod to run there.
   *
   * @default - none
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', nodeSelector: { 'kubernetes.io/arch': 'amd64' } });
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Taints of nodes that the Pod may run on all the same.
   *
   * @default - none
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', tolerations: [{ key: 'dedicated', value: 'jobs', effect: 'NoSchedule' }] });
   */
  readonly tolerations?: HookToleration[];

  /**
   * The PriorityClass of the Pod.
   *
   * @default - the cluster's default
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', priorityClassName: 'release-critical' });
   */
  readonly priorityClassName?: string;

  /**
   * Secrets of the type `kubernetes.io/dockerconfigjson` that the images are pulled with.
   *
   * @default - those of the service account
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', imagePullSecrets: [kplus.Secret.fromSecretName(chart, 'registry', 'registry-login')] });
   */
  readonly imagePullSecrets?: kplus.ISecret[];

  /**
   * Name of the object, of at most 63 characters.
   *
   * @default - generated from the path of the construct
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', name: 'shop-migrate' });
   */
  readonly name?: string;
}

/** What every hook that runs as a Job can be told. */
export interface HookProps extends ContainerHookProps {
  /**
   * How often a failed attempt is repeated, a whole number from 0.
   *
   * @default 0
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', retries: 2 });
   */
  readonly retries?: number;
}
