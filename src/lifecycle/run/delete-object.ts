import { Cluster, Deletion, isClusterError } from '../../cluster';
import { isKept } from '../../release';
import { KubeObject, ObjectRef, describeRef } from '../../vocabulary';
import { RemoveStep } from '../plan';
import { jobState } from './job-state';
import { HookContext, RunContext, locate } from './run-context';

/** An unfinished Job goes after its Pods, so that what comes next never runs beside them. */
function propagationFor(object: KubeObject): Deletion['propagation'] {
  return object.kind === 'Job' && jobState(object).kind === 'running' ? 'foreground' : 'background';
}

/** Starts the deletion of one very object; where another has its name by now, it is gone. */
export async function deleteByUid(cluster: Cluster, ref: ObjectRef, deletion: Deletion & { readonly uid: string }): Promise<void> {
  try {
    await cluster.delete(ref, deletion);
  } catch (error) {
    if (!isClusterError(error, 'conflict') || (await cluster.get(ref))?.metadata.uid === deletion.uid) throw error;
  }
}

/**
 * Deletes an object and waits until it is gone, that very object by its UID.
 *
 * @returns false where there was none
 */
export async function deleteAndWait({ cluster, observer, plan }: HookContext, ref: ObjectRef): Promise<boolean> {
  const mirror = await observer.mirror(ref);
  const live = await cluster.get(ref);
  if (!live) return false;
  const uid = live.metadata.uid!;
  mirror.learn(live);
  await deleteByUid(cluster, ref, { propagation: propagationFor(live), uid });
  await observer.until([mirror], () => mirror.gone(uid) ?? (mirror.get(ref.name, ref.namespace)?.metadata.uid === uid ? undefined : live), {
    what: () => `${describeRef(ref)} to be deleted`,
    seconds: plan.settings.timeoutSeconds,
  });
  return true;
}

async function absence(context: HookContext, resource: ObjectRef): Promise<void> {
  const ref = await locate(context, resource);
  const mirror = await context.observer.mirror(ref);
  const absent = () => {
    const live = mirror.get(ref.name, ref.namespace);
    return !live || isKept(live) ? true : undefined;
  };
  await context.observer.until([mirror], absent, { what: () => `${describeRef(ref)} to be deleted`, seconds: context.plan.settings.timeoutSeconds });
}

/** Waits until resources whose deletion has started are gone. */
export async function awaitGone(context: RunContext, steps: readonly RemoveStep[]): Promise<void> {
  for (const { action, resource } of steps) {
    if (action === 'keep') continue;
    try {
      await absence(context, resource.ref);
    } catch (error) {
      if (!isClusterError(error, 'unknown-kind', 'not-found')) throw error; // with the definition of a kind goes every object of it
    }
  }
}
