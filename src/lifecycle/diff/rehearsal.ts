import { Cluster, isClusterError } from '../../cluster';
import { Resource } from '../../release';
import { KubeObject, ObjectRef, messageOf } from '../../vocabulary';
import { ApplyStep, Plan } from '../plan';
import { foreign, owned, stamp } from '../run/ownership';
import { FIELD_MANAGER } from '../run/resources';
import { locate } from '../run/run-context';
import { agreed } from './agreed';
import { normalForm } from './normal-form';
import { withoutPlaceholders } from './placeholders';
import { stated } from './stated';

/** One object as it is and as it would be, in its normal form. */
export interface Rehearsal {
  readonly object: ObjectRef;
  readonly before?: KubeObject;
  readonly after: KubeObject;
  readonly refusal?: string;
}

/** What is asked, and of whom. */
export interface Stage {
  readonly cluster: Cluster;
  readonly plan: Plan;
}

/** Where the object would be, and what is there now; a kind that is not served yet has no objects. */
async function find(stage: Stage, { ref }: Resource): Promise<{ readonly ref: ObjectRef; readonly live?: KubeObject }> {
  try {
    const located = await locate(stage, ref);
    return { ref: located, live: await stage.cluster.get(located) };
  } catch (error) {
    if (!isClusterError(error, 'unknown-kind')) throw error;
    return { ref };
  }
}

/** What the server makes of the object; the same as before where it changes nothing. */
async function answer({ cluster }: Stage, object: KubeObject, live: KubeObject | undefined): Promise<KubeObject> {
  const options = { fieldManager: FIELD_MANAGER, dryRun: true };
  const first = await cluster.apply(object, options);
  if (live && first.change === 'unchanged') return normalForm(live);
  const second = await cluster.apply(object, options);
  return withoutPlaceholders(agreed(normalForm(first.object), normalForm(second.object)) as KubeObject, [live, object]);
}

function ownerRefusal({ plan }: Stage, action: ApplyStep['action'], live: KubeObject | undefined): string | undefined {
  const reason = action === 'create' && live ? foreign(live, plan) : undefined;
  return reason && `it exists already and does not belong to release "${plan.release}": ${reason}`;
}

/**
 * Lets the server say what it would make of a resource. Where it refuses, the manifest is compared with what the live object has of the fields that it states.
 *
 * @param before the resource as the last revision has it: what it states and the new one does not goes
 */
export async function rehearse(stage: Stage, { action, resource }: ApplyStep, before: Resource | undefined): Promise<Rehearsal> {
  const { ref, live } = await find(stage, resource);
  const object = owned(resource.object, ref, stage.plan);
  const foreigner = ownerRefusal(stage, action, live);
  try {
    const after = await answer(stage, object, live);
    return { object: ref, ...(live ? { before: normalForm(live) } : {}), after, ...(foreigner ? { refusal: foreigner } : {}) };
  } catch (error) {
    if (!isClusterError(error) || isClusterError(error, 'unreachable', 'unauthorized')) throw error;
    const after = normalForm(object);
    const manifests = [after, ...(before ? [normalForm(stamp(before.object, stage.plan))] : [])];
    const part = live && (stated(normalForm(live), manifests) as KubeObject);
    return { object: ref, ...(part ? { before: part } : {}), after, refusal: foreigner ?? messageOf(error) };
  }
}
