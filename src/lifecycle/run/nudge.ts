import { Cluster } from '../../cluster';
import { KubeObject, LifecycleError } from '../../vocabulary';
import { jobState, podState } from './job-state';
import { containersOf } from './pod-diagnosis';

/** The largest deadline that a Job takes: an int32 of seconds, 68 years. */
const FOREVER = 2 ** 31 - 1;

/**
 * How long before the deadline of a Job nothing is brought forward, in seconds: the second for which changes are collected, the one to which times are cut,
 * and one for the way from the kubelet.
 */
const LAST_SECONDS = 3;

interface JobSpec {
  readonly activeDeadlineSeconds?: number;
  readonly suspend?: boolean;
}

/** When the last container of these Pods ended, by the clocks of their nodes. */
function endOf(pods: readonly KubeObject[]): number {
  const ends = pods.flatMap(containersOf).map(({ state }) => Date.parse(state?.terminated?.finishedAt ?? ''));
  return Math.max(...ends.filter((end) => !Number.isNaN(end)));
}

/**
 * A deadline that a Job can be given for a moment without a change of its verdict.
 *
 * @param ended its Pods that have ended just now
 * @returns nothing for a Job that is suspended or has its verdict; nor for one whose own deadline is so near that it
 * might fire before Kubernetes would have looked at the Pods by itself
 */
export function otherDeadline(job: KubeObject, ended: readonly KubeObject[]): number | undefined {
  const { spec, status } = job;
  const { activeDeadlineSeconds: deadline, suspend = false } = spec as JobSpec;
  const { startTime = '' } = (status ?? {}) as { readonly startTime?: string };
  if (suspend || jobState(job).kind !== 'running') return undefined;
  if (deadline === undefined) return FOREVER;
  const left = Date.parse(startTime) / 1000 + deadline - endOf(ended) / 1000;
  if (!(left > LAST_SECONDS && Number.isFinite(left))) return undefined;
  return deadline < FOREVER ? deadline + 1 : deadline - 1;
}

/** Whether the end of these Pods may decide over their hook: one that failed, or the last that ran. */
export function mayDecide(ended: readonly KubeObject[], live: readonly KubeObject[]): boolean {
  if (ended.length === 0) return false;
  return ended.some((pod) => podState(pod).kind === 'failed') || live.every((pod) => podState(pod).kind !== 'running');
}

/**
 * Makes Kubernetes give its verdict on a Job at once when a Pod of it has ended.
 *
 * The Job controller collects changes of Pods for a second, but looks at once when the Job's spec changes
 * (pkg/controller/job/job_controller.go, updateJob). So the deadline is changed, and changed back: the verdict stays its own, and the Job as it was written.
 * Without the right to patch, the second is waited for.
 */
export async function nudge(cluster: Cluster, job: KubeObject, ended: readonly KubeObject[]): Promise<void> {
  const other = otherDeadline(job, ended);
  if (other === undefined) return;
  const { apiVersion, kind, metadata, spec } = job;
  const ref = { apiVersion, kind, name: metadata.name!, namespace: metadata.namespace };
  try {
    for (const activeDeadlineSeconds of [other, (spec as JobSpec).activeDeadlineSeconds ?? null]) {
      // The UID keeps a Job that has taken the name from being changed.
      await cluster.patch(ref, { metadata: { uid: metadata.uid }, spec: { activeDeadlineSeconds } });
    }
  } catch (error) {
    if (!(error instanceof LifecycleError)) throw error; // a lost lock, too, is told by the next write
  }
}
