import { Cluster } from '../../cluster';
import { KubeObject, LifecycleError } from '../../vocabulary';

/** The largest deadline that a Job takes: an int32 of seconds, 68 years. */
const FOREVER = 2 ** 31 - 1;

/** Deadlines of that size are ours: nobody else means 68 years. */
const OURS = FOREVER - 1_000_000;

interface JobSpec {
  readonly activeDeadlineSeconds?: number;
  readonly suspend?: boolean;
}

/**
 * A deadline that differs from the one a Job has, and means the same.
 *
 * @returns nothing for a Job that is suspended or has a condition: it has its verdict, or is about to
 */
export function otherDeadline({ spec, status }: KubeObject): number | undefined {
  const { activeDeadlineSeconds: deadline, suspend = false } = spec as JobSpec;
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly unknown[] };
  if (suspend || conditions.length > 0) return undefined;
  if (deadline === undefined) return FOREVER;
  return deadline > OURS ? deadline - 1 : deadline + 1;
}

/**
 * Makes Kubernetes give its verdict on a Job at once when a Pod of it has ended.
 *
 * The Job controller collects changes of Pods for a second, but looks at once when the Job's spec changes
 * (pkg/controller/job/job_controller.go, updateJob). The verdict stays its own. Without the right to patch, the second is waited for.
 */
export async function nudge(cluster: Cluster, job: KubeObject): Promise<void> {
  const activeDeadlineSeconds = otherDeadline(job);
  if (activeDeadlineSeconds === undefined) return;
  const { apiVersion, kind, metadata } = job;
  try {
    const ref = { apiVersion, kind, name: metadata.name!, namespace: metadata.namespace };
    // The UID keeps a Job that has taken the name from being changed.
    await cluster.patch(ref, { metadata: { uid: metadata.uid }, spec: { activeDeadlineSeconds } });
  } catch (error) {
    if (!(error instanceof LifecycleError)) throw error; // a lost lock, too, is told by the next write
  }
}
