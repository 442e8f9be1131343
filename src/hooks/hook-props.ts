import { ApiObjectMetadata, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { DeletePolicy } from './delete-policy';
import { HookToleration } from './hook-toleration';
import { OutputLogPolicy } from './output-log-policy';
import { WaitFor } from './wait-for';

/** What every hook that runs a container can be told. */
export interface ContainerHookProps {
  /**
   * Arguments of the command.
   *
   * @default - those of the image, or none where `command` is given
   */
  readonly args?: string[];

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: { [name: string]: kplus.EnvValue };

  /**
   * ConfigMaps and Secrets whose every key becomes an environment variable.
   *
   * @default - none
   */
  readonly envFrom?: kplus.EnvFrom[];

  /**
   * Position among the hooks of the same event: lower runs first, equal weights run by name.
   *
   * A hook with a weight keeps its place in Helm's order, whatever else could run beside it.
   *
   * @default - follows the dependencies between hooks; 0 without any
   */
  readonly weight?: number;

  /**
   * When the object is deleted. `BEFORE_HOOK_CREATION` must be among them, or the hook could run only once.
   *
   * @default - before it is created again; a hook that runs after the release is gone also when it succeeded
   */
  readonly deletePolicies?: DeletePolicy[];

  /**
   * After which outcomes Helm prints the logs.
   *
   * @default [OutputLogPolicy.HOOK_FAILED]
   */
  readonly logPolicies?: OutputLogPolicy[];

  /**
   * How long the hook may run, all its attempts together, before Kubernetes stops it.
   *
   * Keep it below Helm's own `--timeout` (5 minutes if not given), or the Job outlives the release that waits for it.
   *
   * @default Duration.minutes(4)
   */
  readonly timeout?: Duration;

  /**
   * Numeric id of the user that the process runs as, who also owns the volumes (`fsGroup`).
   *
   * Hooks do not run as root: an image whose own user is root, or has a name instead of a number, needs one.
   *
   * @default - the user of the image
   */
  readonly user?: number;

  /**
   * The identity towards the Kubernetes API. Its token is mounted.
   *
   * @default - the namespace's default, and no token
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * What the hook requests and may use. A resource that is named here replaces the default of that resource.
   *
   * @default - requests 50m CPU and 64Mi memory; limited to 512Mi memory
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * Volumes and where they are mounted. The root file system cannot be written, `/tmp` can.
   *
   * @default - none but an empty `/tmp`
   */
  readonly volumes?: kplus.VolumeMount[];

  /**
   * What to wait for before the command begins, one after the other. The time counts towards `timeout`.
   *
   * @default - nothing
   */
  readonly waitFor?: WaitFor[];

  /**
   * Labels and annotations of the Pod, such as those that keep a sidecar out of it.
   *
   * @default - none
   */
  readonly podMetadata?: ApiObjectMetadata;

  /**
   * Labels that a node must have for the Pod to run there.
   *
   * @default - none
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Taints of nodes that the Pod may run on all the same.
   *
   * @default - none
   */
  readonly tolerations?: HookToleration[];

  /**
   * The PriorityClass of the Pod.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * Secrets of the type `kubernetes.io/dockerconfigjson` that the images are pulled with.
   *
   * @default - those of the service account
   */
  readonly imagePullSecrets?: kplus.ISecret[];

  /**
   * Name of the object.
   *
   * @default - generated from the path of the construct
   */
  readonly name?: string;
}

/** What every hook that runs as a Job can be told. */
export interface HookProps extends ContainerHookProps {
  /**
   * How often a failed attempt is repeated.
   *
   * @default 0
   */
  readonly retries?: number;
}
