import { isClusterError } from '../../cluster';
import { isKept } from '../../release';
import { ObjectRef } from '../../vocabulary';
import { ApplyStep, RemoveStep } from '../plan';
import { InterruptedError, ResourcesFailedError } from './errors';
import { established } from './established';
import { stamp } from './ownership';
import { Operation, RunContext, locate } from './run-context';

/** The name under which fields are owned; Helm's own, so that either tool can go on after the other. */
export const FIELD_MANAGER = 'helm';

/** A failure that does not keep the others from being tried. */
interface Failure {
  readonly resource: ObjectRef;
  readonly error: unknown;
}

/**
 * Applies the resources in their order. Those after a failed one are still tried, and then all failures are told at once; but an upgrade or a rollback that
 * cannot create a new one goes no further (pkg/kube/client.go, Create and update).
 */
export async function* applyResources(context: RunContext, steps: readonly ApplyStep[]): Operation {
  const { cluster, plan } = context;
  const failures: Failure[] = [];
  for (const { action, resource } of steps) {
    if (context.interrupt.aborted) throw new InterruptedError();
    try {
      const ref = await locate(context, resource.ref);
      const object = { ...resource.object, metadata: { ...resource.object.metadata, ...(ref.namespace ? { namespace: ref.namespace } : {}) } };
      // What is taken over has fields that its owner set; an apply that leaves them in conflict would be no take-over (helm 4 stops there, after its hooks).
      const force = plan.settings.forceConflicts || (plan.settings.takeOwnership && action === 'create');
      const { change } = await cluster.apply(stamp(object, plan), { fieldManager: FIELD_MANAGER, force });
      if (change === 'created') context.created.push(resource);
      yield { kind: 'resource-applied', resource: ref, change };
      await established(context, ref);
    } catch (error) {
      if (!isClusterError(error) || isClusterError(error, 'unreachable')) throw error;
      failures.push({ resource: resource.ref, error });
      if (action === 'create' && plan.operation !== 'install') break;
    }
  }
  if (failures.length > 0) throw new ResourcesFailedError(failures);
}

/** Deletes the resources in their order, except those that are to be kept: by their manifest, or by an annotation put on the live object since. */
export async function* removeResources(context: RunContext, steps: readonly RemoveStep[]): Operation {
  const { cluster } = context;
  const failures: Failure[] = [];
  for (const { action, resource } of steps) {
    if (context.interrupt.aborted) throw new InterruptedError();
    try {
      const ref = await locate(context, resource.ref);
      const live = action === 'keep' ? undefined : await cluster.get(ref);
      if (action === 'keep' || (live && isKept(live))) {
        yield { kind: 'resource-removed', resource: ref, change: 'kept' };
        continue;
      }
      const was = live !== undefined && (await cluster.delete(ref, { propagation: context.plan.settings.cascade, uid: live.metadata.uid }));
      yield { kind: 'resource-removed', resource: ref, change: was ? 'deleted' : 'absent' };
    } catch (error) {
      if (isClusterError(error, 'unknown-kind')) {
        yield { kind: 'resource-removed', resource: resource.ref, change: 'absent' };
        continue;
      }
      if (!isClusterError(error) || isClusterError(error, 'unreachable')) throw error;
      failures.push({ resource: resource.ref, error });
    }
  }
  if (failures.length > 0) throw new ResourcesFailedError(failures);
}
