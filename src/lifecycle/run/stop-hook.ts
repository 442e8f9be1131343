import { isClusterError } from '../../cluster';
import { KubeObject, ObjectRef, STOPPED, describeRef } from '../../vocabulary';
import { HookPods } from './hook-pods';
import { RunState, isFinished, podState, runState } from './job-state';
import { HookContext } from './run-context';

function hasStarted({ spec, status }: KubeObject): boolean {
  return (spec as { suspend?: boolean }).suspend !== true && (status as { startTime?: string } | undefined)?.startTime !== undefined;
}

/**
 * Stops a hook that still runs, for good: a Job gets a deadline of one second, so that it ends as failed and its logs stay.
 *
 * One that has not started ignores its deadline and is deleted; so is what is no Job.
 *
 * @param awaitPods wait until its Pods are gone; off when the process has only seconds left
 * @returns its verdict where it had one before it could be stopped
 */
export async function stopHook(
  context: Pick<HookContext, 'cluster' | 'observer'>,
  ref: ObjectRef,
  uid: string,
  why: string,
  awaitPods: boolean,
): Promise<RunState | undefined> {
  const { cluster, observer } = context;
  const live = await cluster.get(ref);
  if (live?.metadata.uid !== uid) return undefined;
  const state = runState(live);
  if (state.kind !== 'running' && (live.kind !== 'Job' || isFinished(live))) return state;
  const mirror = await observer.mirror(ref);
  try {
    if (state.kind !== 'running') {
      // It has its verdict, and Kubernetes ends its Pods.
    } else if (live.kind === 'Job' && hasStarted(live)) {
      const { resourceVersion } = live.metadata;
      await cluster.patch(ref, { metadata: { resourceVersion, annotations: { [STOPPED]: why } }, spec: { activeDeadlineSeconds: 1 } });
    } else {
      await cluster.delete(ref, { propagation: 'foreground', uid });
    }
  } catch (error) {
    if (isClusterError(error, 'conflict')) return stopHook(context, ref, uid, why, awaitPods);
    if (!isClusterError(error, 'not-found', 'forbidden')) throw error;
    // Whoever may not patch Jobs stops them all the same, but loses their logs.
    if (error.reason === 'forbidden') await cluster.delete(ref, { propagation: 'foreground', uid });
  }
  const verdict = state.kind === 'running' ? undefined : state;
  if (!awaitPods) return verdict;
  const podMirror = await observer.mirror({ apiVersion: 'v1', kind: 'Pod', namespace: ref.namespace });
  const pods = new HookPods(live, podMirror);
  const stopped = () => {
    const now = mirror.get(ref.name, ref.namespace);
    const isOver = now?.metadata.uid !== uid || (now.kind === 'Job' && isFinished(now));
    // Before Kubernetes 1.31 a Job is Failed while its Pods still end.
    return isOver && pods.refresh().every((pod) => podState(pod).kind !== 'running') ? true : undefined;
  };
  await observer.until([mirror, podMirror], stopped, { what: () => `the Pods of ${describeRef(ref)} to end`, seconds: STOP_SECONDS });
  return verdict;
}

/** Kubernetes gives a Pod 30 s by default to obey; twice that is long. */
const STOP_SECONDS = 60;
