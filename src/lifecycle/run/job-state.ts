import { KubeObject } from '../../vocabulary';

/** Where a Job or a Pod stands. */
export type RunState = { readonly kind: 'running' } | { readonly kind: 'succeeded' } | { readonly kind: 'failed'; readonly reason: string };

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

function reasonOf({ reason, message }: { readonly reason?: string; readonly message?: string }): string {
  return [reason, message].filter(Boolean).join(': ');
}

/**
 * The verdict of Kubernetes on a Job: the first of these conditions that is true.
 *
 * SuccessCriteriaMet and FailureTarget come before Complete and Failed since Kubernetes 1.31: they are set when the outcome is certain, the others when the
 * Pods are gone, too (https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions).
 */
export function jobState(job: KubeObject): RunState {
  const conditions = (job.status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
  for (const condition of conditions) {
    if (condition.status !== 'True') continue;
    if (condition.type === 'SuccessCriteriaMet' || condition.type === 'Complete') return { kind: 'succeeded' };
    if (condition.type === 'FailureTarget' || condition.type === 'Failed') return { kind: 'failed', reason: reasonOf(condition) };
  }
  return { kind: 'running' };
}

/** Whether the Job will change no more: its Pods are gone, too. */
export function isFinished(job: KubeObject): boolean {
  const conditions = (job.status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
  return conditions.some(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'));
}

/** The end of a Pod that stands for itself. */
export function podState(pod: KubeObject): RunState {
  const { phase, reason, message } = (pod.status ?? {}) as { readonly phase?: string; readonly reason?: string; readonly message?: string };
  if (phase === 'Succeeded') return { kind: 'succeeded' };
  return phase === 'Failed' ? { kind: 'failed', reason: reasonOf({ reason, message }) } : { kind: 'running' };
}

/** Where a hook's object stands; what is neither a Job nor a Pod is done as soon as it exists. */
export function runState(object: KubeObject): RunState {
  if (object.kind === 'Job') return jobState(object);
  return object.kind === 'Pod' ? podState(object) : { kind: 'succeeded' };
}
