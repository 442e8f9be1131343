import { ObjectHead, isClusterError } from '../../cluster';
import { identityIn } from '../../release';
import { Annotations, MANAGED_BY, MANAGED_BY_HELM, ObjectRef, refOf } from '../../vocabulary';
import { ApplyStep } from '../plan';
import { RunContext, locate } from './run-context';

/** From so many objects of one kind in one namespace on, one list costs the server less than a look at each of them. */
const MANY = 16;

/** What is there of objects, by their identities. */
export type Heads = ReadonlyMap<string, ObjectHead>;

/** Objects of one kind in one namespace. */
interface Place {
  readonly refs: readonly ObjectRef[];
  /** Absent: whatever their labels are. */
  readonly labels?: Annotations;
}

interface Found {
  readonly heads: readonly ObjectHead[];
  /** Whether there is nothing else. */
  readonly isAll: boolean;
}

/** The metadata of what is at a place, not much more than is wanted: the namespace may be full of what others have made. Nothing where no list tells it. */
async function headsAt({ cluster }: RunContext, { refs, labels }: Place): Promise<Found> {
  const { name: _name, ...kind } = refs[0];
  const enough = 2 * refs.length;
  try {
    const heads = await cluster.list({ ...kind, labels, metadataOnly: true, enough });
    return { heads, isAll: heads.length < enough };
  } catch (error) {
    // Whoever may get and patch need not be allowed to list. Each object is then looked at, and what else is wrong is told of that.
    if (isClusterError(error) && !isClusterError(error, 'unreachable')) return { heads: [], isAll: false };
    throw error;
  }
}

/** Where there are many objects of one kind. */
async function crowded(context: RunContext, steps: readonly ApplyStep[]): Promise<(readonly ObjectRef[])[]> {
  const places = new Map<string, ObjectRef[]>();
  for (const { resource: { ref: { apiVersion, kind, name, namespace } } } of steps) {
    if (!(await context.cluster.kind({ apiVersion, kind }))) continue;
    const ref = await locate(context, { apiVersion, kind, name, namespace });
    const place = `${apiVersion}|${kind}|${ref.namespace ?? ''}`;
    const refs = places.get(place) ?? [];
    places.set(place, refs);
    refs.push(ref);
  }
  return [...places.values()].filter(({ length }) => length >= MANY);
}

function byIdentity({ plan }: RunContext, heads: readonly ObjectHead[]): Heads {
  return new Map(heads.map((head) => [identityIn(plan.namespace, refOf(head)), head]));
}

/** What is there of the objects of one kind that are to be changed, where there are many of them; the others are looked at one by one. */
export async function lookAhead(context: RunContext, steps: readonly ApplyStep[]): Promise<Heads> {
  const found: ObjectHead[] = [];
  for (const refs of await crowded(context, steps.filter(({ action }) => action !== 'create'))) {
    found.push(...(await headsAt(context, { refs, labels: { [MANAGED_BY]: MANAGED_BY_HELM } })).heads);
  }
  return byIdentity(context, found);
}

/** Says what is there of an object. */
export type Look = (ref: ObjectRef) => Promise<ObjectHead | undefined>;

/** Looks whether there is something already of objects that are to be created: at one list where there are many of them, and not many others; else one by one. */
export async function lookForRoom(context: RunContext, steps: readonly ApplyStep[]): Promise<Look> {
  const known = new Map<string, ObjectHead | undefined>();
  const identity = (ref: ObjectRef) => identityIn(context.plan.namespace, ref);
  for (const refs of await crowded(context, steps)) {
    const { heads, isAll } = await headsAt(context, { refs });
    const there = byIdentity(context, heads);
    if (isAll) for (const ref of refs) known.set(identity(ref), there.get(identity(ref)));
  }
  return async (ref) => (known.has(identity(ref)) ? known.get(identity(ref)) : context.cluster.get(ref));
}
