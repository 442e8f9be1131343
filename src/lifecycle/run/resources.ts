import { Applied, isClusterError, sideBySide } from '../../cluster';
import { Resource, identityIn, isKept } from '../../release';
import { ObjectRef } from '../../vocabulary';
import { ApplyStep, Plan, RemoveStep } from '../plan';
import { InterruptedError, ResourcesFailedError } from './errors';
import { established } from './established';
import { Heads, lookAhead } from './look-ahead';
import { owned } from './ownership';
import { AT_A_TIME, Operation, RunContext, locate } from './run-context';

/** The name under which fields are owned; Helm's own, so that either tool can go on after the other. */
export const FIELD_MANAGER = 'helm';

/** A failure that does not keep the others from being tried. */
interface Failure {
  readonly resource: ObjectRef;
  readonly error: unknown;
}

/** What the cluster has against one resource; any other error ends the operation. */
function failure(resource: ObjectRef, error: unknown): Failure {
  if (!isClusterError(error) || isClusterError(error, 'unreachable')) throw error;
  return { resource, error };
}

/** Whether the operation goes no further where this step fails. */
function isDecisive({ action }: ApplyStep, { operation }: Plan): boolean {
  return action === 'create' && operation !== 'install';
}

/** Steps that may be taken side by side: those of one kind that follow one another. A decisive one stands alone, for nothing may begin until it is done. */
function batches(steps: readonly ApplyStep[], plan: Plan): ApplyStep[][] {
  const all: ApplyStep[][] = [];
  for (const step of steps) {
    const last = all.at(-1)?.at(-1);
    const joins = last && last.resource.ref.kind === step.resource.ref.kind && !isDecisive(last, plan) && !isDecisive(step, plan);
    if (joins) all.at(-1)!.push(step);
    else all.push([step]);
  }
  return all;
}

/** A resource that was applied. */
interface AppliedResource extends Pick<Applied, 'change'> {
  readonly resource: Resource;
  readonly ref: ObjectRef;
}

async function apply(context: RunContext, { action, resource }: ApplyStep, heads: Heads): Promise<AppliedResource | Failure> {
  const { cluster, plan } = context;
  if (context.interrupt.aborted) throw new InterruptedError();
  try {
    const ref = await locate(context, resource.ref);
    // What is taken over has fields that its owner set; an apply that leaves them in conflict would be no take-over (helm 4 stops there, after its hooks).
    const force = plan.settings.forceConflicts || (plan.settings.takeOwnership && action === 'create');
    // The preflight has looked at what is to be created, unless it may be anybody's.
    const identity = identityIn(plan.namespace, ref);
    const isLookedAt = action === 'create' && !plan.settings.takeOwnership;
    const before = isLookedAt ? (context.occupied.get(identity) ?? 'nothing') : heads.get(identity);
    const { change } = await cluster.apply(owned(resource.object, ref, plan), { fieldManager: FIELD_MANAGER, force, before });
    return { resource, ref, change };
  } catch (error) {
    return failure(resource.ref, error);
  }
}

/**
 * Applies the resources in their order, those of one kind side by side; a kind begins when the one before it is done. What happened is told in that order.
 *
 * Those after a failed one are still tried, and then all failures are told at once; but an upgrade or a rollback that cannot create a new one goes no further
 * (pkg/kube/client.go: Create with batchPerform, and update).
 */
export async function* applyResources(context: RunContext, steps: readonly ApplyStep[]): Operation {
  const failures: Failure[] = [];
  for (const batch of batches(steps, context.plan)) {
    const applied: AppliedResource[] = [];
    const failedBefore = failures.length;
    const heads = await lookAhead(context, batch);
    for await (const result of sideBySide(batch, AT_A_TIME, (step) => apply(context, step, heads))) {
      if ('error' in result) {
        failures.push(result);
        continue;
      }
      applied.push(result);
      if (result.change === 'created') context.created.push(result.resource);
      yield { kind: 'resource-applied', resource: result.ref, change: result.change };
    }
    for (const { resource, ref } of applied) {
      await established(context, ref).catch((error: unknown) => void failures.push(failure(resource.ref, error)));
    }
    if (failures.length > failedBefore && isDecisive(batch[0], context.plan)) break;
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
      failures.push(failure(resource.ref, error));
    }
  }
  if (failures.length > 0) throw new ResourcesFailedError(failures);
}
