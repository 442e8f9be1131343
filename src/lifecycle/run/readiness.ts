import { KubeObject } from '../../vocabulary';
import { jobState } from './job-state';
import { containersOf, isStarting } from './pod-diagnosis';

/*
 * Whether an object is as its manifest wants it, by the rules of kstatus, which Helm 4 waits by (fluxcd/cli-utils, pkg/kstatus/status/core.go).
 *
 * Where those would let go too early, or never, the rule is Helm 3's (pkg/kube/ready.go) or our own, and says so.
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

/** What the API server answered when the Pods were to be made. */
function failure(status: Status): Unready | undefined {
  const failed = condition(status, 'ReplicaFailure');
  return failed?.status === 'True' ? { reason: `its Pods cannot be created: ${failed.message ?? failed.reason}` } : undefined;
}

function surplus(actual: unknown, wanted: number): Unready | undefined {
  return count(actual) > wanted ? { reason: `${count(actual) - wanted} old Pods are still there` } : undefined;
}

const deployment: Rule = ({ replicas, paused }, status) => {
  if (paused === true) return undefined; // Helm does not wait for what nobody rolls out
  const wanted = count(replicas, 1);
  const progressing = condition(status, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return { reason: `it makes no progress: ${progressing.message}`, failed: true };
  return (
    failure(status) ??
    atLeast(status.updatedReplicas, wanted, 'Pods are updated') ??
    surplus(status.replicas, wanted) ??
    atLeast(status.availableReplicas, wanted, 'Pods are available')
  );
};

/** Nobody updates the Pods but the user, who deletes them one by one. */
function isUpdatedByHand({ updateStrategy }: Readonly<Record<string, unknown>>): boolean {
  return (updateStrategy as { readonly type?: string } | undefined)?.type === 'OnDelete';
}

const statefulSet: Rule = (spec, status) => {
  if (isUpdatedByHand(spec)) return undefined;
  const { rollingUpdate } = (spec.updateStrategy ?? {}) as { readonly rollingUpdate?: { readonly partition?: number } };
  const wanted = count(spec.replicas, 1);
  const updated = wanted - count(rollingUpdate?.partition);
  return (
    atLeast(status.readyReplicas, wanted, 'Pods are ready') ??
    surplus(status.replicas, wanted) ??
    (status.updateRevision !== status.currentRevision ? atLeast(status.updatedReplicas, updated, 'Pods are updated') : undefined)
  );
};

const replicas: Rule = (spec, status) =>
  failure(status) ?? atLeast(status.availableReplicas, count(spec.replicas, 1), 'Pods are available') ?? surplus(status.replicas, count(spec.replicas, 1));

/** kstatus would wait for ever for Pods that are updated by hand; Helm 3 does not wait for them. */
const daemonSet: Rule = (spec, status) => {
  if (isUpdatedByHand(spec)) return undefined;
  const wanted = count(status.desiredNumberScheduled, -1);
  if (wanted < 0) return { reason: 'its Pods are not scheduled yet' };
  return atLeast(status.updatedNumberScheduled, wanted, 'Pods are updated') ?? atLeast(status.numberAvailable, wanted, 'Pods are available');
};

/**
 * kstatus takes a Pod that has failed for one that is done, and gives up on one that crashes or has found no node for 15 s; what it depends on, or a node for
 * it, may still come, so that is told, and waited for.
 */
const pod: Rule = (_spec, status, object) => {
  if (status.phase === 'Succeeded' || condition(status, 'Ready')?.status === 'True') return undefined;
  const scheduled = condition(status, 'PodScheduled');
  if (scheduled?.status === 'False') return { reason: `it cannot be scheduled: ${scheduled.message ?? scheduled.reason}` };
  const [waiting] = containersOf(object).filter(({ state }) => state?.waiting?.reason && !isStarting(state.waiting.reason));
  if (waiting) return { reason: `its container "${waiting.name}" waits: ${waiting.state!.waiting!.reason}` };
  return { reason: `it is ${status.phase ?? 'Pending'}`, failed: status.phase === 'Failed' };
};

/** kstatus is content with a cluster address; Helm 3 waits for that of the load balancer. */
const service: Rule = ({ type, externalIPs = [] }, status) => {
  const ingress = (status.loadBalancer as { ingress?: readonly unknown[] } | undefined)?.ingress ?? [];
  const waits = type === 'LoadBalancer' && ingress.length === 0 && (externalIPs as readonly unknown[]).length === 0;
  return waits ? { reason: 'its load balancer has no address yet' } : undefined;
};

const definition: Rule = (_spec, status) => {
  const names = condition(status, 'NamesAccepted');
  if (names?.status === 'False') return { reason: `its names are taken: ${names.message ?? names.reason}`, failed: true };
  return condition(status, 'Established')?.status === 'True' ? undefined : { reason: 'it is not established yet' };
};

/** A Job that has failed never succeeds; kstatus takes one for ready as soon as it runs. */
const job: Rule = (_spec, _status, object) => {
  const state = jobState(object);
  switch (state.kind) {
    case 'running':
      return { reason: 'it has not finished yet' };
    case 'failed':
      return { reason: `it failed: ${state.reason}`, failed: true };
    case 'succeeded':
      return undefined;
  }
};

/** By group and kind: a Service of Knative, or a Job of Volcano, is a custom resource. */
const RULES: Readonly<Record<string, Rule>> = {
  'apps/Deployment': deployment,
  'apps/ReplicaSet': replicas,
  'ReplicationController': replicas, // Helm 3's; kstatus has none
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'Pod': pod,
  'Service': service,
  'apiextensions.k8s.io/CustomResourceDefinition': definition,
  'PersistentVolumeClaim': (_spec, status) => (status.phase === 'Bound' ? undefined : { reason: `it is ${status.phase ?? 'Pending'}` }),
  'batch/Job': job,
};

/** Their controllers always say which generation they have seen. */
const OBSERVED = ['apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'apps/DaemonSet', 'ReplicationController'];

/** Custom resources follow the conventions of kstatus: Reconciling and Stalled, else Ready. */
const custom: Rule = (_spec, status) => {
  const stalled = condition(status, 'Stalled');
  if (stalled?.status === 'True') return { reason: stalled.message ?? 'it is stalled', failed: true };
  const reconciling = condition(status, 'Reconciling');
  if (reconciling?.status === 'True') return { reason: reconciling.message ?? 'it is reconciling' };
  const ready = condition(status, 'Ready');
  return ready && ready.status !== 'True' ? { reason: ready.message ?? 'it is not ready' } : undefined;
};

/** What is waited for beyond readiness. */
export interface WaitOptions {
  /**
   * Jobs are ready when they have succeeded.
   *
   * @default false - Helm waits for the Jobs of a release only with --wait-for-jobs
   */
  readonly waitForJobs?: boolean;
}

/** What the object lacks to be ready; nothing where it is. */
export function unready(object: KubeObject, { waitForJobs = false }: WaitOptions = {}): Unready | undefined {
  const status = (object.status ?? {}) as Status;
  const generation = count(object.metadata.generation);
  const groupKind = [...object.apiVersion.split('/').slice(0, -1), object.kind].join('/');
  if (object.metadata.deletionTimestamp) return { reason: 'it is being deleted' };
  if (groupKind === 'batch/Job' && !waitForJobs) return undefined;
  if (status.observedGeneration !== undefined && status.observedGeneration < generation) return { reason: 'its controller has not seen the change yet' };
  if (OBSERVED.includes(groupKind) && status.observedGeneration === undefined) return { reason: 'its controller has not seen it yet' };
  const spec = (object.spec ?? {}) as Readonly<Record<string, unknown>>;
  return (RULES[groupKind] ?? custom)(spec, status, object);
}
