import { KubeObject } from '../../vocabulary';

/*
 * Whether an object is as its manifest wants it, by the rules of kstatus (sigs.k8s.io/cli-utils/pkg/kstatus), which Helm 4 waits by.
 */

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
  readonly reason?: string;
}

interface Status {
  readonly observedGeneration?: number;
  /** Null in a CustomResourceDefinition that was just created. */
  readonly conditions?: readonly Condition[] | null;
  readonly phase?: string;
  readonly [field: string]: unknown;
}

/** What an object still lacks; `failed` says that it will not get there by itself. */
export interface Unready {
  readonly reason: string;
  readonly failed?: boolean;
}

type Rule = (spec: Readonly<Record<string, unknown>>, status: Status, object: KubeObject) => Unready | undefined;

function condition({ conditions }: Status, type: string): Condition | undefined {
  return conditions?.find((each) => each.type === type);
}

function count(value: unknown, fallback = 0): number {
  return typeof value === 'number' ? value : fallback;
}

function atLeast(actual: unknown, wanted: number, what: string): Unready | undefined {
  return count(actual) < wanted ? { reason: `${count(actual)} of ${wanted} ${what}` } : undefined;
}

const deployment: Rule = ({ replicas, paused }, status) => {
  if (paused === true) return undefined; // Helm does not wait for what nobody rolls out
  const wanted = count(replicas, 1);
  const progressing = condition(status, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return { reason: `it makes no progress: ${progressing.message}`, failed: true };
  return (
    atLeast(status.updatedReplicas, wanted, 'Pods are updated') ??
    (count(status.replicas) > count(status.updatedReplicas) ? { reason: `${count(status.replicas) - wanted} old Pods are still there` } : undefined) ??
    atLeast(status.availableReplicas, wanted, 'Pods are available')
  );
};

const statefulSet: Rule = ({ replicas, updateStrategy }, status) => {
  const { type, rollingUpdate } = (updateStrategy ?? {}) as { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
  if (type === 'OnDelete') return undefined;
  const wanted = count(replicas, 1);
  const updated = wanted - count(rollingUpdate?.partition);
  return (
    atLeast(status.readyReplicas, wanted, 'Pods are ready') ??
    (status.updateRevision !== status.currentRevision ? atLeast(status.updatedReplicas, updated, 'Pods are updated') : undefined)
  );
};

const daemonSet: Rule = (_spec, status) => {
  const wanted = count(status.desiredNumberScheduled, -1);
  if (wanted < 0) return { reason: 'its Pods are not scheduled yet' };
  return atLeast(status.updatedNumberScheduled, wanted, 'Pods are updated') ?? atLeast(status.numberAvailable, wanted, 'Pods are available');
};

const pod: Rule = (_spec, status) => {
  if (status.phase === 'Succeeded' || condition(status, 'Ready')?.status === 'True') return undefined;
  return { reason: `it is ${status.phase ?? 'Pending'}`, failed: status.phase === 'Failed' };
};

const service: Rule = ({ type }, status) => {
  const ingress = (status.loadBalancer as { ingress?: readonly unknown[] } | undefined)?.ingress ?? [];
  return type === 'LoadBalancer' && ingress.length === 0 ? { reason: 'its load balancer has no address yet' } : undefined;
};

const definition: Rule = (_spec, status) => (condition(status, 'Established')?.status === 'True' ? undefined : { reason: 'it is not established yet' });

const RULES: Readonly<Record<string, Rule>> = {
  Deployment: deployment,
  ReplicaSet: ({ replicas }, status) => atLeast(status.availableReplicas, count(replicas, 1), 'Pods are available'),
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  Pod: pod,
  Service: service,
  CustomResourceDefinition: definition,
  PersistentVolumeClaim: (_spec, status) => (status.phase === 'Bound' ? undefined : { reason: `it is ${status.phase ?? 'Pending'}` }),
  Job: () => undefined, // Helm waits for the Jobs of a release only with --wait-for-jobs
};

/** Custom resources follow the conventions of kstatus: Reconciling and Stalled, else Ready. */
const custom: Rule = (_spec, status) => {
  const stalled = condition(status, 'Stalled');
  if (stalled?.status === 'True') return { reason: stalled.message ?? 'it is stalled', failed: true };
  const reconciling = condition(status, 'Reconciling');
  if (reconciling?.status === 'True') return { reason: reconciling.message ?? 'it is reconciling' };
  const ready = condition(status, 'Ready');
  return ready && ready.status !== 'True' ? { reason: ready.message ?? 'it is not ready' } : undefined;
};

/** What the object lacks to be ready; nothing where it is. */
export function unready(object: KubeObject): Unready | undefined {
  const status = (object.status ?? {}) as Status;
  const generation = count(object.metadata.generation);
  if (object.metadata.deletionTimestamp) return { reason: 'it is being deleted' };
  if (status.observedGeneration !== undefined && status.observedGeneration < generation) return { reason: 'its controller has not seen the change yet' };
  const spec = (object.spec ?? {}) as Readonly<Record<string, unknown>>;
  const builtIn = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(object.kind);
  if (builtIn && status.observedGeneration === undefined) return { reason: 'its controller has not seen it yet' };
  return (RULES[object.kind] ?? custom)(spec, status, object);
}
