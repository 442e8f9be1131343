import { KubeObject } from '../../vocabulary';

/** A container as the status of its Pod shows it. */
interface ContainerStatus {
  readonly name: string;
  readonly state?: {
    readonly running?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly signal?: number };
  };
}

interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string }[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

function statusOf(pod: KubeObject): PodStatus {
  return (pod.status ?? {}) as PodStatus;
}

function containersOf(pod: KubeObject): ContainerStatus[] {
  const { initContainerStatuses = [], containerStatuses = [] } = statusOf(pod);
  return [...initContainerStatuses, ...containerStatuses];
}

/** The containers of a Pod that have run or do. */
export function startedContainers(pod: KubeObject): string[] {
  return containersOf(pod).flatMap(({ name, state }) => (state?.running || state?.terminated ? [name] : []));
}

/** Which containers failed, and how: `container "main" exited 1`. */
export function failedContainers(pods: readonly KubeObject[]): string[] {
  return pods.flatMap(containersOf).flatMap(({ name, state }) => {
    const ended = state?.terminated;
    if (!ended || ended.exitCode === 0) return [];
    const detail = ended.reason && !['Error', 'Completed'].includes(ended.reason) ? ` (${ended.reason})` : '';
    return [`container "${name}" exited ${ended.exitCode}${detail}`];
  });
}

/** Reasons of waiting that are only a start. */
const STARTING = ['ContainerCreating', 'PodInitializing'];

/** What keeps a Pod from running; nothing where it runs, or is only starting. */
export function waitingReason(pod: KubeObject): string | undefined {
  const { conditions = [] } = statusOf(pod);
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled) return `cannot be scheduled: ${unscheduled.message ?? unscheduled.reason}`;
  for (const { name, state } of containersOf(pod)) {
    const { reason, message } = state?.waiting ?? {};
    if (reason && !STARTING.includes(reason)) return `container "${name}": ${[reason, message].filter(Boolean).join(': ')}`;
  }
  return undefined;
}
