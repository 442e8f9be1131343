import { KubeObject } from '../../vocabulary';

interface Terminated {
  readonly finishedAt?: string;
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
}

/** A container as the status of its Pod shows it. */
interface ContainerStatus {
  readonly name: string;
  readonly state?: {
    readonly running?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: Terminated;
  };
  readonly restartCount?: number;
  /** How it ended before it was started again. */
  readonly lastState?: { readonly terminated?: Terminated };
}

interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

interface PodStatus {
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly conditions?: readonly PodCondition[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

interface Container {
  readonly name: string;
  readonly image?: string;
  readonly resources?: { readonly limits?: { readonly memory?: string } };
}

/** What of a Pod's spec explains its failures. */
export interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly {
    readonly name: string;
    readonly secret?: { readonly secretName?: string };
    readonly configMap?: { readonly name?: string };
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
}

/** The status of a Pod, empty where it has none yet. */
export function statusOf(pod: KubeObject): PodStatus {
  return (pod.status ?? {}) as PodStatus;
}

/** The containers of a Pod as its status shows them, init containers first. */
export function containersOf(pod: KubeObject): ContainerStatus[] {
  const { initContainerStatuses = [], containerStatuses = [] } = statusOf(pod);
  return [...initContainerStatuses, ...containerStatuses];
}

/** A container as the Pod's manifest has it. */
export function containerSpec(pod: KubeObject | undefined, name: string | undefined): Container | undefined {
  const { containers = [], initContainers = [] } = (pod?.spec ?? {}) as PodSpec;
  return [...initContainers, ...containers].find((each) => each.name === name);
}

/** The containers of a Pod that have run or do. */
export function startedContainers(pod: KubeObject): string[] {
  return containersOf(pod).flatMap(({ name, state, lastState }) => (state?.running || state?.terminated || lastState?.terminated ? [name] : []));
}

/** How often a container of a Pod was started again. */
export function restartsOf(pod: KubeObject, container: string): number {
  return containersOf(pod).find(({ name }) => name === container)?.restartCount ?? 0;
}

/** How a container failed last, if it did: what it exited with, or with what before it was started again or stopped with its Pod. */
function failureOf({ metadata }: KubeObject, { state, lastState }: ContainerStatus): Terminated | undefined {
  const ends = [state?.terminated, lastState?.terminated].filter((end) => end !== undefined && end.exitCode !== 0);
  return metadata.deletionTimestamp ? ends.at(-1) : ends.at(0);
}

function explain(pod: KubeObject, container: string, { exitCode, reason, message = '' }: Terminated): string {
  const limit = containerSpec(pod, container)?.resources?.limits?.memory;
  switch (reason) {
    case undefined:
    case 'Error':
    case 'Completed':
      return `exited ${exitCode}`;
    case 'OOMKilled':
      return `exited ${exitCode} (OOMKilled: it used more memory than ${limit === undefined ? 'there was' : `its limit of ${limit}`})`;
    case 'StartError': // the layers of the container runtime before it say nothing
      return `exited ${exitCode} (StartError${message && `: ${message.replace(/^.*unable to start container process: /s, '').replace(/: unknown$/, '')}`})`;
    default:
      return `exited ${exitCode} (${reason})`;
  }
}

/** How a container ended last, `exited 3`; nothing where it has not failed. */
export function lastExit(pod: KubeObject | undefined, container: string | undefined): string | undefined {
  const status = pod && containersOf(pod).find(({ name }) => name === container);
  const failure = status && failureOf(pod, status);
  return failure && explain(pod, status.name, failure);
}

/** That Kubernetes took a Pod away: evicted, preempted, its node lost (https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions). */
function disruption(pod: KubeObject): string[] {
  const { reason, message, conditions = [] } = statusOf(pod);
  const disrupted = conditions.find(({ type, status }) => type === 'DisruptionTarget' && status === 'True');
  const why = disrupted ?? (reason === undefined ? undefined : { reason, message });
  return why ? [`Pod ${pod.metadata.name} was taken away (${[why.reason, why.message].filter(Boolean).join(': ')})`] : [];
}

/** What failed in Pods, and how: `container "main" exited 1`. */
export function failuresOf(pods: readonly KubeObject[]): string[] {
  return pods.flatMap((pod) => [
    ...disruption(pod),
    ...containersOf(pod).flatMap((status) => {
      const failure = failureOf(pod, status);
      return failure ? [`container "${status.name}" ${explain(pod, status.name, failure)}`] : [];
    }),
  ]);
}

/** What containers exited with in the last Pod in which any failed. */
export function exitCodesOf(pods: readonly KubeObject[]): number[] {
  const codes = pods.map((pod) => containersOf(pod).flatMap((status) => failureOf(pod, status)?.exitCode ?? []));
  return codes.filter((each) => each.length > 0).at(-1) ?? [];
}

/** Whether a reason of waiting is only a start. */
export function isStarting(reason: string): boolean {
  return reason === 'ContainerCreating' || reason === 'PodInitializing';
}
